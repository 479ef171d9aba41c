// Abuse feedback (RFC 5965) and DMARC failure reports (RFC 6591): a machine complains about a letter, nobody waits for an
// answer.

import { typeParameter } from './content-type.ts';
import { finding, type Rule } from './finding.ts';

export const abuseReport: Rule = ({ message }) => {
  const type = typeParameter(message, 'report-type');
  const part = message.parts.find(({ contentType }) => contentType === 'message/feedback-report');
  if (type !== 'feedback-report' && !part) return null;
  return finding('abuse-report', 'abuse-report', part ? 'message/feedback-report' : 'report-type=feedback-report');
};

// Abuse feedback (RFC 5965), DMARC failure reports (RFC 6591), Outlook.com's older form of them and Amazon's notifications:
// a machine complains about a letter, nobody waits for an answer.

import { typeParameter } from './content-type.ts';
import { finding, type Rule } from './finding.ts';

// Outlook.com (JMRP) attaches the letter and says the rest in the subject.
const JMRP = /^\s*complaint about message from [0-9a-f.:]{3,45}\s*$/i;
// Amazon SES tells it as JSON, the notification's type first.
const SES = /^\s*\{\s{0,9}"(?:notification|event)Type"\s{0,9}:\s{0,9}"Complaint"/;

export const abuseReport: Rule = ({ message }) => {
  const type = typeParameter(message, 'report-type');
  const part = message.parts.find(({ contentType }) => contentType === 'message/feedback-report');
  const attached = message.parts.some(({ contentType }) => contentType === 'message/rfc822');
  if (attached && JMRP.test(message.subject))
    return finding('abuse-report', 'abuse-report', `Subject: ${message.subject}`);
  if (SES.test(message.text)) return finding('abuse-report', 'abuse-report', 'notification of a complaint');
  if (type !== 'feedback-report' && !part) return null;
  return finding('abuse-report', 'abuse-report', part ? 'message/feedback-report' : 'report-type=feedback-report');
};

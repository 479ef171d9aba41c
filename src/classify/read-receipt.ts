// Read receipts (RFC 8098): «прочитано» is said by a mail client, even where a person pressed the button.

import { typeParameter } from './content-type.ts';
import { finding, type Rule } from './finding.ts';

export const readReceipt: Rule = ({ message }) => {
  const type = typeParameter(message, 'report-type');
  const part = message.parts.some(({ contentType }) =>
    /^message\/(?:global-)?disposition-notification$/.test(contentType),
  );
  return type === 'disposition-notification' || part
    ? finding('auto-replied', 'read-receipt', 'message/disposition-notification')
    : null;
};

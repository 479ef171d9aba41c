// «Accepted: meeting» (RFC 5546 §3.2.3): a calendar answers an invitation. An invitation itself is a person's letter.

import type { Part } from '../mail/message.ts';
import { mediaType, typeParameter } from './content-type.ts';
import { finding, type Rule } from './finding.ts';

const METHOD = /^METHOD[ \t]?:[ \t]?REPLY[ \t]?$/im;

const isReply = (part: Part) =>
  part.contentType === 'text/calendar' && METHOD.test(new TextDecoder().decode(part.bytes.subarray(0, 20_000)));

export const calendarReply: Rule = ({ message }) => {
  const declared = mediaType(message) === 'text/calendar' && typeParameter(message, 'method') === 'reply';
  return declared || message.parts.some(isReply)
    ? finding('auto-replied', 'calendar-reply', 'text/calendar; method=REPLY')
    : null;
};

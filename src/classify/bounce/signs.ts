// Signs of a bounce outside its machine-readable part: who sent it, what its subject says, the codes in its text.

import type { Envelope } from '../../mail/envelope.ts';
import type { Message } from '../../mail/message.ts';
import { isDaemonAddress, isDaemonAuthor, isNoReplyAddress, reversePath } from '../sender.ts';
import { isAmazonBounce } from './amazon.ts';
import type { Notice } from './notice.ts';

const SUBJECT =
  /undeliver|non[- ]?deliver|deliver(?:y|ed)[\s\w-]{0,30}(?:fail|status|notif|problem|error|report|delay)|fail(?:ed|ure)[\s\w-]{0,20}(?:deliver|notice)|returned (?:mail|to sender)|returning message|mail (?:failed|system error|delivery)|не ?доставлен|сбой доставки|ошибка доставки|не удалось доставить|не удается доставить|отч[её]т о доставке|возвращ[её]н/i;

// `550 5.1.1 …` and `#5.1.1`, but no piece of an IP address.
const REPLY_CODE = /(?<![\d.])[45]\d\d[ -]|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![.\d])/;

/** The line in which the other server's answer stands, or null. */
export const replyLine = (notice: Notice): string | null => notice.lines.find((line) => REPLY_CODE.test(line)) ?? null;

/** `daemon`: a mail system by its name; `robot`: nobody who reads answers; `null`: a person, for all that is known. */
export function senderKind(message: Message, envelope: Envelope): 'daemon' | 'robot' | null {
  const path = reversePath(message, envelope);
  const daemon = path !== null && (isDaemonAddress(path) || /^(?:mailer-daemon|postmaster)$/i.test(path));
  if (daemon || isDaemonAuthor(message)) return 'daemon';
  return path === '' || message.from.some(({ address }) => isNoReplyAddress(address)) ? 'robot' : null;
}

/** Whether anything but its sender says that a letter is a bounce. */
export const looksLikeBounce = (message: Message, notice: Notice): boolean =>
  notice.returned !== null ||
  message.fields.has('x-failed-recipients') ||
  SUBJECT.test(message.subject.slice(0, 500)) ||
  isAmazonBounce(notice);

// The order in which the rules of classification are asked: the surest and most particular first, words last. The strong marks
// of a robot come before the weak ones, which only mute; among those the words of a machine come first, for a reply that holds
// them is nobody's, whatever else it bears.

import { abuseReport } from './abuse-report.ts';
import { autoSubmitted } from './auto-submitted.ts';
import { autoresponderFields } from './autoresponder-fields.ts';
import { calendarReply } from './calendar-reply.ts';
import { deliveryReport } from './delivery-report.ts';
import { deskWords } from './desk-words.ts';
import type { Rule } from './finding.ts';
import { listFields } from './list-fields.ts';
import { mailing } from './mailing.ts';
import { noReplySender } from './no-reply-sender.ts';
import { nullPath } from './null-path.ts';
import { ownMail } from './own-mail.ts';
import { autoReplyPrecedence, bulkPrecedence } from './precedence.ts';
import { readReceipt } from './read-receipt.ts';
import { redirected } from './redirected.ts';
import { responseSuppress } from './response-suppress.ts';
import { robotSender } from './robot-sender.ts';
import { vacationSubject } from './vacation-subject.ts';
import { vacationWords } from './vacation-words.ts';
import { xLoop } from './x-loop.ts';

const STRONG: readonly Rule[] = [
  ownMail,
  abuseReport,
  deliveryReport,
  readReceipt,
  autoSubmitted,
  calendarReply,
  listFields,
  autoresponderFields,
  autoReplyPrecedence,
  mailing,
  robotSender,
  nullPath,
];

const WEAK: readonly Rule[] = [
  vacationSubject,
  vacationWords,
  deskWords,
  noReplySender,
  redirected,
  bulkPrecedence,
  responseSuppress,
  xLoop,
];

export const RULES: readonly Rule[] = [...STRONG, ...WEAK];

/**
 * A form that the desk listens to is a robot that carries a person's words: what its program writes of itself (no-reply,
 * Precedence, Auto-Submitted) says nothing of them. What no form sends is told as ever.
 */
export const RULES_FOR_FORMS: readonly Rule[] = [
  ownMail,
  abuseReport,
  deliveryReport,
  readReceipt,
  calendarReply,
  nullPath,
];

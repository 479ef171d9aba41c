// The order in which the rules of classification are asked: the surest and most particular first, words last.

import { abuseReport } from './abuse-report.ts';
import { autoSubmitted } from './auto-submitted.ts';
import { autoresponderFields } from './autoresponder-fields.ts';
import { calendarReply } from './calendar-reply.ts';
import { deliveryReport } from './delivery-report.ts';
import { deskWords } from './desk-words.ts';
import type { Rule } from './finding.ts';
import { listFields } from './list-fields.ts';
import { mailing } from './mailing.ts';
import { nullPath } from './null-path.ts';
import { ownMail } from './own-mail.ts';
import { precedence } from './precedence.ts';
import { readReceipt } from './read-receipt.ts';
import { responseSuppress } from './response-suppress.ts';
import { robotSender } from './robot-sender.ts';
import { vacationSubject } from './vacation-subject.ts';
import { vacationWords } from './vacation-words.ts';

export const RULES: readonly Rule[] = [
  ownMail,
  abuseReport,
  deliveryReport,
  readReceipt,
  autoSubmitted,
  calendarReply,
  listFields,
  autoresponderFields,
  precedence,
  responseSuppress,
  mailing,
  robotSender,
  nullPath,
  vacationSubject,
  vacationWords,
  deskWords,
];

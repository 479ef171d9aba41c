// Tickets that a report names, as a lead judges them at a glance: by a link that asks for one, and for a missed deadline who
// waited, for what, and how long. Pure.

import { mailtoLink } from '../../mail/mailto.ts';
import { status } from '../commands/status.ts';
import { shortMoment } from '../deadline-words.ts';
import { coverSecrets } from '../secrets.ts';
import type { Language } from '../tickets.ts';
import { escaped } from './escaped.ts';
import type { Reactions } from './figures.ts';
import { levelName, REPORT_WORDS, timeWords } from './words.ts';

/** Whom it is told to. */
export interface Told {
  /** The desk's, which answers a letter about a ticket. */
  readonly address: string;
  readonly timeZone: string;
  readonly language: Language;
}

/**
 * The link for HTML: its text is the number, and it opens a letter that the desk answers with the state and the history of the
 * ticket. In English for every reader, because some mail clients take the bytes of a link for those of their system's
 * charset; below a separator, so that a signature of theirs is known as one.
 */
export function ticketLink(number: string, { address }: Pick<Told, 'address'>): string {
  const tag = `[#${number}]`;
  const body = `#${status.words[0]}\r\n\r\n-- \r\n`;
  return `<a href="${escaped(mailtoLink(address, { subject: tag, body }))}">${tag}</a>`;
}

/** One missed deadline, in words. */
export interface MissedWords {
  readonly ticket: string;
  readonly subject: string;
  readonly customer: string;
  readonly level: string;
  readonly due: string;
  readonly answered: string;
  /** By how much working time. */
  readonly late: string;
}

/** All missed deadlines, the oldest first. */
export function missedWords(
  reactions: readonly Reactions[],
  { timeZone, language }: Pick<Told, 'timeZone' | 'language'>,
): readonly MissedWords[] {
  const words = REPORT_WORDS[language];
  return reactions
    .flatMap(({ level, missed }) => missed.map((one) => ({ ...one, level })))
    .toSorted((a, b) => a.dueAt - b.dueAt)
    .map(({ ticket, subject, customer, level, dueAt, answeredAt, lateBy }) => ({
      ticket,
      subject: coverSecrets(subject).text,
      customer,
      level: levelName(level, language),
      due: shortMoment(dueAt, timeZone),
      answered: answeredAt === null ? words.notYet : shortMoment(answeredAt, timeZone),
      late: lateBy === 0 ? words.afterHours : timeWords(lateBy, language),
    }));
}

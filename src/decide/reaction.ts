// Until when the desk must answer a letter, by which level, and what the acknowledgement says of it (§3 of the regulation).

import { LEVEL_WORDS, momentWords } from '../desk/deadline-words.ts';
import type { Critical, Language, Level, TicketState } from '../desk/tickets.ts';
import { type ClockTimes, clockTimes } from '../desk/timetable.ts';
import { firstPhraseIn } from '../desk/words.ts';
import type { Case } from './case.ts';
import type { Change, TicketRef } from './decision.ts';

/** Words are looked for in so much of a letter. */
const READ_CHARS = 20_000;

const textOf = ({ letter: { message } }: Case) => `${message.subject}\n${message.reply.slice(0, READ_CHARS)}`;

/** Whether a letter speaks of a matter that can't wait (§3.1, §4). */
export const criticalOf = (c: Case): Exclude<Critical, 'yes'> =>
  firstPhraseIn(textOf(c), c.rules.criticalWords) === null ? 'no' : 'proposed';

/** The clock of a letter. */
export const timesOf = (c: Case, level: Level): ClockTimes => clockTimes(c.rules.timetable, level, c.letter.receivedAt);

/**
 * The clock starts where the ticket waits for the desk, `state` being the one that the letter leaves it in. Old letters that
 * are only taken in, without an answer, wait for nobody.
 */
export function startClock(c: Case, ticket: TicketRef, state: TicketState, times: ClockTimes): readonly Change[] {
  if (c.letter.silent !== null || (state !== 'new' && state !== 'open')) return [];
  return [{ kind: 'start-clock', ticket, ...times }];
}

/**
 * What an acknowledgement says: the level, and until when the desk answers. A deadline that is past promises nothing, and
 * a desk in which nobody sees the letter can't keep one.
 */
export function reactionWords(
  c: Case,
  level: Level,
  dueAt: number,
  language: Language,
): Readonly<Record<'level' | 'due', string | null>> {
  const due = c.rules.staffed && dueAt > c.now ? momentWords(dueAt, c.rules.timeZone, language) : null;
  return { level: LEVEL_WORDS[language][level], due };
}

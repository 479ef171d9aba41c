// kvitok sla explain: how the time of a ticket is counted, letter by letter: every stretch that counts and every pause, what
// it is due by, when the desk was told, when it answered.

import type { Calendar } from '../desk/calendar.ts';
import type { Level } from '../desk/tickets.ts';
import type { LevelRule, Timetable } from '../desk/timetable.ts';
import { countedBetween, workingTimeBetween } from '../desk/working-time.ts';
import { cleanLine } from '../mail/clean.ts';
import type { explainedTicket } from '../store/explain.ts';
import { allowanceWords, intervalLines, isoMoment, lengthWords } from './interval-words.ts';
import { bold, dim, moment } from './page.ts';

export type Explained = NonNullable<Awaited<ReturnType<typeof explainedTicket>>>;
type Clock = Explained['clocks'][number];

/** The level by which a letter is counted: that of the ticket, or of the moment when the letter's clock stood. */
export function levelOf({ ticket, events }: Explained, { stopped_at }: Clock): Level {
  if (stopped_at === null) return ticket.level;
  const later = events.find(({ kind, at }) => kind === 'level' && at > stopped_at);
  return (later?.was as Level | null | undefined) ?? ticket.level;
}

/** The ticket's time as a page. `now` in epoch milliseconds. */
export function explainPage(explained: Explained, timetable: Timetable, timeZone: string, now: number): string {
  const { ticket, clocks, events } = explained;
  const history = events.map(
    ({ at, kind, was, became, by_whom, because }) =>
      `  ${moment(at, timeZone)}  ${kind} ${eventMoment(was, timeZone)} → ${eventMoment(became, timeZone)}, ${by_whom}${because ? `: ${cleanLine(because)}` : ''}`,
  );
  return `${[
    [
      bold(cleanLine(`[#${ticket.number}] ${ticket.subject || '(no subject)'}`)),
      `level ${ticket.level}${ticket.level_because ? ` (${cleanLine(ticket.level_because)})` : ''}; ${ticket.state}; ${dueWords(ticket.due_at, timeZone)}`,
    ].join('\n'),
    ...clocks.map((clock) => clockBlock(clock, timetable.levels[levelOf(explained, clock)], timeZone, now)),
    ...(clocks.length === 0 ? ['no letter of this ticket ever waited for an answer'] : []),
    ...(history.length > 0 ? [['history', ...history].join('\n')] : []),
    dim(`times of ${timeZone}; lengths in hours and minutes`),
  ].join('\n\n')}\n`;
}

const dueWords = (at: number | null, timeZone: string) =>
  at === null ? 'nothing waits for an answer' : `due ${moment(at, timeZone)}`;

/** A deadline in the history is a moment, everything else a word. */
const eventMoment = (value: string | null, timeZone: string): string =>
  value === null ? 'nothing' : /^\d{4}-\d\d-\d\dT/.test(value) ? moment(Date.parse(value), timeZone) : cleanLine(value);

function clockBlock(clock: Clock, { name, allowance, calendar }: LevelRule, timeZone: string, now: number): string {
  const warning = `warning at ${moment(clock.warn_at, timeZone)}`;
  const told = [
    `${warning}, ${clock.warned_at === null ? untold(clock) : `told ${moment(clock.warned_at, timeZone)}`}`,
    ...(clock.missed_at === null ? [] : [`told as late ${moment(clock.missed_at, timeZone)}`]),
  ];
  return [
    `letter of ${moment(clock.started_at, timeZone)} from ${cleanLine(clock.author)}`,
    `  ${name}, ${allowanceWords(allowance)}, by the calendar ${calendar.name} (${calendar.timeZone})`,
    ...intervalLines(allowance, clock.started_at, endOf(clock, now), calendar),
    `  due ${moment(clock.due_at, timeZone)}; ${told.join('; ')}`,
    `  ${outcome(clock, calendar, timeZone, now)}`,
  ].join('\n');
}

const untold = ({ stopped_at }: Clock) => (stopped_at === null ? 'not told yet' : 'not told');

/** A clock that stands was counted until then. A letter that has just come may bear a moment of a clock that is ahead. */
const endOf = ({ started_at, stopped_at }: Clock, now: number): number => Math.max(started_at, stopped_at ?? now);

function outcome(clock: Clock, calendar: Calendar, timeZone: string, now: number): string {
  const end = endOf(clock, now);
  const spent = lengthWords(workingTimeBetween(clock.started_at, end, calendar));
  const over = end > clock.due_at;
  const rest = over
    ? `late by ${lengthWords(workingTimeBetween(clock.due_at, end, calendar))}`
    : `${lengthWords(workingTimeBetween(end, clock.due_at, calendar))} left`;
  if (clock.stopped_at === null) return `waits: ${spent} of working time so far, ${rest}`;
  const what =
    clock.stopped_because === 'answered' ? 'answered' : `stopped without an answer (${clock.stopped_because})`;
  return `${what} ${moment(clock.stopped_at, timeZone)} after ${spent} of working time, ${over ? rest : `in time, ${rest}`}`;
}

/** The same as values for scripts. */
export function explainFacts(explained: Explained, timetable: Timetable, now: number) {
  const { ticket, clocks, events } = explained;
  return {
    number: ticket.number,
    state: ticket.state,
    level: ticket.level,
    because: ticket.level_because,
    due: ticket.due_at === null ? null : isoMoment(ticket.due_at, timetable.levels[ticket.level].calendar.timeZone),
    letters: clocks.map((clock) => {
      const { name, allowance, calendar } = timetable.levels[levelOf(explained, clock)];
      const at = (instant: number | null) => (instant === null ? null : isoMoment(instant, calendar.timeZone));
      const end = endOf(clock, now);
      return {
        from: clock.author,
        arrived: at(clock.started_at),
        level: name,
        ...allowance,
        calendar: calendar.name,
        due: at(clock.due_at),
        warn: at(clock.warn_at),
        warned: at(clock.warned_at),
        missed: at(clock.missed_at),
        stopped: at(clock.stopped_at),
        because: clock.stopped_because,
        worked_ms: workingTimeBetween(clock.started_at, end, calendar),
        late: end > clock.due_at,
        intervals: countedBetween(allowance, clock.started_at, end, calendar).map(({ from, to, counted }) => ({
          from: at(from),
          to: at(to),
          counted,
        })),
      };
    }),
    history: events,
  };
}

// kvitok tickets --due: the queue as it is to be answered, with what is left of each ticket's time.

import type { Timetable } from '../desk/timetable.ts';
import { workingTimeBetween } from '../desk/working-time.ts';
import { cleanLine } from '../mail/clean.ts';
import type { waitingTickets } from '../store/queue.ts';
import { lengthWords } from './interval-words.ts';
import { moment, table } from './page.ts';

type Waiting = Awaited<ReturnType<typeof waitingTickets>>[number];

/** A ticket of the queue with the working time that is left of it, or by which it is over, in milliseconds. */
export interface Due extends Waiting {
  readonly left_ms: number;
  readonly late_ms: number;
}

/** Counts what is left at `now`, by the calendar of each ticket's level. */
export function withTimeLeft(rows: readonly Waiting[], { levels }: Timetable, now: number): readonly Due[] {
  return rows.map((row) => {
    const { calendar } = levels[row.level];
    return {
      ...row,
      left_ms: workingTimeBetween(now, row.due_at, calendar),
      late_ms: workingTimeBetween(row.due_at, now, calendar),
    };
  });
}

/** The queue as a table. */
export function queueTable(rows: readonly Due[], timeZone: string, now: number): string {
  const cells = rows.map((row) => [
    row.number,
    CRITICAL[row.critical],
    moment(row.waits_since, timeZone),
    moment(row.due_at, timeZone),
    now < row.due_at ? `${lengthWords(row.left_ms)} left` : `${lengthWords(row.late_ms)} late`,
    row.level,
    row.assignee ?? '',
    row.requester,
    cleanLine(row.subject) || '(no subject)',
  ]);
  const heads = ['ticket', '', 'waits since', 'due', 'working time', 'level', 'assigned to', 'from', 'subject'];
  return table(heads, cells, 6, 7, 8);
}

const CRITICAL: Readonly<Record<Waiting['critical'], string>> = { yes: 'critical', proposed: 'critical?', no: '' };

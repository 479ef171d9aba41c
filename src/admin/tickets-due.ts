// kvitok tickets --due: the queue as it is to be answered, with what is left of each ticket's time.

import type { Timetable } from '../desk/timetable.ts';
import { workingTimeBetween } from '../desk/working-time.ts';
import { cleanLine } from '../mail/clean.ts';
import type { QueueOrder, waitingTickets } from '../store/queue.ts';
import { lengthWords } from './interval-words.ts';
import { moment, table } from './page.ts';

type Waiting = Awaited<ReturnType<typeof waitingTickets>>[number];

/** A ticket of the queue with the working time that is left of it, or by which it is over, in milliseconds. */
export interface Due extends Waiting {
  readonly left_ms: number;
  readonly late_ms: number;
  /** Whether one that is before it in the queue is due later: answered in its turn, it may miss its own deadline. */
  readonly before_its_turn: boolean;
}

/** Counts what is left at `now`, by the calendar of each ticket's level. */
export function withTimeLeft(rows: readonly Waiting[], { levels }: Timetable, now: number): readonly Due[] {
  const hurried = beforeTheirTurn(rows);
  return rows.map((row) => {
    const { calendar } = levels[row.level];
    return {
      ...row,
      left_ms: workingTimeBetween(now, row.due_at, calendar),
      late_ms: workingTimeBetween(row.due_at, now, calendar),
      before_its_turn: hurried.has(row.id),
    };
  });
}

/** Those that are due sooner than one which goes before them in the queue. */
function beforeTheirTurn(rows: readonly Waiting[]): ReadonlySet<number> {
  const queue = rows.toSorted(
    (a, b) =>
      Number(b.critical === 'yes') - Number(a.critical === 'yes') || a.waits_since - b.waits_since || a.id - b.id,
  );
  const hurried = new Set<number>();
  let latest = Number.NEGATIVE_INFINITY;
  for (const { id, due_at } of queue) {
    if (due_at < latest) hurried.add(id);
    latest = Math.max(latest, due_at);
  }
  return hurried;
}

/** Whose ticket it is; From may have been empty, or held no address. */
export const requesterCell = ({ requester }: { readonly requester: string }): string => requester || '(nobody named)';

/** The queue as a table. */
export function queueTable(rows: readonly Due[], timeZone: string, now: number, order: QueueOrder): string {
  const cells = rows.map((row) => [
    row.number,
    [CRITICAL[row.critical], order === 'queue' && row.before_its_turn ? 'before its turn' : '']
      .filter(Boolean)
      .join(', '),
    moment(row.waits_since, timeZone),
    moment(row.due_at, timeZone),
    now < row.due_at ? `${lengthWords(row.left_ms)} left` : `${lengthWords(row.late_ms)} late`,
    row.level,
    row.assignee ?? '',
    requesterCell(row),
    cleanLine(row.subject) || '(no subject)',
  ]);
  const heads = ['ticket', '', 'waits since', 'due', 'working time', 'level', 'assigned to', 'from', 'subject'];
  return table(heads, cells, 6, 7, 8);
}

const CRITICAL: Readonly<Record<Waiting['critical'], string>> = { yes: 'critical', proposed: 'critical?', no: '' };

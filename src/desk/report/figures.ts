// The figures of a report (item by item what a lead is asked about): rows of the store go in, counted figures come out. Every sum
// of parts is the whole it is a part of; `unequal` names where that is not so.

import type { Level } from '../tickets.ts';
import { LEVELS, type Timetable } from '../timetable.ts';
import { workingTimeBetween } from '../working-time.ts';

/** How many of what; the order is that of the table it stands in. */
export interface Count {
  readonly name: string;
  readonly n: number;
}

/** Rows of a period, as the store gives them. */
export interface ReportRows {
  readonly letters: readonly Count[];
  /** Letters for which there is an acknowledgement. */
  readonly acknowledged: number;
  /** Why there was none, as it stands on the letter. */
  readonly silences: readonly Count[];
  readonly tickets: readonly { readonly level: Level; readonly category: string | null; readonly openedAt: number }[];
  readonly clocks: readonly ClockRow[];
  /** Milliseconds from arrival to the acknowledgement's leaving. */
  readonly acknowledgedAfter: readonly number[];
  /** Marks of 1 to 5. */
  readonly marks: readonly { readonly mark: number; readonly ticket: string }[];
  readonly resolved: number;
  readonly reopened: number;
  readonly files: { readonly all: number; readonly accepted: number; readonly refused: readonly Count[] };
}

/** A letter that waited, or waits, for the desk. */
export interface ClockRow {
  readonly ticket: string;
  readonly level: Level;
  readonly startedAt: number;
  readonly dueAt: number;
  readonly stoppedAt: number | null;
  readonly stoppedBecause: string | null;
  readonly subject: string;
  /** By name where there is one. */
  readonly customer: string;
}

export interface Missed {
  readonly ticket: string;
  readonly subject: string;
  readonly customer: string;
  readonly dueAt: number;
  /** When it was answered after all; null where it still waits. */
  readonly answeredAt: number | null;
  /** Working time since it was due, until the answer or now, milliseconds. */
  readonly lateBy: number;
}

export interface Reactions {
  readonly level: Level;
  /** Letters that came in the period and wait, or waited, for an answer. */
  readonly letters: number;
  readonly inTime: number;
  readonly late: number;
  /** Still waits, its time not yet over. */
  readonly waiting: number;
  /** Still waits, its time over. */
  readonly overdue: number;
  /** Needed no answer: closed, merged, spam. */
  readonly withoutAnswer: number;
  /** Working time until the answer, milliseconds; null where none was given. */
  readonly median: number | null;
  readonly ninety: number | null;
  /** The longest time the level allows, as a sentence of the configuration would have it. */
  readonly missed: readonly Missed[];
}

export interface Figures {
  readonly letters: {
    readonly all: number;
    readonly fates: readonly Count[];
    readonly acknowledged: number;
    readonly silences: readonly Count[];
  };
  readonly tickets: {
    readonly all: number;
    readonly levels: readonly Count[];
    readonly categories: readonly Count[];
    readonly days: readonly Count[];
  };
  readonly reactions: readonly Reactions[];
  readonly acknowledgements: { readonly sent: number; readonly median: number | null; readonly ninety: number | null };
  readonly ratings: {
    readonly all: number;
    readonly average: number | null;
    readonly marks: readonly Count[];
    readonly low: readonly string[];
  };
  readonly resolved: number;
  readonly reopened: number;
  readonly files: { readonly all: number; readonly accepted: number; readonly refused: readonly Count[] };
}

/** What to count with. `dayOf` gives the date of a moment in the desk's zone; `days` are the dates of the period. */
export interface Counting {
  readonly timetable: Timetable;
  readonly dayOf: (at: number) => string;
  readonly days: readonly string[];
  readonly now: number;
}

/** Counts the rows of a period. */
export function figuresOf(rows: ReportRows, { timetable, dayOf, days, now }: Counting): Figures {
  const opened = tally(rows.tickets.map(({ openedAt }) => dayOf(openedAt)));
  return {
    letters: {
      all: sum(rows.letters),
      fates: rows.letters,
      acknowledged: rows.acknowledged,
      silences: renamed(rows.silences, reasonOf),
    },
    tickets: {
      all: rows.tickets.length,
      levels: LEVELS.map((level) => ({ name: level, n: rows.tickets.filter((one) => one.level === level).length })),
      categories: [...tally(rows.tickets.map(({ category }) => category ?? ''))]
        .map(([name, n]) => ({ name, n }))
        .toSorted(byNumber),
      days: days.map((day) => ({ name: day, n: opened.get(day) ?? 0 })),
    },
    reactions: LEVELS.map((level) =>
      reactionsOf(
        level,
        rows.clocks.filter((clock) => clock.level === level),
        timetable,
        now,
      ),
    ),
    acknowledgements: {
      sent: rows.acknowledgedAfter.length,
      median: quantile(rows.acknowledgedAfter, 0.5),
      ninety: quantile(rows.acknowledgedAfter, 0.9),
    },
    ratings: {
      all: rows.marks.length,
      average: rows.marks.length === 0 ? null : rows.marks.reduce((all, { mark }) => all + mark, 0) / rows.marks.length,
      marks: [1, 2, 3, 4, 5].map((mark) => ({
        name: String(mark),
        n: rows.marks.filter((one) => one.mark === mark).length,
      })),
      low: rows.marks.filter(({ mark }) => mark <= 2).map(({ ticket }) => ticket),
    },
    resolved: rows.resolved,
    reopened: rows.reopened,
    files: { ...rows.files, refused: rows.files.refused.toSorted(byNumber) },
  };
}

function reactionsOf(level: Level, clocks: readonly ClockRow[], timetable: Timetable, now: number): Reactions {
  const { calendar } = timetable.levels[level];
  const answered = clocks.filter(({ stoppedBecause }) => stoppedBecause === 'answered');
  const late = answered.filter(({ stoppedAt, dueAt }) => (stoppedAt ?? 0) > dueAt);
  const running = clocks.filter(({ stoppedAt }) => stoppedAt === null);
  const overdue = running.filter(({ dueAt }) => dueAt < now);
  const times = answered.map(({ startedAt, stoppedAt }) =>
    workingTimeBetween(startedAt, stoppedAt ?? startedAt, calendar),
  );
  return {
    level,
    letters: clocks.length,
    inTime: answered.length - late.length,
    late: late.length,
    waiting: running.length - overdue.length,
    overdue: overdue.length,
    withoutAnswer: clocks.length - answered.length - running.length,
    median: quantile(times, 0.5),
    ninety: quantile(times, 0.9),
    missed: [...late, ...overdue]
      .toSorted((a, b) => a.dueAt - b.dueAt)
      .map(({ ticket, subject, customer, dueAt, stoppedAt }) => ({
        ticket,
        subject,
        customer,
        dueAt,
        answeredAt: stoppedAt,
        lateBy: workingTimeBetween(dueAt, stoppedAt ?? now, calendar),
      })),
  };
}

/** The value that so large a part of the values does not exceed (nearest rank); null of none. */
export function quantile(values: readonly number[], part: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)] ?? null;
}

/** A reason without what was special about one letter: what stands behind a colon, in parentheses, or is a number. */
const reasonOf = (silence: string): string =>
  silence
    .replace(/:.*$/s, '')
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/\d+/g, 'N')
    .trim();

/** Counts under other names, the largest first; those that come to one name are one count. */
export function renamed(counts: readonly Count[], nameOf: (name: string) => string): readonly Count[] {
  const all = new Map<string, number>();
  for (const { name, n } of counts) all.set(nameOf(name), (all.get(nameOf(name)) ?? 0) + n);
  return [...all].map(([name, n]) => ({ name, n })).toSorted(byNumber);
}

function tally(names: readonly string[]): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const name of names) all.set(name, (all.get(name) ?? 0) + 1);
  return all;
}

const sum = (counts: readonly Count[]): number => counts.reduce((all, { n }) => all + n, 0);
const byNumber = (a: Count, b: Count) => b.n - a.n || a.name.localeCompare(b.name);

/** Wholes that are not the sum of their parts, by name: none, unless kvitok or the database has a fault. */
export function unequal(figures: Figures): readonly string[] {
  const { letters, tickets, reactions, ratings, files } = figures;
  const parts: readonly (readonly [string, number, number])[] = [
    ['letters by fate', letters.all, sum(letters.fates)],
    ['letters acknowledged or silent', letters.all, letters.acknowledged + sum(letters.silences)],
    ['tickets by level', tickets.all, sum(tickets.levels)],
    ['tickets by category', tickets.all, sum(tickets.categories)],
    ['tickets by day', tickets.all, sum(tickets.days)],
    ...reactions.map(
      (one) =>
        [
          `letters of level ${one.level}`,
          one.letters,
          one.inTime + one.late + one.waiting + one.overdue + one.withoutAnswer,
        ] as const,
    ),
    ['ratings', ratings.all, sum(ratings.marks)],
    ['files', files.all, files.accepted + sum(files.refused)],
  ];
  return parts.filter(([, whole, all]) => whole !== all).map(([name]) => name);
}

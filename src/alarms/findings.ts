// What is wrong, found by looking: numbers of the desk go in, troubles that no part can tell by itself come out. Pure.

import type { NotedTrouble } from '../config/troubles.ts';
import type { Group, Unproven } from '../store/numbers.ts';
import { type Cause, isCause, type Trouble } from './causes.ts';
import { isSurge, type Share } from './surge.ts';

/** What was measured. Instants are epoch milliseconds. */
export interface Measures {
  /** When this process began. */
  readonly startedAt: number;
  readonly mailboxes: readonly MailboxMeasure[];
  /** When the work on letters stood still since; null while it goes on. */
  readonly standsStillSince: number | null;
  /** Letters that could not be handled. */
  readonly quarantine: Group;
  /** What was set aside within the last day, and in the weeks before. */
  readonly setAside: { readonly day: Share; readonly before: Share };
  /** Letters that were tried, or are due, and have not left. */
  readonly waiting: Group;
  /** Letters given up or refused within the last hour. */
  readonly failed: Group;
  /** Letters that could not be put together within the last day. */
  readonly uncomposed: Group;
  /** Letters in an operator's name without proof, within the last day; `error` is the operator. */
  readonly unproven: Unproven;
  /** Letters kept, neither in work nor dealt with. */
  readonly lost: number;
  /** Years in sight whose days off are not decreed, by calendar. */
  readonly undecreed: readonly {
    readonly calendar: string;
    readonly years: readonly { readonly year: number; readonly state: 'provisional' | 'missing' }[];
  }[];
}

export interface MailboxMeasure {
  readonly name: string;
  /** End of the last whole pass; null before the first. */
  readonly lastPassAt: number | null;
  readonly lastError: string | null;
}

export interface AlarmLimits {
  /** A mailbox that was not read for so long, in milliseconds. */
  readonly unreadMs: number;
  /** A letter that has not left for so long. */
  readonly stuckMs: number;
  /** So many letters refused or given up within an hour. */
  readonly failed: number;
}

/** Everything that is wrong: what parts told, and what the numbers say. */
export function findTroubles(
  noted: readonly NotedTrouble[],
  measures: Measures,
  limits: AlarmLimits,
  now: number,
): readonly Trouble[] {
  const { startedAt, quarantine, setAside, waiting, failed, uncomposed, unproven } = measures;
  return [
    ...noted.flatMap(fromLog),
    ...measures.mailboxes.flatMap(({ name, lastPassAt, lastError }) => {
      const since = lastPassAt ?? startedAt;
      const error = lastError ?? '';
      return now - since < limits.unreadMs ? [] : [trouble('unread', { subject: name, since, error })];
    }),
    ...(measures.standsStillSince === null ? [] : [trouble('standstill', { since: measures.standsStillSince })]),
    ...(quarantine.letters > 0 ? [fromGroup('quarantine', quarantine)] : []),
    ...(isSurge(setAside.day, setAside.before)
      ? [trouble('set-aside', { since: now, facts: { aside: setAside.day.aside, letters: setAside.day.letters } })]
      : []),
    ...(waiting.oldest !== null && now - waiting.oldest >= limits.stuckMs ? [fromGroup('stuck', waiting)] : []),
    ...(failed.letters >= limits.failed ? [fromGroup('failed', failed)] : []),
    ...(uncomposed.letters > 0 ? [fromGroup('uncomposed', uncomposed)] : []),
    ...(unproven.letters > 0 ? [withUnasked(fromGroup('unproven', unproven), unproven.unasked)] : []),
    ...(measures.lost !== 0 ? [trouble('lost', { since: now, facts: { letters: measures.lost } })] : []),
    ...measures.undecreed.flatMap(({ calendar, years }) =>
      (['missing', 'provisional'] as const).flatMap((state) => {
        const these = years.filter((each) => each.state === state).map(({ year }) => year);
        if (these.length === 0) return [];
        return trouble(state === 'missing' ? 'calendar' : 'provisional', {
          subject: calendar,
          since: now,
          level: Math.max(...these),
          facts: { years: these.join(', ') },
        });
      }),
    ),
  ];
}

const trouble = (cause: Cause, rest: Partial<Trouble> & Pick<Trouble, 'since'>): Trouble => ({
  cause,
  subject: '',
  level: 0,
  error: '',
  facts: {},
  ...rest,
});

function fromLog({ event, subject, since, error, fields }: NotedTrouble): readonly Trouble[] {
  if (!isCause(event)) return [];
  const facts = Object.fromEntries(
    Object.entries(fields).filter((field): field is [string, number] => typeof field[1] === 'number'),
  );
  return [trouble(event, { subject, since, error, facts })];
}

/** Of how many letters nobody was asked. */
const withUnasked = (one: Trouble, unasked: number): Trouble => ({ ...one, facts: { ...one.facts, unasked } });

/** Every cause of this kind gets worse with a newer letter, but that the way out is stuck is said once. */
const fromGroup = (cause: Cause, { letters, oldest, newest, error }: Group): Trouble =>
  trouble(cause, {
    since: oldest ?? 0,
    level: cause === 'stuck' ? 0 : (newest ?? 0),
    error: error ?? '',
    facts: { letters },
  });

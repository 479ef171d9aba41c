// The metrics, as Prometheus reads them. Counters are told by parts and begin at 0 with each start; everything else is looked
// up when somebody asks. docs/operations.md lists them all.

import { Counter, Gauge, Registry } from 'prom-client';
import type { Trouble } from '../alarms/causes.ts';
import type { Count, Counters } from '../config/count.ts';
import type { DeskNumbers } from '../store/numbers.ts';

/** What is looked up for one answer. Instants are epoch milliseconds. */
export interface MetricSources {
  readonly now: number;
  readonly numbers: DeskNumbers;
  readonly mailboxes: readonly MailboxNumbers[];
  readonly troubles: readonly Trouble[];
}

export interface MailboxNumbers {
  readonly mailbox: string;
  readonly lastPassAt: number | null;
  readonly waiting: number;
  /** UIDs that the ledger does not know. */
  readonly gap: number;
}

export interface Metrics {
  readonly count: Count;
  /** The text for Prometheus, and its media type. */
  text(sources: MetricSources): Promise<{ readonly body: string; readonly contentType: string }>;
}

/** Reasons and codes come from rules, of which there are some dozens; whatever else happens, a counter has no more labels than this. */
const MOST_LABELS = 100;

/** Metrics of one process. */
export function metricsOf(): Metrics {
  const registry = new Registry();
  const counters = COUNTERS.map(
    ([name, help, labelNames]) => new Counter({ name, help, labelNames, registers: [registry] }),
  );
  const byName = new Map(COUNTERS.map(([, , , counter], i) => [counter, counters[i]!]));
  const seen = new Map<string, Set<string>>();
  const gauges = GAUGES.map(({ name, help, labelNames = [], values }) => ({
    gauge: new Gauge({ name, help, labelNames, registers: [registry] }),
    values,
  }));
  return {
    count: (counter, labels) => {
      const known = seen.get(counter) ?? new Set();
      seen.set(counter, known);
      const key = JSON.stringify(labels);
      if (!known.has(key) && known.size >= MOST_LABELS) {
        byName.get(counter)?.inc(Object.fromEntries(Object.keys(labels).map((name) => [name, 'other'])));
        return;
      }
      known.add(key);
      byName.get(counter)?.inc(labels);
    },
    text: async (sources) => {
      for (const { gauge, values } of gauges) {
        gauge.reset();
        for (const [value, labels = {}] of values(sources)) gauge.set(labels, value);
      }
      return { body: await registry.metrics(), contentType: registry.contentType };
    },
  };
}

type CounterRow = readonly [name: string, help: string, labels: string[], counter: keyof Counters];

const COUNTERS: readonly CounterRow[] = [
  ['kvitok_letters_total', 'Letters dealt with, by what became of them', ['disposition'], 'letters'],
  ['kvitok_silences_total', 'Acknowledgements suppressed, by reason', ['reason'], 'silences'],
  ['kvitok_defects_total', 'What was mended in letters, or cut by a limit, by code', ['code'], 'defects'],
  ['kvitok_sendings_total', 'Attempts to send, by kind of letter and outcome', ['kind', 'outcome'], 'sendings'],
  ['kvitok_threads_ended_total', 'Reading threads that a letter ended', [], 'threads'],
];

type Value = readonly [value: number, labels?: Readonly<Record<string, string>>];

interface GaugeRow {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: string[];
  readonly values: (sources: MetricSources) => readonly Value[];
}

const seconds = (ms: number): number => Math.max(0, ms / 1000);
const age = (at: number | null, now: number): number => (at === null ? 0 : seconds(now - at));

const GAUGES: readonly GaugeRow[] = [
  {
    name: 'kvitok_mailbox_poll_age_seconds',
    help: 'Since the mailbox was last read to its end; -1 before the first time',
    labelNames: ['mailbox'],
    values: ({ mailboxes, now }) =>
      mailboxes.map(({ mailbox, lastPassAt }) => [lastPassAt === null ? -1 : age(lastPassAt, now), { mailbox }]),
  },
  {
    name: 'kvitok_mailbox_waiting_letters',
    help: 'Letters that stay on the server for now: not to be fetched, or not to be kept',
    labelNames: ['mailbox'],
    values: ({ mailboxes }) => mailboxes.map(({ mailbox, waiting }) => [waiting, { mailbox }]),
  },
  {
    name: 'kvitok_ledger_gap_letters',
    help: 'Letters in the mailbox without a row in the ledger, at the last poll',
    labelNames: ['mailbox'],
    values: ({ mailboxes }) => mailboxes.map(({ mailbox, gap }) => [gap, { mailbox }]),
  },
  {
    name: 'kvitok_lost_letters',
    help: 'Letters kept, neither in work nor dealt with; counted every hour',
    values: ({ troubles }) => [[Number(troubles.find(({ cause }) => cause === 'lost')?.facts.letters ?? 0)]],
  },
  {
    name: 'kvitok_work_letters',
    help: 'Letters taken in and not dealt with yet',
    values: ({ numbers }) => [[numbers.inWork]],
  },
  {
    name: 'kvitok_quarantine_letters',
    help: 'Letters set aside that wait for somebody, as kvitok quarantine list shows them',
    values: ({ numbers }) => [[numbers.quarantined]],
  },
  {
    name: 'kvitok_outbox_letters',
    help: 'Letters that have not left, by kind and state',
    labelNames: ['kind', 'state'],
    values: ({ numbers }) => numbers.outbox.map(({ kind, state, letters }) => [letters, { kind, state }]),
  },
  {
    name: 'kvitok_outbox_oldest_seconds',
    help: 'Age of the oldest letter that should have left',
    values: ({ numbers, now }) => [[age(numbers.oldestWaiting, now)]],
  },
  {
    name: 'kvitok_unanswered_letters',
    help: 'Letters of customers that wait for an answer of the desk',
    values: ({ numbers }) => [[numbers.unanswered]],
  },
  {
    name: 'kvitok_unanswered_oldest_seconds',
    help: 'Age of the oldest of them',
    values: ({ numbers, now }) => [[age(numbers.oldestUnanswered, now)]],
  },
  {
    name: 'kvitok_late_tickets',
    help: 'Tickets whose deadline has passed without an answer',
    values: ({ numbers }) => [[numbers.lateTickets]],
  },
  {
    name: 'kvitok_due_tickets',
    help: 'Tickets whose deadline comes within an hour',
    values: ({ numbers }) => [[numbers.dueTickets]],
  },
  {
    name: 'kvitok_trouble',
    help: '1 for each alarm that stands',
    labelNames: ['cause', 'subject'],
    values: ({ troubles }) => troubles.map(({ cause, subject }) => [1, { cause, subject }]),
  },
  {
    name: 'process_resident_memory_bytes',
    help: 'Resident memory of the process',
    values: () => [[process.memoryUsage.rss()]],
  },
  {
    name: 'process_cpu_seconds_total',
    help: 'Processor time of the process',
    values: () => {
      const { user, system } = process.cpuUsage();
      return [[(user + system) / 1e6]];
    },
  },
  {
    name: 'process_uptime_seconds',
    help: 'Since the process began',
    values: () => [[process.uptime()]],
  },
];

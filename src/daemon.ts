// Builds the parts, starts them, stops them in reverse order.

import type { Alarms } from './alarms/alarms.ts';
import { clocksOf } from './clocks/clocks.ts';
import type { Config } from './config/schema.ts';
import { notedTroubles } from './config/troubles.ts';
import { watchedLedger } from './daemon/damage.ts';
import { filings, mailboxSources } from './daemon/mailboxes.ts';
import { sharesOf } from './daemon/memory.ts';
import { pagesOf } from './daemon/pages.ts';
import { openRoom, type Room, type RoomOptions } from './daemon/room.ts';
import { watchOver } from './daemon/watch.ts';
import type { Filing } from './sources/filing.ts';
import { reasonOf } from './sources/imap/attempts.ts';
import type { ImapSource } from './sources/imap.ts';
import { byteBudget } from './sources/lmtp/budget.ts';
import { recipientsOf } from './sources/lmtp/recipients.ts';
import { type LmtpSource, lmtpSource } from './sources/lmtp.ts';
import { metricsOf } from './web/metrics.ts';

export interface Daemon {
  readonly room: Room;
  readonly sources: readonly ImapSource[];
  readonly listeners: readonly LmtpSource[];
  readonly alarms: Alarms;
  /** Ends within 20 s: no new letters, work in hand finished or returned, everything closed. */
  stop(): Promise<void>;
}

/** Letters that are fetched from a mailbox at once, however small they are. */
const WINDOW_LETTERS = 100;
const OUTBOX_MS = 10_000;

/** Starts the daemon, or says who holds the data folder. Throws where the folder can't be used. */
export async function startDaemon(config: Config, given: RoomOptions): Promise<Daemon | { readonly heldBy: string }> {
  const troubles = notedTroubles(given.log, given.now, () => alarms?.nudge());
  const metrics = metricsOf();
  const options = { ...given, log: troubles.log, count: metrics.count };
  let alarms: Alarms | null = null;
  const room = await openRoom(config, options);
  if ('heldBy' in room) return room;
  const { log, now, onDamage } = options;
  const { digestAt } = config.notifications;
  const sources = imapSources(config, room, options);
  const clocks = clocksOf({
    store: room.store,
    space: room.space,
    rules: config.retention,
    timeZone: config.desk.timeZone,
    deadlines: () => room.tellOperators(),
    digest: digestAt === 'never' ? null : { at: digestAt, queue: room.tellWaiting },
    reports: config.notifications.monthlyReport ? { at: '07:30', queue: room.tellMonth } : null,
    log,
    now,
  });
  const filed = sentFilings(config, room, options);
  const watch = watchOver(config, { room, sources, troubles, log: given.log, now, onDamage });
  alarms = watch;
  const pages = pagesOf(config, { room, sources, alarms: watch, metrics, log, now });
  await room.start();
  clocks.start();
  const listeners = lmtpSources(config, room, options);
  for (const part of [...sources, ...listeners, ...filed]) part.start();
  watch.start();
  pages?.start();
  log.info({ mailboxes: sources.length, listeners: listeners.length, data: config.data }, 'kvitok runs');
  return {
    room,
    sources,
    listeners,
    alarms: watch,
    stop: async () => {
      log.info({}, 'stopping');
      await Promise.all([...sources, ...listeners, ...filed, clocks, watch, pages].map((part) => part?.stop()));
      await room.stop(OUTBOX_MS);
      log.info({}, 'stopped');
    },
  };
}

/** What files answers among the sent letters. */
const sentFilings = (config: Config, { store, bytesOf }: Room, { log, now }: RoomOptions): readonly Filing[] =>
  filings(config, { db: store.db, bytesOf, log, now, letterBytes: letterBytesOf(config) });

/** The sources of all mailboxes. */
const imapSources = (config: Config, room: Room, options: RoomOptions): readonly ImapSource[] =>
  mailboxSources(config, {
    ...options,
    keep: room.ingest.keep,
    ledger: watchedLedger({ ...room.store.spool.ledger, finish: room.store.keeper.finish }, options.onDamage),
    limits: {
      letterBytes: letterBytesOf(config),
      windowBytes: sharesOf(config).window,
      windowLetters: WINDOW_LETTERS,
    },
  });

/** One source a configured listener; all share one budget of memory. */
function lmtpSources(config: Config, room: Room, { log, now, fault }: RoomOptions): readonly LmtpSource[] {
  const letterBytes = letterBytesOf(config);
  const limits = { letterBytes, budget: byteBudget(sharesOf(config).listeners) };
  return config.listeners.map((listener) =>
    lmtpSource({
      listener,
      recipients: recipientsOf(config, listener),
      keep: room.ingest.keep,
      log,
      now,
      limits,
      fault,
    }),
  );
}

const letterBytesOf = (config: Config): number => Math.round(config.limits.letterMegabytes * 1024 * 1024);

/** Everything that is due, once: all mailboxes read, all letters dealt with, all of the outbox that may go sent. */
export async function runOnce(
  config: Config,
  options: RoomOptions,
): Promise<
  { readonly kept: number; readonly sent: number; readonly failed: readonly string[] } | { readonly heldBy: string }
> {
  const room = await openRoom(config, options);
  if ('heldBy' in room) return room;
  try {
    const sources = imapSources(config, room, options);
    const passes = await Promise.all(sources.map((source) => source.passOnce()));
    const sent = await room.workOff();
    const filed = await Promise.allSettled(sentFilings(config, room, options).map((one) => one.fileOnce()));
    return {
      kept: passes.reduce((sum, pass) => sum + pass.kept, 0),
      sent,
      failed: [
        ...passes.flatMap((pass) => pass.failed ?? []),
        ...filed.flatMap((one) =>
          one.status === 'rejected' ? `answers could not be filed: ${reasonOf(one.reason)}` : [],
        ),
      ],
    };
  } finally {
    // connections that idle would keep the process, and with it the data folder, for minutes
    await room.stop(OUTBOX_MS);
  }
}

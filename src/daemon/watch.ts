// What the alarms look at, gathered from the parts of a running daemon, and the watch over it.

import { type Alarms, alarmsOf } from '../alarms/alarms.ts';
import type { Measures } from '../alarms/findings.ts';
import type { Log } from '../config/log.ts';
import type { Config } from '../config/schema.ts';
import type { Troubles } from '../config/troubles.ts';
import { yearsInSight } from '../desk/calendar.ts';
import { timetableOf } from '../desk/timetable.ts';
import type { ImapSource } from '../sources/imap.ts';
import { countLetters } from '../store/conservation.ts';
import {
  failedSince,
  failedToBeHandled,
  shareAside,
  uncomposedSince,
  unprovenSince,
  waiting,
} from '../store/numbers.ts';
import type { Room } from './room.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LOOK_MS = 30_000;
/** How long a trouble must be away before its end is told: longer than a part takes to try again. */
const CALM_MS = 2 * MINUTE;
/** The days before this one that say what share of letters is usually set aside. */
const USUAL_DAYS = 29;
/** All letters are counted this often: of a hundred thousand it takes some tenths of a second. */
const COUNT_MS = HOUR;

export interface WatchDeps {
  readonly room: Room;
  readonly sources: readonly ImapSource[];
  readonly troubles: Troubles;
  /** The log that is not listened to: what the alarms say is no news to them. */
  readonly log: Log;
  readonly now: () => number;
  readonly onDamage: (error: unknown) => void;
}

/** The alarms of a daemon. */
export function watchOver(config: Config, deps: WatchDeps): Alarms {
  const { room, troubles, log, now, onDamage } = deps;
  const { admin, desk } = config;
  return alarmsOf({
    db: room.store.db,
    log,
    now,
    noted: troubles.standing,
    measure: measuring(config, deps),
    limits: {
      unreadMs: admin.unreadMinutes * MINUTE,
      stuckMs: admin.stuckMinutes * MINUTE,
      failed: admin.failedAnHour,
    },
    pauses: { pauseMs: admin.pauseMinutes * MINUTE, calmMs: CALM_MS },
    admin:
      admin.address === undefined ? null : { address: admin.address, language: desk.language, timeZone: desk.timeZone },
    messageId: () => room.messageIdFor('alarm', null),
    onQueued: () => room.outbox.nudge(),
    onDamage,
    lookMs: LOOK_MS,
  });
}

function measuring(config: Config, { room, sources, now }: WatchDeps): () => Promise<Measures> {
  const startedAt = now();
  const { db } = room.store;
  const calendars = [...timetableOf(config).calendars.values()];
  let lost = 0;
  let before = { letters: 0, aside: 0 };
  let countedAt = Number.NEGATIVE_INFINITY;
  return async () => {
    if (performance.now() - countedAt >= COUNT_MS) {
      lost = (await countLetters(room.store)).gap;
      before = await shareAside(db, now() - USUAL_DAYS * DAY, now() - DAY);
      countedAt = performance.now();
    }
    const standstill = room.standstillMs();
    return {
      startedAt,
      mailboxes: sources
        .map((source) => source.status())
        // the folder of sent letters waits for its inbox before it is read at all
        .filter(({ state }) => state !== 'stopped')
        .map(({ mailbox, lastPassAt, lastError }) => ({ name: mailbox, lastPassAt, lastError })),
      standsStillSince: standstill === null ? null : now() - standstill,
      quarantine: await failedToBeHandled(db),
      setAside: { day: await shareAside(db, now() - DAY, now()), before },
      waiting: await waiting(db, now()),
      failed: await failedSince(db, now() - HOUR),
      uncomposed: await uncomposedSince(db, now() - DAY),
      unproven: await unprovenSince(db, now() - DAY),
      lost,
      undecreed: calendars
        .map((calendar) => ({ calendar: calendar.name, years: yearsInSight(calendar, now()).undecreed }))
        .filter(({ years }) => years.length > 0),
    };
  };
}

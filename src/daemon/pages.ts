// What a running daemon answers over HTTP, where its configuration says so.

import type { Alarms } from '../alarms/alarms.ts';
import type { Log } from '../config/log.ts';
import type { Config } from '../config/schema.ts';
import type { ImapSource } from '../sources/imap.ts';
import { deskNumbers } from '../store/numbers.ts';
import { webApp } from '../web/app.ts';
import { healthOf } from '../web/health.ts';
import { type WebListener, webListener } from '../web/listen.ts';
import type { Metrics } from '../web/metrics.ts';
import { ratingOver } from './rating.ts';
import type { Room } from './room.ts';

export interface PagesDeps {
  readonly room: Room;
  readonly sources: readonly ImapSource[];
  readonly alarms: Alarms;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
}

/** The listener; null where there shall be none. */
export function pagesOf(config: Config, deps: PagesDeps): WebListener | null {
  const { web } = config;
  if (web === undefined) return null;
  const { room, sources, alarms, metrics, log, now } = deps;
  const statuses = () => sources.map((source) => source.status());
  const app = webApp({
    health: () => healthOf({ now: now(), alive: room.alive(), mailboxes: statuses(), troubles: alarms.standing() }),
    metrics: async () =>
      metrics.text({
        now: now(),
        numbers: await deskNumbers(room.store, now()),
        mailboxes: statuses().map(({ mailbox, lastPassAt, waiting, balance }) => ({
          mailbox,
          lastPassAt,
          waiting,
          gap: balance?.gap.length ?? 0,
        })),
        troubles: alarms.standing(),
      }),
    rating: ratingOver(config, room.store, room.keys, now, room.tellRating),
  });
  return webListener(app, web, log);
}

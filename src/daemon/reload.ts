// SIGHUP: the configuration is read again, and what can change while letters are under way is taken up. In: the one in force and
// the one that was read; out: which parts changed, of both kinds.

import { isDeepStrictEqual } from 'node:util';
import type { Loaded } from '../config/load.ts';
import type { LevelledLog } from '../config/log.ts';
import type { Config } from '../config/schema.ts';
import type { Room } from './room.ts';

export interface Changes {
  /** Parts that are in force at once. */
  readonly taken: readonly string[];
  /** Parts that count from the next start on. */
  readonly restart: readonly string[];
}

/** Templates are texts of their own and read again in any case; a folder named anew waits for the start. */
const PARTS_AT_ONCE = ['acknowledge', 'answers', 'operators', 'levels', 'calendars', 'deadlines'] as const;
const AT_ONCE: readonly string[] = [...PARTS_AT_ONCE, 'log.level'];

/** Compares two configurations, part by part. */
export function changesBetween(old: Config, next: Config): Changes {
  const changed = Object.keys(parts(next)).filter((name) => !isDeepStrictEqual(parts(old)[name], parts(next)[name]));
  return {
    taken: changed.filter((name) => AT_ONCE.includes(name)),
    restart: changed.filter((name) => !AT_ONCE.includes(name)),
  };
}

const parts = ({ log, ...rest }: Config): Readonly<Record<string, unknown>> => ({
  ...rest,
  'log.level': log.level,
  'log.format': log.format,
});

/** Takes up what was read; gives the configuration in force from now on. A broken one is one line, and the old one stays. */
export function reload(old: Config, loaded: Loaded, room: Pick<Room, 'reload'>, log: LevelledLog): Config {
  if (!loaded.ok) {
    log.error(
      { event: 'reload', problems: loaded.problems },
      'the configuration is broken: the old one stays in force',
    );
    return old;
  }
  const { config } = loaded;
  const { taken, restart } = changesBetween(old, config);
  log.info(
    { event: 'reload', ...(taken.length > 0 ? { taken } : {}), ...(restart.length > 0 ? { restart } : {}) },
    restart.length > 0
      ? 'read again; some of it counts from the next start on'
      : 'configuration and templates read again',
  );
  // the line is of the level that was in force when the signal came
  log.setLevel(config.log.level);
  room.reload(config);
  const inForce = Object.fromEntries(PARTS_AT_ONCE.map((name) => [name, config[name]]));
  return { ...old, ...inForce, log: { ...old.log, level: config.log.level } };
}

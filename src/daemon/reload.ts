// SIGHUP: the configuration is read again, and what can change while letters are under way is taken up. In: the one in force and
// the one that was read; out: which settings changed, of both kinds.

import { isDeepStrictEqual } from 'node:util';
import type { Loaded } from '../config/load.ts';
import type { LevelledLog } from '../config/log.ts';
import { pathText } from '../config/problems.ts';
import type { Config } from '../config/schema.ts';
import type { Room } from './room.ts';

export interface Changes {
  /** Settings that are in force at once, such as `acknowledge.perHour`. */
  readonly taken: readonly string[];
  /** Settings that count from the next start on. */
  readonly restart: readonly string[];
}

/** Templates are texts of their own and read again in any case; a folder named anew waits for the start. */
const PARTS_AT_ONCE = ['acknowledge', 'answers', 'operators', 'levels', 'calendars', 'deadlines'] as const;
const AT_ONCE: readonly string[] = PARTS_AT_ONCE;

/** Compares two configurations, setting by setting: an admin who changed one is told its name, and no value. */
export function changesBetween(old: Config, next: Config): Changes {
  const changed = differences(old, next, []);
  const atOnce = (path: Path) => AT_ONCE.includes(String(path[0])) || pathText(path) === 'log.level';
  return {
    taken: changed.filter(atOnce).map(pathText),
    restart: changed.filter((path) => !atOnce(path)).map(pathText),
  };
}

type Path = readonly (string | number)[];

/** Paths of what differs, as deep as both have a group or a list there. */
function differences(old: unknown, next: unknown, path: Path): readonly Path[] {
  if (isDeepStrictEqual(old, next)) return [];
  if (!isGroup(old) || !isGroup(next) || Array.isArray(old) !== Array.isArray(next)) return [path];
  const keyOf = Array.isArray(next) ? Number : String;
  const keys = new Set([...Object.keys(next), ...Object.keys(old)]);
  return [...keys].flatMap((key) => differences(old[key], next[key], [...path, keyOf(key)]));
}

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

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

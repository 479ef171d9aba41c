// The levels and calendars that a command counts by: those of the configuration where there is one, else the regulation's.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { hoursByDefault } from '../config/schema-hours.ts';
import { type Timetable, timetableOf } from '../desk/timetable.ts';
import { configPath, openConfig } from './config-option.ts';

/** The regulation's, on the clocks of Moscow. */
export const timetableByDefault = (): Timetable =>
  timetableOf({ desk: { timeZone: 'Europe/Moscow' }, ...hoursByDefault() });

/** Throws CommandError where a configuration is named and wrong. */
export function timetableFor(command: Command): Timetable {
  const named = command.getOptionValueSource('config') !== 'default';
  if (!named && !existsSync(configPath(command))) return timetableByDefault();
  return timetableOf(openConfig(command, 'left'));
}

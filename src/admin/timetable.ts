// The levels and calendars that a command counts by: those of the configuration where there is one, else the regulation's.

import { existsSync } from 'node:fs';
import type { Command } from 'commander';
import { hoursByDefault } from '../config/schema-hours.ts';
import { type Timetable, timetableOf } from '../desk/levels.ts';
import { configPath, openConfig } from './config-option.ts';

/** Throws CommandError where a configuration is named and wrong. */
export function timetableFor(command: Command): Timetable {
  const named = command.getOptionValueSource('config') !== 'default';
  if (!named && !existsSync(configPath(command)))
    return timetableOf({ timeZone: 'Europe/Moscow', ...hoursByDefault() });
  const { desk, levels, calendars } = openConfig(command, 'left');
  return timetableOf({ timeZone: desk.timeZone, levels, calendars });
}

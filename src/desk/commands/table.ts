// The commands of the desk, in the order in which the help lists them.

import { access } from './access.ts';
import { answer } from './answer.ts';
import { assign } from './assign.ts';
import { category } from './category.ts';
import { cc } from './cc.ts';
import { client } from './client.ts';
import { close } from './close.ts';
import type { CommandName, DeskCommand } from './command.ts';
import { critical } from './critical.ts';
import { defer } from './defer.ts';
import { helpOn } from './help.ts';
import { level } from './level.ts';
import { merge } from './merge.ts';
import { note } from './note.ts';
import { phone } from './phone.ts';
import { release } from './release.ts';
import { reopen } from './reopen.ts';
import { spam } from './spam.ts';
import { split } from './split.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';

const BESIDES_HELP: readonly DeskCommand[] = [
  close,
  reopen,
  defer,
  note,
  answer,
  assign,
  level,
  category,
  critical,
  cc,
  client,
  phone,
  merge,
  split,
  spam,
  release,
  undo,
  access,
  status,
];

export const COMMANDS: readonly DeskCommand[] = [...BESIDES_HELP, helpOn(BESIDES_HELP)];

/** A command by its name. */
export function commandOf(name: CommandName): DeskCommand {
  const found = COMMANDS.find((command) => command.name === name);
  if (!found) throw new Error(`no file carries out #${name}`);
  return found;
}

// Commands were taken off before; a text that still begins with one, out of a ready answer for example, is for the desk.

import { parseCommands } from '../../../desk/commands/parse.ts';
import { type Guard, never } from '../guard.ts';

export const commandLines: Guard = ({ text }) => {
  const [first] = parseCommands(text).commands;
  return first ? never('command', first.typed.slice(0, 80)) : null;
};

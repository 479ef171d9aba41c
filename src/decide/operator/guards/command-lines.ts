// Commands were taken off before. A text that still begins with one, out of a ready answer for example, was perhaps for the desk; one that
// stands further down, below a quote, or with a sign too many was meant for the desk, or is a customer's.

import { lineWithCommand, parseCommands } from '../../../desk/commands/parse.ts';
import { type Guard, unlessConfirmed } from '../guard.ts';
import { oneLine } from '../one-line.ts';

const SHOWN_CHARS = 80;

export const commandLines: Guard = ({ text }) => {
  const [first] = parseCommands(text).commands;
  if (first) return unlessConfirmed('command', first.typed.slice(0, SHOWN_CHARS));
  const line = lineWithCommand(text);
  return line === null ? null : unlessConfirmed('command-below', oneLine(line, SHOWN_CHARS));
};

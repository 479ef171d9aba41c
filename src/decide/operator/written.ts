// What an operator wrote himself: commands at the very top of his letter, and the text under them without what is quoted.
// What anybody else wrote is never a command, however a mail client quotes it: reading stops at the first sign of a quote, and
// at a line that stands in what was quoted.

import { isSignOfQuote, newPart } from '../../decode/reply.ts';
import { type Parsed, parseCommands, wantsToBeCommand } from '../../desk/commands/parse.ts';
import { isOurs, withoutFooter } from '../../desk/footer.ts';
import { canonical } from '../../mail/canonical.ts';
import type { Message } from '../../mail/message.ts';
import type { Conversation } from './standing.ts';

/** Reads a letter; `conversation` is what it may quote, null where it belongs to no ticket; `desk` the support address. */
export function writtenIn({ text }: Pick<Message, 'text'>, conversation: Conversation | null, desk: string): Parsed {
  const lines = text.split('\n');
  const isOthers = (line: string, at: number) =>
    isOurs(line) ||
    isSignOfQuote(lines, at) ||
    // clients name whom they quote with his address, and letters to operators come from the desk's
    (desk !== '' && canonical(line).text.includes(desk.toLowerCase())) ||
    (conversation !== null && isOfOthers(line, conversation));
  const end = lines.findIndex((line, at) => line.trim() !== '' && (!wantsToBeCommand(line) || isOthers(line, at)));
  const { commands, lines: taken } = parseCommands(lines.slice(0, end < 0 ? lines.length : end).join('\n'));
  return { commands, lines: taken, rest: newPart(withoutFooter(lines.slice(taken).join('\n'))) };
}

/** A client wraps no line before this. */
const WRAPPED_CHARS = 20;

/** Whether a line like a command is somebody's on the ticket: a line of what was said, a piece of one, or a name. */
function isOfOthers(line: string, { said, people }: Conversation): boolean {
  const plain = canonical(line).text;
  const names = [...said.map(({ authorName }) => authorName), ...people.map(({ name }) => name)];
  if (names.some((name) => wantsToBeCommand(name) && plain.includes(canonical(name).text))) return true;
  return said.some(
    ({ kind, text, quoted }) =>
      !WRITTEN_BY_DESK.has(kind) &&
      [text, quoted].some((words) =>
        plain.length >= WRAPPED_CHARS
          ? canonical(words).text.includes(plain)
          : words.split('\n').some((one) => canonical(one).text === plain),
      ),
  );
}

const WRITTEN_BY_DESK: ReadonlySet<string> = new Set(['answer', 'note', 'phone', 'system']);

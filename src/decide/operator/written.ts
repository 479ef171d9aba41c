// What an operator wrote himself: commands at the very top of his letter, and the text under them without what is quoted.
// What anybody else wrote is never a command, however a mail client quotes it: reading stops at the first sign of a quote, and
// at a line that stands in what was quoted.

import { isSignOfQuote, newPart } from '../../decode/reply.ts';
import { type Parsed, parseCommands, wantsToBeCommand } from '../../desk/commands/parse.ts';
import { isOurs, withoutFooter } from '../../desk/footer.ts';
import { canonical } from '../../mail/canonical.ts';
import type { Message } from '../../mail/message.ts';
import { isTooLong } from './draft.ts';
import { type Conversation, isByDesk } from './standing.ts';
import { withoutUnmarkedQuote } from './unmarked-quote.ts';

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
  const own = newPart(withoutFooter(lines.slice(taken).join('\n')));
  const known = conversation !== null && !isTooLong(own);
  return { commands, lines: taken, rest: known ? withoutUnmarkedQuote(own, conversation, desk) : own };
}

/** Whether a line like a command is somebody's on the ticket: a line of what was said, a piece of one, a name, or the subject. */
function isOfOthers(line: string, { ticket, said, people }: Conversation): boolean {
  const plain = canonical(fromSign(line)).text;
  const names = [ticket.subject, ...said.map(({ authorName }) => authorName), ...people.map(({ name }) => name)];
  if (names.some((name) => wantsToBeCommand(name) && plain.startsWith(canonical(fromSign(name)).text))) return true;
  return said.some((one) => !isByDesk(one) && [one.text, one.quoted].some((words) => holdsLine(words, plain)));
}

const SIGN = /[#＃﹟♯№]/gu;
const fromSign = (line: string): string => line.slice(Math.max(0, line.search(SIGN)));

/** A client wraps no line before this; what is as long is looked for at any place of a line. */
const WRAPPED_CHARS = 20;
/** Signs of one text that are looked at; nobody's letter has as many commands. */
const MOST_SIGNS = 500;

/** Whether a text has a line, or begins a longer piece, that reads like this one. */
function holdsLine(words: string, plain: string): boolean {
  const anywhere = plain.length >= WRAPPED_CHARS;
  let looked = 0;
  for (const { index } of words.matchAll(SIGN)) {
    if (++looked > MOST_SIGNS) return true;
    const near = words.slice(index, index + 2 * plain.length + 200);
    const [line = ''] = near.split('\n', 1);
    if (
      anywhere
        ? canonical(near).text.startsWith(plain)
        : opensLine(words, index) && withoutEnd(canonical(line).text) === withoutEnd(plain)
    )
      return true;
  }
  return false;
}

/** A full stop more or less makes no other command. */
const withoutEnd = (plain: string): string => plain.replace(/[.。;:!,]+$/, '');

/** Whether nothing but marks of quotes and lists stands before it. */
const opensLine = (words: string, at: number): boolean =>
  /^[\s\p{Cf}>|*_•·–—-]*$/u.test(words.slice(words.lastIndexOf('\n', at - 1) + 1, at));

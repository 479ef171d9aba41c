// The new part of an operator's letter in; the commands at its top and the text under them out. A command is a line that
// begins with # and a letter, above every line of text; blank lines between commands are what HTML mail makes of line ends.

import { cleanLine } from '../../mail/clean.ts';
import type { CommandName, DeskCommand } from './command.ts';
import type { Needs } from './known.ts';
import { nearest } from './nearest.ts';
import { COMMANDS, commandOf } from './table.ts';

/** A line that is a command, or wants to be one. */
export interface TypedCommand {
  /** The line as it stood there, cleaned. */
  readonly typed: string;
  /** Null where no command is called that. */
  readonly name: CommandName | null;
  /** What stands behind the name, trimmed of separators. */
  readonly argument: string;
  /** For an unknown name: the word that was probably meant. */
  readonly nearest: string | null;
}

export interface Parsed {
  readonly commands: readonly TypedCommand[];
  /** The text under the commands; empty where there is none. */
  readonly rest: string;
  /** How many lines the commands take from the top; 0 where there are none. */
  readonly lines: number;
}

const MAX_COMMANDS = 30;

/**
 * What stands before the first letter of a command: a # of any width, the № of the same key on a Russian keyboard, and what
 * an HTML-to-text converter makes of bold type and of lists.
 */
const OPENING = /^[\s\p{Cf}*_•·]*[#＃﹟♯№][\s\p{Cf}]{0,3}(?=[\p{L}?])/u;
const BLANK = /^[\s\p{Cf}]*$/u;
const BEFORE_ARGUMENT = /^[\s\p{Cf}:：=,.;–—-]+/u;
const AFTER_ARGUMENT = /[\s\p{Cf}.。;,!*_]+$/u;

/** The words of all commands, the longest first: «не срочно» before «не». */
const WORDS: readonly { readonly words: string; readonly command: DeskCommand; readonly argument: string }[] =
  COMMANDS.flatMap((command) => [
    ...command.words.map((words) => ({ words, command, argument: '' })),
    ...Object.entries(command.shortcuts ?? {}).map(([words, argument]) => ({ words, command, argument })),
  ]).toSorted((a, b) => b.words.length - a.words.length);

/** The same in the order of the table, for guesses. */
const NAMES = COMMANDS.flatMap(({ words, shortcuts }) => [...words, ...Object.keys(shortcuts ?? {})]);

/** Reads the top of a letter. Takes the text without quoted history; total, and bounded in its work. */
export function parseCommands(reply: string): Parsed {
  const lines = reply.split('\n');
  const commands: TypedCommand[] = [];
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    if (BLANK.test(line)) continue;
    const opening = OPENING.exec(line);
    if (!opening) break;
    if (commands.length >= MAX_COMMANDS) {
      commands.push({ typed: cleanLine(line).slice(0, 200), name: null, argument: '', nearest: null });
      break;
    }
    commands.push(...commandsIn(line.slice(opening[0].length)));
  }
  return commands.length === 0
    ? { commands, rest: reply, lines: 0 }
    : { commands, rest: lines.slice(at).join('\n').trimEnd(), lines: at };
}

/** Whether a line would be read as a command at the top of a letter. */
export const wantsToBeCommand = (line: string): boolean => OPENING.test(line);

/** Like `OPENING`, with whatever people and clients add to the sign: `##заметка`, `# #note`, `- #close`, `\#close`. */
const MISTYPED = /^[^\p{L}\p{N}>#＃﹟♯№]{0,40}(?:[#＃﹟♯№][\s\p{Cf}*_]{0,5}){1,9}(?=[\p{L}?])/u;
const WITHIN = /[\s(«"',.;:!?]\p{Cf}*[#＃﹟♯](?=\p{L})/gu;
const COMMAND_ENDS = /^(?![\p{L}\p{N}_-])/u;

/**
 * The first line that holds a command of the table, however it is typed and wherever it stands in the line; null where there
 * is none. `# #note` above a text is no command, and the text would go to whom it must not.
 */
export function lineWithCommand(text: string): string | null {
  return text.split('\n').find((line) => !QUOTED.test(line) && holdsCommand(line.slice(0, LINE_CHARS))) ?? null;
}

const LINE_CHARS = 2_000;
/** What an operator answers piece by piece is the customer's. */
const QUOTED = /^\s*>/;

function holdsCommand(line: string): boolean {
  const isNamed = (behind: string) => {
    const named = wordsOf(behind);
    return named !== null && COMMAND_ENDS.test(named.behind);
  };
  const first = MISTYPED.exec(line);
  if (first && isNamed(line.slice(first[0].length))) return true;
  return [...line.matchAll(WITHIN)].some(({ 0: sign, index }) => isNamed(line.slice(index + sign.length)));
}

/** The commands of one line, of which the opening was taken off: `close #assign me` are two. */
function commandsIn(line: string): readonly TypedCommand[] {
  const found = wordsOf(line);
  if (!found) {
    const word = /^[\p{L}\p{N}?-]+/u.exec(line)?.[0] ?? '';
    return [
      {
        typed: `#${cleanLine(line)}`,
        name: null,
        argument: '',
        nearest: nearest(plain(word), NAMES),
      },
    ];
  }
  const { command, behind, argument } = found;
  const next = command.freeText === 'note' ? null : nextIn(behind);
  const own = next === null ? behind : behind.slice(0, next.from);
  const stated = own.replace(BEFORE_ARGUMENT, '');
  const typed = next === null ? line : line.slice(0, line.length - (behind.length - next.from));
  return [
    {
      typed: `#${cleanLine(typed)}`,
      name: command.name,
      argument: [argument, command.freeText ? wordsIn(stated) : stated.replace(AFTER_ARGUMENT, '')]
        .filter(Boolean)
        .join(' '),
      nearest: null,
    },
    ...(next === null ? [] : commandsIn(next.rest)),
  ];
}

/** Text behind a command as it was typed; what bold type and a full stop leave is none. */
const wordsIn = (stated: string): string =>
  /[^\p{P}\p{C}\s]/u.test(stated) ? stated.replace(/^[*_]+\s+/u, '').trim() : '';

/** Where another command begins on the same line. */
function nextIn(behind: string): { readonly from: number; readonly rest: string } | null {
  for (const match of behind.matchAll(/\s[#＃﹟♯№]\s?(?=\p{L})/gu)) {
    const rest = behind.slice(match.index + match[0].length);
    if (wordsOf(rest)) return { from: match.index, rest };
  }
  return null;
}

interface Named {
  readonly command: DeskCommand;
  readonly argument: string;
  readonly behind: string;
}

/** Which command a line begins with. */
function wordsOf(line: string): Named | null {
  for (const { words, command, argument } of WORDS) {
    const behind = withoutWords(line, words.split(' '));
    if (behind !== null) return { command, argument, behind };
  }
  return null;
}

function withoutWords(line: string, words: readonly string[]): string | null {
  let left = line;
  for (const word of words) {
    const first = /^[\s\p{Cf}]*([\p{L}?]+)/u.exec(left);
    if (!first || plain(first[1]!) !== word) return null;
    left = left.slice(first[0].length);
  }
  return left;
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е');

/** What must be looked up before commands can be carried out. */
export function needsOf(commands: readonly TypedCommand[]): Needs {
  const needs = commands.flatMap(({ name, argument }) =>
    name === null ? [] : [commandOf(name).needs?.(argument) ?? {}],
  );
  return {
    tickets: [...new Set(needs.flatMap((each) => each.tickets ?? []))],
    clients: [...new Set(needs.flatMap((each) => each.clients ?? []))],
    letters: needs.some((each) => each.letters),
    batch: needs.some((each) => each.batch),
    history: needs.some((each) => each.history),
    aside: [...new Set(needs.flatMap((each) => each.aside ?? []))],
  };
}

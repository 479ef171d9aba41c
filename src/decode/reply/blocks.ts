// The lines of a letter in, its blocks out: the writer's words and what is quoted, in order, up to where the letter
// turns into history or into another letter that is passed on.

import { attributionAt } from './attribution.ts';
import { isDateWords } from './dates.ts';
import { isBlank, isQuoted, type Mark, type MarkRule } from './mark.ts';

export interface Block {
  readonly kind: 'words' | 'quote';
  readonly from: number;
  to: number;
  /** Of a quote: the lines before it that say who wrote it, 0 where none does or where it says so itself. */
  readonly attribution: number;
  readonly attributed: boolean;
}

export interface Layout {
  readonly blocks: readonly Block[];
  /** Behind the last line of the last block. */
  readonly end: number;
  /** What follows: nothing, history to be folded, or lines that stay whatever they are. */
  readonly rest: 'none' | 'history' | 'stays';
}

/** «ИП> текст» and "Richard> text" (The Bat!, XEmacs); only below an attribution, for `SQL>` is a prompt. */
const INITIALS = /^ {0,2}\p{Lu}\p{L}{0,11}>/u;
/** A quoted line that its mailer wrapped once more is at least this long. */
const WRAPPED_CHARS = 55;

/** Splits `lines` into blocks; `marks` are asked in order for every line that is neither blank nor quoted. */
export function layoutOf(lines: readonly string[], marks: readonly MarkRule[]): Layout {
  const blocks: Block[] = [];
  let attributed = false;
  let spoken = false;
  for (let at = 0; at < lines.length; ) {
    const line = lines[at]!;
    if (isBlank(line)) {
      at++;
      continue;
    }
    if (isQuoted(line) || (attributed && INITIALS.test(line)) || isWrapped(lines, at, blocks.at(-1))) {
      quote(blocks, lines, at);
      at++;
      continue;
    }
    const mark = firstMark(lines, at, marks);
    if (mark?.kind === 'attribution') {
      const quoted = quoteFollows(lines, at + mark.length);
      if (!quoted && mark.names && spoken) return { blocks, end: at, rest: 'history' };
      if (quoted || mark.names) {
        attribute(blocks, at, mark.length);
        attributed = true;
        at += mark.length;
        continue;
      }
    } else if (mark && (mark.kind === 'forwarded' || !spoken)) return { blocks, end: at, rest: 'stays' };
    else if (mark && !isIntroduced(lines, at)) return { blocks, end: at, rest: 'history' };
    words(blocks, at);
    spoken = true;
    at++;
  }
  return { blocks, end: lines.length, rest: 'none' };
}

/** True where the writer leads up to what follows: «вот текст ошибки:». */
export function isIntroduced(lines: readonly string[], at: number): boolean {
  let before = at - 1;
  while (before >= 0 && isBlank(lines[before]!)) before--;
  return before >= 0 && !isQuoted(lines[before]!) && lines[before]!.trimEnd().endsWith(':');
}

/** Every mark begins with a line that has one of these; few lines of prose have any. */
const SIGN_OF_MARK = /[\d<:：-]/;

function firstMark(lines: readonly string[], at: number, marks: readonly MarkRule[]): Mark | null {
  if (!SIGN_OF_MARK.test(lines[at]!) && !isDateWords(lines[at]!)) return null;
  for (const rule of marks) {
    const mark = rule(lines, at);
    if (mark) return mark;
  }
  return null;
}

function quoteFollows(lines: readonly string[], from: number): boolean {
  for (let at = from; at < Math.min(lines.length, from + 4); at++) {
    if (!isBlank(lines[at]!)) return isQuoted(lines[at]!) || INITIALS.test(lines[at]!);
  }
  return false;
}

/** The rest of a quoted line that was wrapped without its `>`: no sentence ended before it, none begins with it. */
function isWrapped(lines: readonly string[], at: number, last: Block | undefined): boolean {
  const before = lines[at - 1] ?? '';
  if (last?.kind !== 'quote' || last.to !== at || before.length < WRAPPED_CHARS) return false;
  return /[\p{L}\p{N},]\s?$/u.test(before) && /^\p{Ll}/u.test(lines[at]!) && isQuoted(lines[at + 1] ?? '');
}

function quote(blocks: Block[], lines: readonly string[], at: number): void {
  const last = blocks.at(-1);
  if (last?.kind === 'quote') last.to = at + 1;
  else blocks.push({ kind: 'quote', from: at, to: at + 1, attribution: 0, attributed: saysWho(lines, at) });
}

/**
 * An attribution right below a quote belongs to it: a mailer that quotes a quote without marks. Below one of which nobody
 * says who wrote it, the history begins: what stands above was set in by the writer himself.
 */
function attribute(blocks: Block[], at: number, length: number): void {
  const last = blocks.at(-1);
  if (last?.kind === 'quote' && last.attributed) last.to = at + length;
  else blocks.push({ kind: 'quote', from: at, to: at + length, attribution: length, attributed: true });
}

function words(blocks: Block[], at: number): void {
  const last = blocks.at(-1);
  if (last?.kind === 'words') last.to = at + 1;
  else blocks.push({ kind: 'words', from: at, to: at + 1, attribution: 0, attributed: false });
}

/** Apple Mail quotes its attribution as well. */
function saysWho(lines: readonly string[], at: number): boolean {
  const bare = lines.slice(at, at + 3).map((line) => line.replace(/^ ?> ?/, ''));
  return attributionAt(bare, 0) !== null;
}

// Encoded words (RFC 2047, RFC 2231 §5) in a header value or name, as real mailers break them: cut inside a character or
// a base64 group, without padding, joined without blanks, with blanks inside, over-long, never closed.

import { isUtf8 } from 'node:buffer';
import { canonicalCharset } from './charset-names.ts';
import { type Undecoded, undecoded } from './pieces.ts';
import { hexByte } from './transfer/quoted-printable.ts';

interface Word {
  readonly charset: string;
  readonly base64: boolean;
  readonly text: string;
}

const CHARSET_CHARS = 80;
/** What the names of sets with escapes hold, in whatever spelling: most words are in none. */
const SHIFTING = /2022|jis|utf.?7|65000|5022/;
const PLAIN = /^[\t -~]*$/;
const BLANKS = /[ \t]/;
const SPACE = 32;
const EQUALS = 61;
const UNDERSCORE = 95;

/** Q encoding; an underscore is a blank, a `=` without two digits is itself. */
function unQ(text: string): Buffer {
  const out = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const byte = code === EQUALS ? hexByte(text.charCodeAt(at + 1), text.charCodeAt(at + 2)) : -1;
    if (byte >= 0) at += 2;
    out[length++] = byte >= 0 ? byte : code === UNDERSCORE ? SPACE : code;
  }
  return out.subarray(0, length);
}

/** Characters of base64 before its padding. */
function letters(text: string): number {
  const padding = text.indexOf('=');
  return padding < 0 ? text.length : padding;
}

/** Bytes of adjacent words of one charset. */
function bytesOf(words: readonly Word[]): Buffer {
  const parts: Buffer[] = [];
  let held = '';
  for (const word of words) {
    if (!word.base64) {
      if (held) parts.push(Buffer.from(held, 'base64'));
      parts.push(unQ(word.text));
      held = '';
      continue;
    }
    const text = held + (BLANKS.test(word.text) ? word.text.replace(/[ \t]+/g, '') : word.text);
    // No group of base64 leaves one character over: the mailer cut the letters, not the bytes (PHP mail() wrappers).
    const cut = letters(text) % 4 === 1;
    held = cut ? text : '';
    if (!cut) parts.push(Buffer.from(text, 'base64'));
  }
  if (held) parts.push(Buffer.from(held, 'base64'));
  const bytes = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
  return parts.length < 2 || isUtf8(bytes) ? bytes : (cutInLetters(words) ?? bytes);
}

/** The same where the words are UTF-8 only with their letters joined, cut where it looks like a missing padding. */
function cutInLetters(words: readonly Word[]): Buffer | null {
  if (words.some(({ base64, text }) => !base64 || text.includes('='))) return null;
  const bytes = Buffer.from(words.map(({ text }) => text.replace(/[ \t]+/g, '')).join(''), 'base64');
  return isUtf8(bytes) ? bytes : null;
}

/** Sets in which bytes mean what an escape before them says: each word begins anew (RFC 2047 §3, RFC 1468). */
const STATEFUL = /^(?:iso-2022-jp|utf-7)$/;
const ESCAPE = 0x1b;
const DOLLAR = 0x24;

/** Whether the word at the end of a group has to be decoded apart from the next one, though both have one charset. */
function isComplete(group: readonly Word[], next: Word): boolean {
  const last = group.at(-1);
  const charset = last === undefined || !SHIFTING.test(last.charset) ? null : canonicalCharset(last.charset);
  if (last === undefined || charset === null || !STATEFUL.test(charset)) return false;
  if (charset === 'utf-7') return true;
  // A mailer that cut its bytes and not its text has not gone back to ASCII, and goes on without an escape.
  const bytes = bytesOf([last]);
  const shift = bytes.lastIndexOf(ESCAPE);
  const isOpen = shift < 0 ? group.length > 1 : bytes[shift + 1] === DOLLAR;
  return !isOpen || bytesOf([next])[0] === ESCAPE;
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly word: Word;
}

interface Start {
  readonly from: number;
  readonly charset: string;
  readonly base64: boolean;
  /** Where its text begins. */
  readonly text: number;
}

/** Where the next thing that looks like a word begins, from `at` on: `=?charset?b?`; null for none. */
function startAt(value: string, at: number): Start | null {
  for (let from = value.indexOf('=?', at); from >= 0; from = value.indexOf('=?', from + 1)) {
    const mark = value.indexOf('?', from + 2);
    const encoding = value[mark + 1]?.toLowerCase();
    if (mark < 0 || mark - from - 2 > CHARSET_CHARS || value[mark + 2] !== '?') continue;
    if (encoding !== 'b' && encoding !== 'q') continue;
    const charset = value.slice(from + 2, mark);
    if (!BLANKS.test(charset)) return { from, charset, base64: encoding === 'b', text: mark + 3 };
  }
  return null;
}

/** Every encoded word of the value, in order. One that is never closed counts where it is the last thing there. */
function words(value: string): Found[] {
  const found: Found[] = [];
  let close = -1;
  for (let start = startAt(value, 0); start !== null; ) {
    const { from, base64, text: textFrom } = start;
    if (close < textFrom) close = value.indexOf('?=', textFrom);
    if (close < 0) close = value.length;
    let next = startAt(value, textFrom);
    const closed = close < value.length && close <= (next?.from ?? value.length);
    if (closed || (next === null && !BLANKS.test(value.slice(textFrom)))) {
      const text = closed ? value.slice(textFrom, close) : value.slice(textFrom).replace(/\?$/, '');
      // RFC 2231 §5: a language may stand behind the charset.
      const charset = start.charset.split('*', 1)[0]?.toLowerCase() ?? '';
      const to = closed ? close + 2 : value.length;
      found.push({ from, to, word: { charset, base64, text } });
      if (next !== null && next.from < to) next = startAt(value, to);
    }
    start = next;
  }
  return found;
}

/**
 * A value with its encoded words undone as far as bytes go. Takes the unfolded value, bytes as latin1. Blanks between
 * two words vanish (RFC 2047 §6.2); neighbours of one charset are joined on bytes, so that a character cut in two heals, but for sets with escapes.
 */
export function encodedWords(value: string): Undecoded {
  if (!value.includes('=?')) return PLAIN.test(value) ? [value] : undecoded(Buffer.from(value, 'latin1'), null);
  const out: (string | Undecoded[number])[] = [];
  let group: Word[] = [];
  let done = 0;
  const flush = (): void => {
    if (group[0]) out.push(...undecoded(bytesOf(group), group[0].charset || null));
    group = [];
  };
  for (const { from, to, word } of words(value)) {
    const between = value.slice(done, from);
    const adjacent = group.length > 0 && /^[ \t]*$/.test(between);
    if (!adjacent || group[0]?.charset !== word.charset || isComplete(group, word)) flush();
    if (!adjacent && between !== '') out.push(...undecoded(Buffer.from(between, 'latin1'), null));
    group.push(word);
    done = to;
  }
  flush();
  if (done < value.length) out.push(...undecoded(Buffer.from(value.slice(done), 'latin1'), null));
  return out;
}

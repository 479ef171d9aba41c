// Encoded words (RFC 2047, RFC 2231 §5) in a header value or name, as real mailers break them: cut inside a character or
// a base64 group, without padding, joined without blanks, with blanks inside, over-long, never closed.

import { type Undecoded, undecoded } from './pieces.ts';

interface Word {
  readonly charset: string;
  readonly base64: boolean;
  readonly text: string;
}

const START = /=\?([^? \t]{0,80})\?([bq])\?/gi;
const PLAIN = /^[\t -~]*$/;
const BLANKS = /[ \t]/;
const HEX = /=([0-9a-f]{2})/gi;

/** Q encoding; an underscore is a blank, a `=` without two digits is itself. */
function unQ(text: string): Buffer {
  const plain = text
    .replaceAll('_', ' ')
    .replace(HEX, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
  return Buffer.from(plain, 'latin1');
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
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

interface Found {
  readonly from: number;
  readonly to: number;
  readonly word: Word;
}

/** Every encoded word of the value, in order. One that is never closed counts where it is the last thing there. */
function words(value: string): Found[] {
  const found: Found[] = [];
  const starts = Array.from(value.matchAll(START));
  let close = -1;
  starts.forEach((start, index) => {
    const from = start.index;
    const textFrom = from + start[0].length;
    if (from < (found.at(-1)?.to ?? 0)) return;
    if (close >= 0 && close < textFrom) close = -1;
    if (close < 0) close = value.indexOf('?=', textFrom);
    const next = starts[index + 1]?.index ?? value.length;
    const closed = close >= 0 && close <= next;
    if (!closed && (next < value.length || /[ \t]/.test(value.slice(textFrom)))) {
      if (close < 0) close = value.length;
      return;
    }
    const text = closed ? value.slice(textFrom, close) : value.slice(textFrom).replace(/\?$/, '');
    const [charset = ''] = (start[1] ?? '').split('*');
    const base64 = start[2] === 'B' || start[2] === 'b';
    found.push({ from, to: closed ? close + 2 : value.length, word: { charset: charset.toLowerCase(), base64, text } });
  });
  return found;
}

/**
 * A value with its encoded words undone as far as bytes go. Takes the unfolded value, bytes as latin1. Blanks between
 * two words vanish (RFC 2047 §6.2); neighbours of one charset are joined on bytes, so that a character cut in two heals.
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
    if (!adjacent || group[0]?.charset !== word.charset) flush();
    if (!adjacent && between !== '') out.push(...undecoded(Buffer.from(between, 'latin1'), null));
    group.push(word);
    done = to;
  }
  flush();
  if (done < value.length) out.push(...undecoded(Buffer.from(value.slice(done), 'latin1'), null));
  return out;
}

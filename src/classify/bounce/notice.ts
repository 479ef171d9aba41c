// The human-readable half of a bounce: its lines above the letter given back, and the engine that finds in them the
// addresses which an announcement («… could not be delivered to:») is followed by.

import { addressesIn } from './address.ts';
import type { Returned } from './returned.ts';
import { isConditional } from './sentences.ts';
import type { Action } from './status.ts';

export interface Notice {
  /** At most 1,000 lines of at most 1,000 characters. */
  readonly lines: readonly string[];
  readonly returned: Returned | null;
}

export interface FreeForm {
  readonly recipients: readonly string[];
  readonly action: Action;
}

/** How one kind of mailer words its bounces; null where the notice is not of its kind. */
export type Family = (notice: Notice) => FreeForm | null;

/** Words that announce failed addresses, in lower case, blanks single; `angle` where the mailer writes `<address>:`. */
export interface Announcement {
  readonly words: string;
  readonly action?: Action;
  readonly angle?: true;
}

const ITEM = /^[\s*•·>|-]*["'<[]?/;
const ANGLE_ITEM = /^\s{0,8}<[^<>]{3,320}>\s?(?:\([^()]{0,400}\))?\s?(?::|,|$)/;
const MAX_OCCURRENCES = 50;

/** The subject of a letter passed on is no announcement above its addressee. */
const HEADER = /^[\s>]{0,8}(?:from|subject|date|sent|от|тема|дата|отправлено)\s?:/iu;

interface Flat {
  readonly text: string;
  /** Where each line begins in `text`. */
  readonly starts: readonly number[];
}

/** All lines as one, so that an announcement is found where the mailer wrapped it. */
function flat(lines: readonly string[]): Flat {
  const starts: number[] = [];
  let text = '';
  for (const line of lines) {
    starts.push(text.length);
    text += HEADER.test(line) ? '. ' : `${line.trim().replace(/\s+/g, ' ').toLowerCase()} `;
  }
  return { text, starts };
}

const indent = (line: string) => line.length - line.trimStart().length;

/** The address a line begins with, behind bullets and brackets. */
function leadingAddress(line: string, angle: boolean): string | null {
  if (angle && !ANGLE_ITEM.test(line)) return null;
  const lead = ITEM.exec(line)?.[0].length ?? 0;
  const first = addressesIn(line.slice(lead))[0];
  return first && first.start === 0 ? first.address : null;
}

/**
 * Addresses of a list: lines that begin with one, no deeper than the first of them; deeper lines tell the reason, and
 * the addresses they begin with (a sender that was refused) are no recipients.
 */
export function listed(lines: readonly string[], angle: boolean): readonly string[] {
  const found: string[] = [];
  let depth: number | null = null;
  for (const line of lines) {
    if (depth !== null && indent(line) > depth) continue;
    const address = leadingAddress(line, angle);
    if (address === null) continue;
    depth ??= indent(line);
    found.push(address);
  }
  return found;
}

function behind(lines: readonly string[], { text, starts }: Flat, end: number, angle: boolean): readonly string[] {
  const at = starts.findLastIndex((start) => start < end);
  const rest = text.slice(end, starts[at + 1] ?? text.length);
  const inline = angle ? [] : addressesIn(rest);
  if (inline.length === 0) return listed(lines.slice(at + 1), angle);
  // The address as it is written: the flat text is in lower case.
  const written = new Map(addressesIn(lines[at] ?? '').map(({ address }) => [address.toLowerCase(), address]));
  return inline.map(({ address }) => written.get(address) ?? address);
}

const SENTENCE_CHARS = 300;

/** What stands before a place in its sentence. */
const sentenceBefore = (text: string, at: number): string =>
  text
    .slice(Math.max(at - SENTENCE_CHARS, 0), at)
    .split(/[.!?:;]\s/)
    .at(-1)
    ?.trim() ?? '';

/** A family that is told by what it announces. The first announcement with addresses behind it decides. */
export function announcing(announcements: readonly Announcement[]): Family {
  return ({ lines }) => {
    const whole = flat(lines);
    for (const { words, action, angle } of announcements) {
      const recipients: string[] = [];
      let seen = 0;
      for (let at = whole.text.indexOf(words); at >= 0 && seen < MAX_OCCURRENCES; seen++) {
        if (!isConditional(sentenceBefore(whole.text, at)))
          recipients.push(...behind(lines, whole, at + words.length, angle === true));
        at = whole.text.indexOf(words, at + words.length);
      }
      if (recipients.length > 0) return { recipients, action: action ?? 'failed' };
    }
    return null;
  };
}

// What the last servers on the way wrote on top of a letter (trace fields, RFC 5321 §4.4): in: raw bytes; out: the envelope
// as far as it shows there, and when the letter arrived. Only for sources that were told no envelope themselves.

import type { Envelope } from '../mail/envelope.ts';
import { LIMITS } from '../mail/limits.ts';

/** How many Delivered-To and X-Original-To a letter may have before the rest is left unread. */
const RECIPIENTS = 20;

/**
 * Reads the envelope off the letter: `from` is the topmost Return-Path (`''` for `<>`, null where there is none),
 * `to` what X-Original-To and Delivered-To name, each once.
 */
export function tracedEnvelope(raw: Uint8Array): Envelope {
  const fields = headerFields(raw);
  const returnPath = fields.find(([name]) => name === 'return-path')?.[1];
  const recipients = fields
    .filter(([name]) => name === 'x-original-to' || name === 'delivered-to')
    .map(([, value]) => bare(value))
    .filter((address) => address !== '');
  return {
    from: returnPath === undefined ? null : bare(returnPath),
    to: [...new Set(recipients)].slice(0, RECIPIENTS),
  };
}

/** When the topmost Received says the letter came in (epoch milliseconds), or null where it has none or no readable date. */
export function tracedArrival(raw: Uint8Array): number | null {
  const received = headerFields(raw).find(([name]) => name === 'received')?.[1];
  const date = received?.slice(received.lastIndexOf(';') + 1).replace(/\([^()]*\)/g, ' ');
  const at = date ? Date.parse(date.trim()) : Number.NaN;
  return Number.isNaN(at) ? null : at;
}

function bare(value: string): string {
  const inner = /<([^<>]*)>/.exec(value)?.[1] ?? value;
  return inner.trim().slice(0, LIMITS.lineChars);
}

/** Names in lower case with their unfolded values, top to bottom, as far as the header block and its limits go. */
function headerFields(raw: Uint8Array): [string, string][] {
  const fields: [string, string][] = [];
  for (const line of headerLines(raw)) {
    if (line === '' || fields.length > LIMITS.headerFields) break;
    const last = fields.at(-1);
    const colon = line.indexOf(':');
    if (/^[ \t]/.test(line)) {
      if (last) last[1] += line.slice(0, LIMITS.lineChars);
    } else if (colon > 0) fields.push([line.slice(0, colon).trimEnd().toLowerCase(), line.slice(colon + 1).trim()]);
  }
  return fields;
}

/** Most header blocks end within this; a letter is mostly body, which is not looked at. */
const FIRST_LOOK = 4096;

/** Lines up to the empty one behind the header, and some of what follows it. */
function headerLines(raw: Uint8Array): string[] {
  const letter = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const most = Math.min(letter.length, LIMITS.headerBytes);
  for (let size = FIRST_LOOK; ; size *= 8) {
    const lines = letter.toString('latin1', 0, Math.min(size, most)).split(/\r\n|\n|\r/);
    const empty = lines.indexOf('');
    // the last line may be cut off in its middle or in its end
    if (size >= most || (empty >= 0 && empty < lines.length - 1)) return lines;
  }
}

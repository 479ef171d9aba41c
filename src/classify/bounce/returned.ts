// The letter that bounced, as far as its bounce gives it back (RFC 3462 §2, or pasted into the text): Message-ID,
// recipients and senders of its header.

import type { Part } from '../../mail/message.ts';
import { messageIds } from '../../mail/message-id.ts';
import { addressesIn } from './address.ts';

export interface Returned {
  readonly messageId: string | null;
  readonly to: readonly string[];
  readonly from: readonly string[];
}

const TYPES = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/rfc822-headers',
  'message/global-headers',
  'message/partial',
]);
const HEADER_CHARS = 65_536;
const HEADER_LINE = /^([!-9;-~]{1,60})[ \t]{0,5}:(.*)$/;

// What mailers write between their notice and the letter that they give back.
const MARKER =
  /^[\s>|=*_-]*(?:this is a copy of (?:the|your) message|below this line is (?:a copy of )?(?:the|your)|below is a copy of the original|(?:here is )?(?:a |the )?(?:copy of )?(?:your )?original (?:message|mail|letter|headers?)(?: info| headers?)?(?: follows?)?[\s:.>|=*_-]*$|(?:un)?(?:sent|delivered) message(?: header)? follows|returned message|(?:the )?message (?:text|headers?|body|contents?) follows?|included is a copy of|(?:returned|original) (?:message )?headers? follows?|копия (?:вашего |исходного |оригинального )?(?:письма|сообщения)|(?:текст |заголовки )?(?:исходного|оригинального|вашего) (?:письма|сообщения)[\s:.>|=*_-]*$|(?:исходное|оригинальное) (?:письмо|сообщение)[\s:.>|=*_-]*$)/i;
const TRACE = /^(?:Received|Return-Path|Message-ID|X-Received|DKIM-Signature)\s?:/i;
/** Words that name the letter in a line which is no sentence: «--- Исходное письмо ---», «Original headers:». */
const NAMES_IT =
  /(?:original|initial|returned|copy of)\b.{0,40}\b(?:message|mail|headers?)|(?:исходн|оригинал|копи[яи]).{0,40}(?:письм|сообщени)|ursprüngliche nachricht|message (?:d'origine|original)/i;
const ENVELOPE_FIELD =
  /^(?:From|To|Cc|Subject|Date|Sender|Reply-To|MIME-Version|Content-[\w-]{1,40}|X-[\w-]{1,60})\s?:/i;

function header(lines: readonly string[]): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  let last: string | null = null;
  for (const line of lines) {
    const [, name, value] = HEADER_LINE.exec(line) ?? [];
    if (/^\s/.test(line) && line.trim() !== '' && last !== null) {
      fields.set(last, `${fields.get(last) ?? ''} ${line.trim()}`);
    } else if (name !== undefined && value !== undefined) {
      last = fields.has(name.toLowerCase()) ? null : name.toLowerCase();
      if (last !== null) fields.set(last, value.trim());
    } else if (line.trim() === '' && fields.size > 0) {
      break;
    } else {
      last = null;
    }
  }
  return fields;
}

function returnedFrom(lines: readonly string[]): Returned | null {
  const fields = header(lines);
  if (fields.size === 0) return null;
  const addresses = (...names: string[]) =>
    names.flatMap((name) => addressesIn((fields.get(name) ?? '').slice(0, 10_000)).map(({ address }) => address));
  return {
    messageId: messageIds(fields.get('message-id') ?? '', 1)[0] ?? null,
    to: addresses('to', 'cc', 'delivered-to', 'x-original-to'),
    from: addresses('from', 'return-path', 'sender', 'reply-to'),
  };
}

const text = (part: Part) => new TextDecoder('utf-8').decode(part.bytes.subarray(0, HEADER_CHARS));

const looksLikeHeader = (part: Part) =>
  (part.contentType.startsWith('text/') || part.contentType === 'application/octet-stream') && TRACE.test(text(part));

/** The letter that a part of the bounce gives back, or null. */
export function returnedInParts(parts: readonly Part[]): Returned | null {
  const part = parts.find(({ contentType }) => TYPES.has(contentType)) ?? parts.find(looksLikeHeader);
  return part ? returnedFrom(text(part).split(/\r\n?|\n/)) : null;
}

/** Whether a line names the letter given back and its header follows. */
function introduces(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  if (line.length > 100 || ENVELOPE_FIELD.test(line) || !NAMES_IT.test(line)) return false;
  const next = lines.slice(at + 1, at + 4).find((one) => one.trim() !== '');
  return next !== undefined && (ENVELOPE_FIELD.test(next) || TRACE.test(next));
}

/** Whether a header begins at a line, as whole as a letter's, that says it is from the address which the bounce came to. */
function isHeaderOfOurs(lines: readonly string[], at: number, ours: ReadonlySet<string>): boolean {
  if (!ENVELOPE_FIELD.test(lines[at] ?? '') || !ENVELOPE_FIELD.test(lines[at + 1] ?? '')) return false;
  const below = lines.slice(at, at + 30);
  const end = below.findIndex((line) => line.trim() === '');
  const block = end < 0 ? below : below.slice(0, end);
  const from = block.find((line) => /^from\s?:/i.test(line));
  const whole = block.some((line) => /^(?:message-id|received|mime-version|date)\s?:/i.test(line));
  return whole && from !== undefined && addressesIn(from).some(({ address }) => ours.has(address.toLowerCase()));
}

export interface Cut {
  readonly notice: readonly string[];
  readonly returned: Returned | null;
  /** Lines below the header of the letter given back, or below words that announce one where none stands there. */
  readonly below: readonly string[];
}

/** The lines of a notice without the letter pasted below it, and that letter. `ours` are the bounce's addressees. */
export function cutReturned(lines: readonly string[], ours: ReadonlySet<string>): Cut {
  const cut = lines.findIndex(
    (line, at) => MARKER.test(line) || TRACE.test(line) || introduces(lines, at) || isHeaderOfOurs(lines, at, ours),
  );
  if (cut < 0) return { notice: lines, returned: null, below: [] };
  const first = MARKER.test(lines[cut] ?? '') || introduces(lines, cut) ? cut + 1 : cut;
  const rest = lines.slice(first);
  const below = rest.filter((line) => !HEADER_LINE.test(line));
  return { notice: lines.slice(0, cut), returned: returnedFrom(rest.slice(0, 1000)), below };
}

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

/** The lines of a notice without the letter pasted below it, and that letter. */
export function cutReturned(lines: readonly string[]): { notice: readonly string[]; returned: Returned | null } {
  const cut = lines.findIndex((line) => MARKER.test(line) || TRACE.test(line));
  if (cut < 0) return { notice: lines, returned: null };
  const below = TRACE.test(lines[cut] ?? '') ? cut : cut + 1;
  return { notice: lines.slice(0, cut), returned: returnedFrom(lines.slice(below, below + 1000)) };
}

// A sound signature speaks for what it covers (RFC 6376 §8.15, §8.2). A letter of somebody's may be sent again by a stranger
// with a second Subject, a Cc or another Content-Type on top, or with text behind the signed length: all of it still passes.
// In: the header and bytes as they came; out: what makes the letter another one than was signed, or null.

import type { Fields } from '../mail/fields.ts';
import { aligned, mailDomain } from './organisation.ts';

/** Fields of which there is one (RFC 5322 §3.6), and which decide who writes, to whom, and about what. */
const SINGLE: ReadonlySet<string> = new Set([
  ...['from', 'sender', 'reply-to', 'to', 'cc', 'subject', 'date', 'message-id', 'in-reply-to', 'references'],
  'mime-version',
]);

/** Those that decide how the body is read belong to them. */
const matters = (name: string): boolean => SINGLE.has(name) || name.startsWith('content-');

const namesOf = ({ all }: Fields): readonly string[] => all.map(({ name }) => name.toLowerCase()).filter(matters);

/** The first such field that is there twice: who checked it and who shows it may have seen different ones. */
export function doubled(fields: Fields): string | null {
  const names = namesOf(fields);
  return names.find((name, at) => names.indexOf(name) < at) ?? null;
}

/** A DKIM-Signature field (RFC 6376 §3.5), as far as it says what it covers. */
export interface Signature {
  readonly domain: string;
  /** `b=`, by which a check of it is told from the checks of others. */
  readonly value: string;
  readonly covers: ReadonlySet<string>;
  /** `l=`: only so many bytes of the body are signed; null where all are. */
  readonly length: number | null;
  readonly body: 'simple' | 'relaxed';
}

/** The signatures of the domain's own organisation. */
export function signaturesOf(fields: Fields, domain: string): readonly Signature[] {
  return fields.all.flatMap(({ name, raw }) => {
    if (name.toLowerCase() !== 'dkim-signature') return [];
    const signature = signatureIn(raw);
    return aligned(signature.domain, domain) ? [signature] : [];
  });
}

function signatureIn(raw: string): Signature {
  const tags = new Map(
    raw.split(';').map((tag): [string, string] => {
      const at = tag.indexOf('=');
      return [tag.slice(0, at).trim().toLowerCase(), tag.slice(at + 1).replace(/\s+/g, '')];
    }),
  );
  const length = tags.get('l');
  return {
    domain: mailDomain(tags.get('d') ?? '') ?? '',
    value: tags.get('b') ?? '',
    covers: new Set((tags.get('h') ?? '').toLowerCase().split(':')),
    // a length that is no number is read as nothing signed at all
    length: length === undefined ? null : /^\d{1,76}$/.test(length) ? Number(length) : 0,
    body: tags.get('c')?.toLowerCase().endsWith('/relaxed') ? 'relaxed' : 'simple',
  };
}

/** What of the letter a signature does not speak for, in words; null where it speaks for all that matters. */
export function gapIn(signature: Signature, fields: Fields, raw: Uint8Array): string | null {
  const open = namesOf(fields).find((name) => !signature.covers.has(name));
  if (open !== undefined) return `${open} is not covered by the signature of ${signature.domain}`;
  return signature.length !== null && signature.length < bodyLength(raw, signature.body)
    ? `the signature of ${signature.domain} covers only ${signature.length} bytes of the body`
    : null;
}

/** Bytes of the body in canonical form (RFC 6376 §3.4.3, §3.4.4). */
function bodyLength(raw: Uint8Array, form: Signature['body']): number {
  const letter = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1').replace(/\r?\n/g, '\r\n');
  const end = letter.startsWith('\r\n') ? 0 : letter.indexOf('\r\n\r\n') + 2;
  if (end === 1) return 0;
  const written = letter.slice(end + 2);
  const body =
    form === 'simple'
      ? written
      : written
          .replace(/[ \t]+/g, ' ')
          .replace(/ \r\n/g, '\r\n')
          .replace(/ $/, '');
  let last = body.length;
  while (last >= 2 && body.charCodeAt(last - 1) === 10 && body.charCodeAt(last - 2) === 13) last -= 2;
  return last === 0 ? (form === 'simple' ? 2 : 0) : last + 2;
}

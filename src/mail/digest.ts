// One letter that came by two ways must be known again: a digest of what the writer wrote. Trace fields (RFC 5322 §3.6.7),
// what relays add, and the Message-ID are left out; line ends and trailing blank lines do not count.

import { createHash } from 'node:crypto';

const WRITTEN = new Set(['from', 'to', 'cc', 'reply-to', 'subject', 'date', 'in-reply-to', 'references']);

/** Content digest of a raw letter, 64 hex digits. Linear in its size; never throws. */
export function contentDigest(raw: Uint8Array): string {
  const letter = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1').replaceAll('\r\n', '\n');
  const end = letter.startsWith('\n') ? 0 : letter.indexOf('\n\n');
  const header = end < 0 ? letter : letter.slice(0, end);
  const body = end < 0 ? '' : letter.slice(end).replace(/^\n+/, '').trimEnd();
  const hash = createHash('sha256');
  const fields = writtenFields(header);
  // noise without one field that a writer makes has nothing but its bytes to be known by
  for (const field of fields.length > 0 ? fields : [header]) hash.update(`${field}\n`, 'latin1');
  return hash.update('\n').update(body, 'latin1').digest('hex');
}

/** `name:value` of the fields the writer made, unfolded, in a fixed order, for relays reorder header blocks. */
function writtenFields(header: string): string[] {
  return header
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .map((line) => {
      const colon = line.indexOf(':');
      return `${line.slice(0, Math.max(colon, 0)).trim().toLowerCase()}:${line.slice(colon + 1).trim()}`;
    })
    .filter((field) => WRITTEN.has(field.slice(0, field.indexOf(':'))))
    .sort();
}

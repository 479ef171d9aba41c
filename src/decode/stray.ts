// What stands before the first delimiter of a multipart or behind its last, where no mail program looks (RFC 2046 §5.1.1): the
// words that a person may have there, without the notes that old mail programs leave in that place.

import type { Limits } from '../mail/limits.ts';
import { readHeader } from './header-block.ts';
import { type Content, contentOf } from './media-type.ts';

/** «This is a multi-part message in MIME format.» */
const NOTE = /\bmime\b|multi-?part|\brfc ?\d{3,4}\b/i;
/** The header of a part whose delimiter is lost. */
const HEADER = /^content-[a-z-]{4,30}[ \t]*:/im;
const NOTE_BYTES = 600;

/** Takes the bytes there and what the multipart says of itself; gives a text part, null where nobody wrote one. */
export function strayText(
  margin: Buffer,
  parent: Content,
  limits: Limits,
): { readonly content: Content; readonly body: Buffer } | null {
  const words = withoutNotes(margin);
  if (words === null) return null;
  const header = readHeader(words, 0, limits);
  const headed = header.fields.some(({ key }) => key.startsWith('content-'));
  const content = contentOf(headed ? header.fields : [], 'text/plain', limits);
  if (!content.mediaType.startsWith('text/')) return null;
  const charset = content.parameters.get('charset') ?? parent.parameters.get('charset');
  return {
    content: charset ? { ...content, parameters: new Map(content.parameters).set('charset', charset) } : content,
    body: words.subarray(headed ? header.end : 0),
  };
}

/** Notes stand at the start, and are short. */
function withoutNotes(margin: Buffer): Buffer | null {
  const start = margin.toString('latin1', 0, NOTE_BYTES);
  const ends = [...start.matchAll(/\r?\n[ \t]*\r?\n|$/g)].map((end) => end.index + end[0].length);
  let from = 0;
  for (const end of ends) {
    const paragraph = start.slice(from, end);
    if (/\S/.test(paragraph) && (!NOTE.test(paragraph) || HEADER.test(paragraph))) break;
    from = end;
  }
  return from < margin.length ? margin.subarray(from) : null;
}

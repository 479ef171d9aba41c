// The second reader of a letter whose structure is broken: mailparser is shown the same bytes, and a part that it does
// not see in the same way is marked ambiguous, for what another program would take for a picture may be a program.

import type { Attachment } from 'mailparser';
import type { Defect, Message, Part } from '../mail/message.ts';
import { STRUCTURE_DEFECTS } from './structure.ts';

/** mailparser flattens forwarded letters and reports, so nothing can be said of them; no desk accepts them as files. */
const NOT_COMPARED = /^(message|multipart)\/|^text\/rfc822-headers$/;

function ending(filename: string | null | undefined): string {
  return /\.([\x21-\x7e]{1,10})$/.exec(filename ?? '')?.[1]?.toLowerCase() ?? '';
}

/** The same bytes under names that end alike. */
function seenBy(other: readonly Attachment[], part: Part): boolean {
  return other.some(
    ({ content, filename }) =>
      content.length === part.bytes.length && content.equals(part.bytes) && ending(filename) === ending(part.filename),
  );
}

/** mailparser's attachments, or null where it gives up (EMAXLEN past 1 MB of header or 1,000 parts is its own limit). */
async function attachmentsOf(raw: Uint8Array): Promise<readonly Attachment[] | null> {
  try {
    // loaded for the first broken letter: it costs 30 MB, and most desks meet none for days
    const { simpleParser } = await import('mailparser');
    const mail = await simpleParser(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength), {
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipTextLinks: true,
      skipImageLinks: true,
    });
    return mail.attachments;
  } catch {
    return null;
  }
}

function doubt(parts: readonly Part[], other: readonly Attachment[] | null): readonly Part[] {
  return parts.map((part) => {
    // of a file inside a text only the text is seen by the other reader
    const agreed = part.embedded || NOT_COMPARED.test(part.contentType) || (other !== null && seenBy(other, part));
    return agreed || part.ambiguous ? part : { ...part, ambiguous: true };
  });
}

function verdict(parts: readonly Part[], other: readonly Attachment[] | null): Defect[] {
  const doubtful = parts.filter(({ ambiguous }) => ambiguous).map(({ path }) => path);
  if (other === null)
    return [{ code: 'second-reader-failed', detail: 'a second reader could not read the broken structure' }];
  if (doubtful.length === 0) return [];
  return [
    {
      code: 'parts-ambiguous',
      detail: `a second reader sees these parts otherwise: ${doubtful.slice(0, 20).join(', ')}`,
    },
  ];
}

/**
 * Takes the letter and what `decode` made of it; gives the message, parts marked `ambiguous` where the two readers
 * disagree. Asks only where the structure is broken, so a sound letter costs nothing. Never rejects.
 */
export async function secondOpinion(raw: Uint8Array, message: Message): Promise<Message> {
  if (message.parts.length === 0 || !message.defects.some(({ code }) => STRUCTURE_DEFECTS.has(code))) return message;
  const other = await attachmentsOf(raw);
  const parts = doubt(message.parts, other);
  return { ...message, parts, defects: [...message.defects, ...verdict(parts, other)] };
}

// The tree of a letter's entities (RFC 2046) out of its bytes: parts are slices, nothing is copied or decoded. A
// message/rfc822 stays one leaf. Every level is searched once by the platform's own byte search, and levels are bounded.

import type { Limits } from '../mail/limits.ts';
import type { Defect } from '../mail/message.ts';
import { type RawField, readHeader, trimmed } from './header-block.ts';
import { type Content, contentOf } from './media-type.ts';
import { transferred } from './transfer.ts';

export interface Entity {
  /** IMAP section number, `''` for a multipart letter itself. */
  readonly path: string;
  readonly fields: readonly RawField[];
  readonly content: Content;
  /** The body, its transfer encoding not undone. */
  readonly body: Buffer;
  /** Empty for a leaf. */
  readonly children: readonly Entity[];
  /** Another reader may well see another part here, or none. */
  readonly ambiguous: boolean;
}

export interface Structure {
  readonly root: Entity;
  readonly defects: readonly Defect[];
}

/** Defects after which two readers may see two different letters. */
export const STRUCTURE_DEFECTS: ReadonlySet<string> = new Set([
  'bare-cr',
  'boundary-missing',
  'boundary-never-used',
  'boundary-unclosed',
  'content-field-twice',
  'header-line-malformed',
  'header-space-before-colon',
  'header-missing',
  'mime-depth-limit',
  'mime-parts-limit',
  'multipart-encoded',
  'parameter-gap',
  'parameter-pieces-limit',
  'parameter-twice',
  'parts-after-close',
]);

interface Walk {
  readonly limits: Limits;
  readonly defects: Map<string, string>;
  parts: number;
}

interface Section {
  readonly bytes: Buffer;
  /** It stands behind the closing delimiter. */
  readonly late: boolean;
}

/** Behind a boundary only `--`, blanks and the line end may follow: else it is a longer boundary that begins alike. */
function delimiterEnd(body: Buffer, from: number): { readonly next: number; readonly closing: boolean } | null {
  const closing = body[from] === 45 && body[from + 1] === 45;
  let at = closing ? from + 2 : from;
  while (body[at] === 32 || body[at] === 9 || body[at] === 13) at++;
  return at >= body.length || body[at] === 10 ? { next: Math.min(at + 1, body.length), closing } : null;
}

/** Cuts a multipart body at its delimiter lines; at most `most` sections. */
function sections(
  body: Buffer,
  boundary: string,
  most: number,
): { readonly sections: Section[]; readonly closed: boolean } {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const found: Section[] = [];
  let open = -1;
  let closed = false;
  let late = false;
  for (
    let at = body.indexOf(delimiter);
    at >= 0 && found.length < most;
    at = body.indexOf(delimiter, at + delimiter.length)
  ) {
    const end = at === 0 || body[at - 1] === 10 ? delimiterEnd(body, at + delimiter.length) : null;
    if (end === null) continue;
    // The line end before a delimiter belongs to the delimiter (RFC 2046 §5.1.1).
    const until = body[at - 2] === 13 ? at - 2 : at - 1;
    if (open >= 0) found.push({ bytes: body.subarray(open, Math.max(open, until)), late });
    late ||= closed;
    open = end.closing ? -1 : end.next;
    if (end.closing) closed = true;
    else if (closed) late = true;
  }
  if (open >= 0 && found.length < most) found.push({ bytes: body.subarray(open), late });
  return { sections: found, closed: found.length >= most || (closed && open < 0) };
}

/** The sections of a multipart, looked for in its decoded body too where a mailer encoded the whole of it. */
function cut(
  entity: { readonly content: Content; readonly body: Buffer },
  boundary: string,
  walk: Walk,
): { list: Section[]; encoded: boolean } {
  const most = walk.limits.mimeParts;
  const plain = sections(entity.body, boundary, most);
  const encoded = plain.sections.length === 0 && /^(base64|quoted-printable)$/.test(entity.content.encoding);
  const result = encoded ? sections(transferred(entity.body, entity.content.encoding).bytes, boundary, most) : plain;
  if (result.sections.length > 0 && !result.closed)
    walk.defects.set('boundary-unclosed', 'the last delimiter of a multipart is missing');
  if (result.sections.some((section) => section.late))
    walk.defects.set('parts-after-close', 'parts behind the last delimiter of a multipart');
  if (encoded && result.sections.length > 0)
    walk.defects.set('multipart-encoded', 'a multipart is transfer-encoded as a whole');
  return { list: result.sections, encoded };
}

function children(parent: Omit<Entity, 'children'>, depth: number, walk: Walk): Entity[] {
  const written = (parent.content.parameters.get('boundary') ?? parent.content.parameters.get('boundary*'))?.text;
  const boundary = written === undefined ? '' : trimmed(written);
  if (boundary === '') {
    walk.defects.set('boundary-missing', 'a multipart names no boundary, its raw text is shown');
    return [];
  }
  if (depth >= walk.limits.mimeDepth) {
    walk.defects.set(
      'mime-depth-limit',
      `multiparts more than ${walk.limits.mimeDepth} deep are not opened, their raw text is shown`,
    );
    return [];
  }
  const { list, encoded } = cut(parent, boundary, walk);
  if (list.length === 0 && parent.body.length > 0)
    walk.defects.set('boundary-never-used', 'the boundary of a multipart never appears, its raw text is shown');
  const fallback = parent.content.mediaType === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
  const found: Entity[] = [];
  for (const [index, section] of list.entries()) {
    if (walk.parts >= walk.limits.mimeParts) {
      walk.defects.set('mime-parts-limit', `more than ${walk.limits.mimeParts} parts, the rest is left out`);
      break;
    }
    const path = parent.path ? `${parent.path}.${index + 1}` : String(index + 1);
    found.push(part(section.bytes, path, fallback, parent.ambiguous || section.late || encoded, depth + 1, walk));
  }
  return found;
}

function part(bytes: Buffer, path: string, fallback: string, doubtful: boolean, depth: number, walk: Walk): Entity {
  const header = readHeader(bytes, 0, walk.limits);
  // A part without header and blank line: its first words may look like a field, «Внимание: …».
  const headless = header.end >= bytes.length && !header.fields.some((field) => field.key.startsWith('content-'));
  if (headless && bytes.length > 0) walk.defects.set('header-missing', 'a part has no header and no blank line');
  for (const defect of header.defects) walk.defects.set(defect.code, defect.detail);
  const fields = headless ? [] : header.fields;
  return entity(fields, bytes.subarray(headless ? 0 : header.end), path, fallback, doubtful, depth, walk);
}

function entity(
  fields: readonly RawField[],
  body: Buffer,
  path: string,
  fallback: string,
  doubtful: boolean,
  depth: number,
  walk: Walk,
): Entity {
  walk.parts++;
  const content = contentOf(fields, fallback, walk.limits);
  for (const defect of content.defects) walk.defects.set(defect.code, defect.detail);
  const leaf: Entity = {
    path: path || '1',
    fields,
    content,
    body,
    children: [],
    ambiguous: doubtful || content.ambiguous,
  };
  if (!content.mediaType.startsWith('multipart/')) return leaf;
  const inside = children({ ...leaf, path }, depth, walk);
  if (inside.length > 0) return { ...leaf, path, children: inside };
  // Nothing could be cut out of it: what a person wrote must still be seen.
  return { ...leaf, content: { ...content, mediaType: 'text/plain', encoding: '' } };
}

/** Takes the top header's fields and the body behind it. Never throws; what is broken is said in `defects`. */
export function structureOf(fields: readonly RawField[], body: Buffer, limits: Limits): Structure {
  const walk: Walk = { limits, defects: new Map(), parts: 0 };
  const root = entity(fields, body, '', 'text/plain', false, 0, walk);
  return { root, defects: Array.from(walk.defects, ([code, detail]) => ({ code, detail })) };
}

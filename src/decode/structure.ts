// The tree of a letter's entities (RFC 2046) out of its bytes: parts are slices, nothing is copied or decoded. A
// message/rfc822 stays one leaf. Every level is searched once by the platform's own byte search, and levels are bounded.

import type { Limits } from '../mail/limits.ts';
import type { Defect } from '../mail/message.ts';
import {
  asMailPart,
  ENCRYPTED_PGP,
  ENCRYPTED_PGP_TYPE,
  envelopeOf,
  isArmouredFile,
  isPgpEnvelope,
  withEnvelopes,
} from './envelope.ts';
import { type RawField, readHeader, trimmed } from './header-block.ts';
import { type Content, contentOf } from './media-type.ts';
import { type Section, sectionsOf } from './sections.ts';
import { strayText } from './stray.ts';
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
  /** Words before the first delimiter of a multipart or behind its last, which mail programs do not show; notes of theirs are not among them. */
  readonly stray: readonly Entity[];
  readonly defects: readonly Defect[];
}

/** Defects after which two readers may see two different letters. */
export const STRUCTURE_DEFECTS: ReadonlySet<string> = new Set([
  'bare-cr',
  'blank-before-header',
  'boundary-guessed',
  'boundary-missing',
  'boundary-never-used',
  'boundary-shared',
  'boundary-unclosed',
  'content-field-twice',
  'header-line-malformed',
  'header-space-before-colon',
  'header-missing',
  'media-type-impossible',
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
  readonly stray: Entity[];
  parts: number;
  /** So many bytes of multiparts may still be decoded. */
  room: number;
}

/** Encodings under which a multipart as a whole was seen, though RFC 2045 §6.4 forbids it. */
const ENCODED = /^(base64|quoted-printable)$/;

/**
 * The sections of a multipart, looked for in its decoded body too where a mailer encoded the whole of it. One inside of
 * such a one is decoded as long as there is room: fifty of them would be fifty copies of the letter.
 */
function cut(
  parent: Omit<Entity, 'children'>,
  boundary: string,
  walk: Walk,
): { list: readonly Section[]; encoded: boolean } {
  const plain = sectionsOf(parent.body, boundary, walk.limits);
  const isCandidate = plain.sections.length === 0 && ENCODED.test(parent.content.encoding);
  const encoded = isCandidate && parent.body.length <= walk.room;
  if (encoded) walk.room -= parent.body.length;
  const result = encoded
    ? sectionsOf(transferred(parent.body, parent.content.encoding).bytes, boundary, walk.limits)
    : plain;
  if (result.sections.length > 0 && !result.closed)
    walk.defects.set('boundary-unclosed', 'the last delimiter of a multipart is missing');
  if (result.shared)
    walk.defects.set(
      'boundary-shared',
      'the boundary of a multipart inside another is the closing delimiter of that one',
    );
  else if (result.sections.some((section) => section.late))
    walk.defects.set('parts-after-close', 'parts behind the last delimiter of a multipart');
  if (encoded && result.sections.length > 0)
    walk.defects.set('multipart-encoded', 'a multipart is transfer-encoded as a whole');
  for (const margin of [result.preamble, result.epilogue]) strayIn(margin, parent, walk);
  return { list: result.sections, encoded };
}

function strayIn(margin: Buffer, { path, content }: Omit<Entity, 'children'>, walk: Walk): void {
  const text = walk.stray.length < walk.limits.mimeParts ? strayText(margin, content, walk.limits) : null;
  if (text !== null) walk.stray.push({ path: path || '1', fields: [], ...text, children: [], ambiguous: true });
}

/** A line of dashes above a Content field. */
const DELIMITER_LINE = /^--(\S(?:[^\r\n]{0,68}[^\s])?)[ \t]*\r?\ncontent-[a-z-]{4,30}:/im;
const GUESSED_BYTES = 16 * 1024;

/** The boundary that a multipart names, or where its body never has that, the one that its parts show. */
function boundaryOf({ content, body }: Omit<Entity, 'children'>): {
  readonly boundary: string;
  readonly guessed: boolean;
} {
  const named = trimmed((content.parameters.get('boundary') ?? content.parameters.get('boundary*'))?.text ?? '');
  const line = Buffer.from(`\n--${named}`, 'latin1');
  const known = named !== '' && (body.includes(line) || body.subarray(0, line.length - 1).equals(line.subarray(1)));
  // What was encoded as a whole shows its delimiters only decoded.
  if (known || ENCODED.test(content.encoding)) return { boundary: named, guessed: false };
  const shown = DELIMITER_LINE.exec(body.toString('latin1', 0, GUESSED_BYTES))?.[1];
  return shown === undefined ? { boundary: named, guessed: false } : { boundary: shown, guessed: true };
}

function children(parent: Omit<Entity, 'children'>, depth: number, walk: Walk): Entity[] {
  const { boundary, guessed } = boundaryOf(parent);
  if (guessed) walk.defects.set('boundary-guessed', 'the parts of a multipart use another boundary than it names');
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
    found.push(
      part(section.bytes, path, fallback, parent.ambiguous || section.late || encoded || guessed, depth + 1, walk),
    );
  }
  const marked = withEnvelopes(parent.content, found);
  if (marked.some(isPgpEnvelope)) walk.defects.set(ENCRYPTED_PGP.code, ENCRYPTED_PGP.detail);
  return marked;
}

/** Blanks before the first field of a part; a text that begins with blanks holds no such field. */
const INDENTED_FIELD = /^[ \t]+(?=content-[a-z-]{1,40}[ \t]*:)/i;

function part(bytes: Buffer, path: string, fallback: string, doubtful: boolean, depth: number, walk: Walk): Entity {
  const indented = INDENTED_FIELD.exec(bytes.toString('latin1', 0, 200))?.[0].length ?? 0;
  if (indented > 0) walk.defects.set('blank-before-header', 'a blank before the first field of a part');
  const header = readHeader(bytes, indented, walk.limits);
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
  if (!content.mediaType.startsWith('multipart/')) return opened(leaf, depth, walk);
  const inside = children({ ...leaf, path }, depth, walk);
  if (inside.length > 0) return { ...leaf, path, children: inside };
  // Nothing could be cut out of it: what a person wrote must still be seen.
  return { ...leaf, content: { ...content, mediaType: 'text/plain', encoding: '' } };
}

/** A signed envelope becomes a multipart of what it holds; a leaf that is none, or that nobody can open, stays one. */
function opened(leaf: Entity, depth: number, walk: Walk): Entity {
  const envelope = envelopeOf(leaf, walk.limits);
  if (envelope === null) return leaf;
  if (envelope.kind === 'closed') {
    walk.defects.set(envelope.defect.code, envelope.defect.detail);
    return asMailPart(leaf, 'application/pkcs7-mime');
  }
  if (depth >= walk.limits.mimeDepth) return leaf;
  walk.defects.set('smime-opened', 'the words stand in a signed S/MIME envelope, whose signature was not checked');
  const inside = part(envelope.content, `${leaf.path}.1`, 'text/plain', leaf.ambiguous, depth + 1, walk);
  return { ...leaf, content: { ...leaf.content, mediaType: 'multipart/signed' }, children: [inside] };
}

/** A letter that is one encrypted file and nothing else. */
function withPgpRoot(root: Entity, walk: Walk): Entity {
  if (root.children.length > 0 || !isArmouredFile(root)) return root;
  walk.defects.set(ENCRYPTED_PGP.code, ENCRYPTED_PGP.detail);
  return asMailPart(root, ENCRYPTED_PGP_TYPE);
}

/** Takes the top header's fields and the body behind it. Never throws; what is broken is said in `defects`. */
export function structureOf(fields: readonly RawField[], body: Buffer, limits: Limits): Structure {
  const walk: Walk = { limits, defects: new Map(), stray: [], parts: 0, room: 2 * body.length };
  const root = withPgpRoot(entity(fields, body, '', 'text/plain', false, 0, walk), walk);
  return { root, stray: walk.stray, defects: Array.from(walk.defects, ([code, detail]) => ({ code, detail })) };
}

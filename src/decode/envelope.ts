// Parts that are a letter's envelope and no files of its writer: S/MIME (RFC 8551) and PGP (RFC 3156), signed or encrypted,
// also under application/octet-stream and where Exchange made multipart/mixed of multipart/encrypted. One part in, what it is out.

import type { Limits } from '../mail/limits.ts';
import type { Defect } from '../mail/message.ts';
import { readHeader } from './header-block.ts';
import type { Content } from './media-type.ts';
import { openEnvelope } from './smime.ts';
import { transferred } from './transfer.ts';

/** An entity as far as it matters here. */
interface Leaf {
  readonly content: Content;
  readonly body: Buffer;
  readonly children: readonly unknown[];
}

export type Envelope =
  /** A MIME entity with its header, which the signature covers. */
  { readonly kind: 'signed'; readonly content: Buffer } | { readonly kind: 'closed'; readonly defect: Defect };

export const ENCRYPTED_PGP_TYPE = 'application/pgp-encrypted';
export const ENCRYPTED_PGP: Defect = {
  code: 'encrypted-pgp',
  detail: 'the letter is encrypted with PGP, it can be read only with the key that it was written for',
};
const ENCRYPTED_SMIME: Defect = {
  code: 'encrypted-smime',
  detail: 'the letter is encrypted with S/MIME, it can be read only with the key that it was written for',
};
const UNREADABLE: Defect = {
  code: 'smime-unreadable',
  detail: 'an S/MIME envelope could not be opened, it may hold words',
};

const SMIME = /^application\/(?:x-)?pkcs7-mime$/;
const OCTETS = 'application/octet-stream';
const ARMOUR = /^\s*-----BEGIN PGP MESSAGE-----/;
/** The first part of multipart/encrypted, which some programs do not label. */
const VERSION = /^\s*Version: ?1\s*$/;
const START_BYTES = 2000;
const SEQUENCE = 0x30;
/** A file that was signed keeps its own ending before that of the signature: `договор.pdf.p7m`. */
const SIGNED_FILE = /\.[a-z0-9]{2,5}\.p7m$/i;

/** As plain ASCII or after RFC 2231, whichever field has it. */
const nameOf = ({ content: { parameters, dispositionParameters } }: Leaf): string =>
  [dispositionParameters, parameters]
    .flatMap((named) => ['filename', 'filename*', 'name', 'name*'].map((key) => named.get(key)?.text ?? ''))
    .find((name) => name !== '') ?? '';

/** DER and BER begin with a sequence; what does not was put into base64 without saying so, in PEM's armour or without. */
function unarmoured(bytes: Buffer): Buffer {
  return bytes[0] === SEQUENCE ? bytes : transferred(bytes, 'base64').bytes;
}

/** The same leaf under the type of a part that mail programs add, which nobody is asked to send again. */
export function asMailPart<T extends Leaf>(leaf: T, mediaType: string): T {
  return { ...leaf, content: { ...leaf.content, mediaType } };
}

export const isPgpEnvelope = ({ content }: Leaf): boolean => content.mediaType === ENCRYPTED_PGP_TYPE;

/** An S/MIME envelope by its type or name; null for every other leaf, a signed contract `договор.pdf.p7m` too. */
export function envelopeOf(leaf: Leaf, limits: Limits): Envelope | null {
  const { mediaType, parameters, encoding } = leaf.content;
  const typed = SMIME.test(mediaType);
  if (!typed && !(mediaType === OCTETS && /\.p7m$/i.test(nameOf(leaf)))) return null;
  const envelope = openEnvelope(unarmoured(transferred(leaf.body, encoding).bytes));
  if (envelope.kind === 'encrypted') return { kind: 'closed', defect: ENCRYPTED_SMIME };
  if (envelope.kind === 'signed') {
    const words = typed && !SIGNED_FILE.test(nameOf(leaf)) && isWords(envelope.content);
    return words || isEntity(envelope.content, limits) ? envelope : null;
  }
  if (!typed) return null;
  switch (parameters.get('smime-type')?.text.toLowerCase()) {
    case 'enveloped-data':
    case 'authenveloped-data':
      return { kind: 'closed', defect: ENCRYPTED_SMIME };
    case 'certs-only':
      return null;
    default:
      return { kind: 'closed', defect: UNREADABLE };
  }
}

/** Scripts sign a bare text as well, which RFC 8551 §3.1 forbids. */
const isWords = (content: Buffer): boolean =>
  content.length > 0 && !/[\x00-\x08\x0b\x0e-\x1f]/.test(content.toString('latin1', 0, START_BYTES));

/** What a mail program signs begins with its own header; a signed file begins with the file. */
function isEntity(content: Buffer, limits: Limits): boolean {
  return readHeader(content, 0, limits).fields.some(({ key }) => key.startsWith('content-'));
}

/** The parts of a multipart, those that belong to its envelope under the type of one. */
export function withEnvelopes<T extends Leaf>(parent: Content, parts: readonly T[]): T[] {
  if (parent.mediaType === 'multipart/signed')
    return parts.map((part, at) => (at > 0 ? asSignature(parent, part) : part));
  const encrypted = parent.mediaType === 'multipart/encrypted';
  if (!encrypted && !parts.some(isPgpEnvelope)) return withUntypedEnvelope(parts);
  return parts.map((part) => (isEncrypted(part, encrypted) ? asMailPart(part, ENCRYPTED_PGP_TYPE) : part));
}

/**
 * Parts of multipart/encrypted under the type of a file, as gateways hand them on: an armoured text beside `Version: 1`, or
 * beside nothing that anybody could read.
 */
function withUntypedEnvelope<T extends Leaf>(parts: readonly T[]): T[] {
  const armoured = parts.filter(isArmouredFile);
  if (armoured.length === 0) return [...parts];
  const versions = parts.filter((part) => part.content.mediaType === OCTETS && startsWith(part, VERSION));
  const alone = parts.every((part) => armoured.includes(part) || isEmpty(part));
  if (versions.length === 0 && !alone) return [...parts];
  return parts.map((part) =>
    versions.includes(part) || armoured.includes(part) ? asMailPart(part, ENCRYPTED_PGP_TYPE) : part,
  );
}

function asSignature<T extends Leaf>(parent: Content, part: T): T {
  const protocol = parent.parameters.get('protocol')?.text.toLowerCase() ?? '';
  const signature = /^application\/(?:pgp|(?:x-)?pkcs7)-signature$/.test(protocol);
  return signature && part.content.mediaType === OCTETS ? asMailPart(part, protocol) : part;
}

function isEncrypted(part: Leaf, whole: boolean): boolean {
  const { mediaType } = part.content;
  if (part.children.length > 0) return false;
  if (whole && mediaType === OCTETS) return true;
  if (mediaType !== OCTETS && mediaType !== 'text/plain') return false;
  return startsWith(part, ARMOUR) || (whole && startsWith(part, VERSION));
}

const isEmpty = ({ body, children }: Leaf): boolean =>
  children.length === 0 && body.length < START_BYTES && body.toString('latin1').trim() === '';

function startsWith({ body, content }: Leaf, words: RegExp): boolean {
  return words.test(transferred(body.subarray(0, START_BYTES), content.encoding).bytes.toString('latin1'));
}

/** An encrypted text under the type of a file. */
export const isArmouredFile = (part: Leaf): boolean => part.content.mediaType === OCTETS && isEncrypted(part, false);

// An S/MIME envelope (RFC 8551 application/pkcs7-mime, RFC 5652) -> what it is, and of a signed one the MIME entity inside:
// its words need no key. The signature is not checked. A bounded walk over BER: lengths may be indefinite, octet strings cut.

export type Envelope =
  | { readonly kind: 'signed'; readonly content: Buffer }
  | { readonly kind: 'encrypted' }
  /** Compressed, a list of certificates, or broken. */
  | { readonly kind: 'unreadable' };

const SIGNED = '2a864886f70d010702';
/** enveloped-data and authEnveloped-data (RFC 5083). */
const ENCRYPTED: ReadonlySet<string> = new Set(['2a864886f70d010703', '2a864886f70d0109100117']);

const OBJECT_ID = 0x06;
const OCTETS = 0x04;
const OCTETS_IN_PIECES = 0x24;
const SEQUENCE = 0x30;
const EXPLICIT_0 = 0xa0;

/** Real envelopes are cut into pieces of 1,000 bytes and more; a piece a byte is an attack. */
const MOST_ELEMENTS = 200_000;
const MOST_DEPTH = 20;

interface Element {
  readonly tag: number;
  /** The content, without the mark that ends an indefinite one. */
  readonly from: number;
  readonly to: number;
  /** Where the next element begins. */
  readonly next: number;
}

interface Walk {
  readonly bytes: Buffer;
  elements: number;
}

interface Head {
  readonly tag: number;
  readonly from: number;
  /** Null for an indefinite length. */
  readonly length: number | null;
}

function headAt({ bytes }: Walk, at: number, limit: number): Head | null {
  const tag = bytes[at];
  const first = bytes[at + 1];
  // Tags of several bytes stand in no envelope.
  if (tag === undefined || first === undefined || at + 2 > limit || (tag & 0x1f) === 0x1f) return null;
  if (first < 0x80) return { tag, from: at + 2, length: first };
  if (first === 0x80) return { tag, from: at + 2, length: null };
  const size = first & 0x7f;
  if (size > 4 || at + 2 + size > limit) return null;
  return { tag, from: at + 2 + size, length: bytes.readUIntBE(at + 2, size) };
}

/** The element that begins here. One that says it is longer than what is there ends with it: a letter may be cut. */
function elementAt(walk: Walk, at: number, limit: number): Element | null {
  const head = ++walk.elements > MOST_ELEMENTS ? null : headAt(walk, at, limit);
  if (head === null) return null;
  const { tag, from, length } = head;
  if (length !== null) {
    const to = Math.min(from + length, limit);
    return { tag, from, to, next: to };
  }
  let open = 1;
  let next = from;
  while (next < limit) {
    const inner = ++walk.elements > MOST_ELEMENTS ? null : headAt(walk, next, limit);
    if (inner === null) return null;
    if (inner.tag === 0 && inner.length === 0) open--;
    else if (inner.length === null) open++;
    if (open === 0) return { tag, from, to: next, next: inner.from };
    next = inner.from + (inner.length ?? 0);
  }
  return { tag, from, to: limit, next: limit };
}

/** The first elements inside another one. */
function inside(walk: Walk, outer: Element, most: number): Element[] {
  const found: Element[] = [];
  for (let at = outer.from; at < outer.to && found.length < most; ) {
    const element = elementAt(walk, at, outer.to);
    if (element === null) break;
    found.push(element);
    at = element.next;
  }
  return found;
}

/** Copies an octet string, whole or in pieces, to `target`; gives how far that is filled, or null where it is none. */
function copyOctets(walk: Walk, element: Element, target: Buffer, filled: number, depth: number): number | null {
  if (element.tag === OCTETS) return filled + walk.bytes.copy(target, filled, element.from, element.to);
  if (element.tag !== OCTETS_IN_PIECES || depth >= MOST_DEPTH) return null;
  let end: number | null = filled;
  for (let at = element.from; at < element.to; ) {
    const piece = elementAt(walk, at, element.to);
    end = piece && end !== null ? copyOctets(walk, piece, target, end, depth + 1) : null;
    if (piece === null || end === null) return null;
    at = piece.next;
  }
  return end;
}

const identifier = ({ bytes }: Walk, element: Element | undefined): string =>
  element?.tag === OBJECT_ID ? bytes.toString('hex', element.from, Math.min(element.to, element.from + 20)) : '';

/** SignedData: version, digest algorithms, then the type of the content and, unless it stands elsewhere, the content. */
function signedContent(walk: Walk, signed: Element): Buffer | null {
  const encapsulated = inside(walk, signed, 3)[2];
  const explicit = encapsulated?.tag === SEQUENCE ? inside(walk, encapsulated, 2)[1] : undefined;
  const octets = explicit?.tag === EXPLICIT_0 ? inside(walk, explicit, 1)[0] : undefined;
  if (octets === undefined) return null;
  const target = Buffer.alloc(octets.to - octets.from);
  const filled = copyOctets(walk, octets, target, 0, 0);
  return filled === null ? null : target.subarray(0, filled);
}

/** Takes the bytes of an envelope, their transfer encoding undone. Linear, never throws. */
export function openEnvelope(bytes: Buffer): Envelope {
  const walk: Walk = { bytes, elements: 0 };
  const whole = elementAt(walk, 0, bytes.length);
  const [type, explicit] = whole?.tag === SEQUENCE ? inside(walk, whole, 2) : [];
  const id = identifier(walk, type);
  if (ENCRYPTED.has(id)) return { kind: 'encrypted' };
  const signed = id === SIGNED && explicit?.tag === EXPLICIT_0 ? inside(walk, explicit, 1)[0] : undefined;
  const content = signed?.tag === SEQUENCE ? signedContent(walk, signed) : null;
  return content === null ? { kind: 'unreadable' } : { kind: 'signed', content };
}

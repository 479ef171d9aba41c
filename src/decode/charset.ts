// Bytes of a letter's texts -> texts in the charset that they are in, not the one that they claim (RFC 2045 §5.2, 2047).
// Order: Unicode by its bytes, valid UTF-8, what was declared unless the bytes contradict it, then the likeliest charset
// by letter pairs; the texts of one letter (subject, names, body, file names) are evidence for each other.

import { isUtf8 } from 'node:buffer';
import { certainText, type Decoded, damagedUtf8, fromMultiByte, note, used } from './charset-certain.ts';
import { mixedLines, SOUND_CHARACTERS } from './charset-mixed.ts';
import { canonicalCharset, decodeAs, windowsOf } from './charset-names.ts';
import {
  bestOf,
  companyOf,
  contradicts,
  costsOf,
  falseLabels,
  inCompany,
  isLatinLabel,
  isPlain,
  NO_COSTS,
  type Ranked,
  witnessOf,
} from './charset-rank.ts';
import { readUtf8 } from './charset-unicode.ts';

export type { Decoded } from './charset-certain.ts';
export { canonicalCharset, decodeAs } from './charset-names.ts';

/** Undecoded bytes of one text of a letter, transfer encoding undone, and the charset label that came with them. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly declared: string | null;
}

/** A piece after the first look. */
interface Reading extends Ranked {
  readonly declared: string | null;
  readonly decoded: Decoded | null;
}

/** Decodes the texts of one letter together. Takes them in any order, gives as many in the same order; never throws. */
export function decodePieces(pieces: readonly Piece[]): readonly Decoded[] {
  const readings = readAll(pieces);
  if (readings.every((reading) => reading.decoded || isPlain(reading))) {
    return readings.map((reading) => reading.decoded ?? decodedAs(reading, reading.label ?? ''));
  }
  const witnesses = readings.map(witnessOf);
  const all = new Map<string, number>();
  for (const witness of witnesses)
    for (const [charset, nats] of witness) all.set(charset, (all.get(charset) ?? 0) + nats);
  const company = companyOf(readings);
  const liars = falseLabels(readings);
  return readings.map((reading, i) => {
    if (reading.decoded) return reading.decoded;
    // A label stands unless its own text contradicts it, or its other texts prove that it is put on everything.
    const stands = reading.label !== null && !contradicts(reading) && !liars.has(reading.label);
    const costs = stands ? reading.costs : inCompany(reading, company);
    return decodedAs(reading, stands ? bestOf(costs) : bestOf(costs, all, witnesses[i]));
  });
}

/** The longest text first: what it proves of a label spares short ones under that label the look at every charset. */
function readAll(pieces: readonly Piece[]): readonly Reading[] {
  const found = new Map<Piece, Reading>();
  const vouched = new Set<string>();
  for (const piece of pieces.toSorted((a, b) => b.bytes.length - a.bytes.length)) {
    const reading = read(piece, vouched);
    found.set(piece, reading);
    if (isPlain(reading)) vouched.add(reading.label ?? '');
  }
  return pieces.flatMap((piece) => found.get(piece) ?? []);
}

function read(piece: Piece, vouched: ReadonlySet<string>): Reading {
  const bytes = Buffer.from(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.byteLength);
  const named = piece.declared === null ? null : canonicalCharset(piece.declared);
  const label = named === null ? null : windowsOf(named, bytes);
  const decoded = settled(bytes, label, piece.declared);
  const costs = decoded ? NO_COSTS : costsOf(bytes, label, label !== null && vouched.has(label));
  return { bytes, declared: piece.declared, label, decoded, certain: decoded?.charset ?? null, costs };
}

/** The text where no letters need to be counted: certain, or UTF-8 in part, or in the declared multi-byte set. */
function settled(bytes: Buffer, label: string | null, declared: string | null): Decoded | null {
  const certain = certainText(bytes, label, declared);
  if (certain) return certain;
  if (isUtf8(bytes)) return fromMultiByte(bytes, label);
  const reading = readUtf8(bytes);
  const mixed = reading.sound < SOUND_CHARACTERS ? null : mixedLines(bytes);
  const [foreign] = mixed ? decodePieces([{ bytes: mixed.foreign, declared: null }]) : [];
  if (mixed && foreign) return used(mixed.join(foreign.text), 'utf-8', `utf-8 with lines in ${foreign.charset}`);
  return damagedUtf8(bytes, reading, label, declared) ?? fromMultiByte(bytes, label);
}

function decodedAs({ bytes, label, declared }: Reading, charset: string): Decoded {
  if (charset === label) return used(decodeAs(bytes, charset), charset, null);
  if (charset === 'windows-1252' && label !== null && label !== 'us-ascii' && isLatinLabel(label)) {
    return used(decodeAs(bytes, label), label, null);
  }
  return used(decodeAs(bytes, charset), charset, note(declared, charset));
}

const META = /<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:+-]{1,64})/i;

/** The charset label that an HTML document states in its first kilobyte (`<meta charset>`), or null. */
export function metaCharset(html: Uint8Array): string | null {
  const head = Buffer.from(html.buffer, html.byteOffset, Math.min(html.byteLength, 1024)).toString('latin1');
  return META.exec(head)?.[1] ?? null;
}

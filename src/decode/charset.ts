// Bytes of a letter's texts -> texts in the charset that they are in, not the one that they claim (RFC 2045 §5.2, 2047).
// Order: Unicode by its bytes, valid UTF-8, what was declared unless the bytes contradict it, then the likeliest charset
// by letter pairs; the texts of one letter (subject, names, body, file names) are evidence for each other.

import { isAscii, isUtf8 } from 'node:buffer';
import { mendDouble } from './charset-double.ts';
import { canonicalCharset, decodeAs } from './charset-names.ts';
import { textCost } from './charset-score.ts';
import { readUtf8, wideCharset } from './charset-unicode.ts';

export { canonicalCharset, decodeAs } from './charset-names.ts';

/** Undecoded bytes of one text of a letter, transfer encoding undone, and the charset label that came with them. */
export interface Piece {
  readonly bytes: Uint8Array;
  readonly declared: string | null;
}

export interface Decoded {
  readonly text: string;
  /** Canonical name of the charset that was used. */
  readonly charset: string;
  /** Why it is another than the declared one, for people; null where the label was right or did not matter. */
  readonly repaired: string | null;
}

/** How much a charset must be made up for by the text, nats: what the mail of a Russian desk is written in. */
const PRIORS: Readonly<Record<string, number>> = {
  'windows-1251': 0,
  'koi8-r': 0.5,
  'koi8-u': 1,
  ibm866: 1.5,
  'iso-8859-5': 1.5,
  'x-mac-cyrillic': 2,
  'windows-1252': 3,
};
/** A label is a witness; labels other than these are hardly ever put on Russian letters by mistake. */
const LABEL_NATS = 5;
const RARE_LABEL_NATS = 15;
/** Two or three letters, like «ЧП», prove nothing against their label. */
const FEW_LETTERS = 3;
/** What all other texts of the letter together may add, and one of them. */
const EVIDENCE_NATS = 10;
const WITNESS_NATS = 7;
/** The label on a text in ASCII tells what the mailer of this letter is set to. */
const ASCII_LABEL_NATS = 4;
/** As many bytes from the first foreign one on decide. */
const SAMPLE = 1024;
/** So many letters at so little cost each are Russian beyond doubt; only the label's closest relative could be meant. */
const ENOUGH_LETTERS = 24;
const RUSSIAN_NATS = 4.4;
/** Charsets that share most of their Russian letters: all but «я» and the capitals; the capitals; all. */
const RELATIVES: Readonly<Record<string, string>> = {
  'windows-1251': 'x-mac-cyrillic',
  'x-mac-cyrillic': 'windows-1251',
  ibm866: 'x-mac-cyrillic',
  'koi8-r': 'koi8-u',
  'koi8-u': 'koi8-r',
};

const LATIN = /^(us-ascii|iso-8859-1|iso-8859-15|windows-1252)$/;
const MULTI_BYTE = /^(gb18030|big5|shift_jis|euc-jp|euc-kr)$/;
const NEEDS_ESCAPE = /^(utf-7|iso-2022-jp)$/;

/** Decodes the texts of one letter together. Takes them in any order, gives as many in the same order; never throws. */
export function decodePieces(pieces: readonly Piece[]): readonly Decoded[] {
  const readings = pieces.map(read);
  const witnesses = readings.map(witnessOf);
  return readings.map((reading, i) => {
    if (reading.decoded) return reading.decoded;
    return choose(reading, evidenceFor(reading, witnesses.toSpliced(i, 1)));
  });
}

/** A piece after the first look: decoded where its bytes left no doubt, else with the cost of each possible charset. */
interface Reading {
  readonly bytes: Buffer;
  readonly declared: string | null;
  readonly label: string | null;
  readonly decoded: Decoded | null;
  readonly costs: ReadonlyMap<string, number>;
}

const NO_COSTS: ReadonlyMap<string, number> = new Map();

function read(piece: Piece): Reading {
  const bytes = Buffer.from(piece.bytes.buffer, piece.bytes.byteOffset, piece.bytes.byteLength);
  const label = piece.declared === null ? null : canonicalCharset(piece.declared);
  const decoded = certain(bytes, label, piece.declared);
  return { bytes, declared: piece.declared, label, decoded, costs: decoded ? NO_COSTS : costsOf(bytes, label) };
}

/** What needs no statistics: ASCII, the Unicode encodings, charsets that prove themselves by their structure. */
function certain(bytes: Buffer, label: string | null, declared: string | null): Decoded | null {
  const ascii = isAscii(bytes);
  if (!ascii || bytes.includes(0) || bytes.includes(4) || label?.startsWith('utf-16') || label?.startsWith('utf-32')) {
    const wide = wideCharset(bytes, label);
    if (wide)
      return used(decodeAs(bytes, wide), wide, label?.startsWith(wide.slice(0, 6)) ? null : note(declared, wide));
  }
  if (ascii) return asciiOrEscaped(bytes, label, declared);
  if (isUtf8(bytes)) {
    if (!isAccident(bytes, label)) return fromUtf8(bytes.toString('utf8'), label, declared);
    return label && MULTI_BYTE.test(label) ? fromMultiByte(bytes, label) : null;
  }
  const reading = readUtf8(bytes);
  const tolerance = label === 'utf-8' ? 3 : 8;
  if ((reading.cut && reading.sound > 0) || (reading.sound >= 4 && reading.broken * tolerance <= reading.sound)) {
    return fromUtf8(reading.text, label, declared);
  }
  return label && MULTI_BYTE.test(label) ? fromMultiByte(bytes, label) : null;
}

function asciiOrEscaped(bytes: Buffer, label: string | null, declared: string | null): Decoded {
  if (label && NEEDS_ESCAPE.test(label)) return used(decodeAs(bytes, label), label, null);
  // RFC 1468: the escape sequences prove themselves, even under the label `_iso-2022-jp$ESC`.
  if (bytes.includes('\u001b$'))
    return used(decodeAs(bytes, 'iso-2022-jp'), 'iso-2022-jp', note(declared, 'iso-2022-jp'));
  return used(bytes.toString('latin1'), label === null || /^utf-(16|32)/.test(label) ? 'us-ascii' : label, null);
}

function fromUtf8(raw: string, label: string | null, declared: string | null): Decoded {
  const text = raw.charCodeAt(0) === 0xfeff ? raw.slice(1) : raw;
  const mended = mendDouble(text);
  if (mended) return used(mended.text, 'utf-8', mended.accident);
  return used(text, 'utf-8', label === 'utf-8' ? null : note(declared, 'utf-8'));
}

function fromMultiByte(bytes: Buffer, label: string): Decoded | null {
  const text = decodeAs(bytes, label);
  const broken = text.split('\ufffd').length - 1;
  return broken * 20 <= text.length ? used(text, label, null) : null;
}

/**
 * A few bytes may be valid UTF-8 by accident, like «её» in KOI8-R or «там» in IBM866: so may those which a label calls
 * something else, and in which there is nothing that a Russian letter would have.
 */
function isAccident(bytes: Buffer, label: string | null): boolean {
  if (bytes.length > 16) return false;
  const foreign = bytes.toString('utf8').replace(/[\u0000-\u007f]+/g, '');
  if (foreign.length > 2) return false;
  if (label !== null && MULTI_BYTE.test(label)) return true;
  // Samaritan, Mongolian, Braille: where «рак», «сад», «там» of IBM866 land.
  if (/^[\u0800-\u085f\u1800-\u18af\u2800-\u28ff]+$/.test(foreign)) return true;
  return label !== null && label in PRIORS && !LATIN.test(label) && !/^[\u0400-\u045f«»“”„–—№…]+$/.test(foreign);
}

/** What the text costs in each charset, its prior and its label counted in. */
function costsOf(bytes: Buffer, label: string | null): ReadonlyMap<string, number> {
  const start = Math.max(0, firstForeign(bytes) - 32);
  const sample = bytes.subarray(start, start + SAMPLE);
  const letters = foreignCount(sample);
  const trust = letters <= FEW_LETTERS ? LABEL_NATS * 3 : LABEL_NATS;
  const isRare = label !== null && !(label in PRIORS) && !LATIN.test(label) && isSingleByte(label);
  const costs = new Map<string, number>();
  const weigh = (charset: string): number => {
    const cost = textCost(sample, charset);
    const belief = charset === 'windows-1252' ? LABEL_NATS : trust;
    costs.set(charset, cost + (PRIORS[charset] ?? 0) - (isNamed(charset, label) ? belief : 0));
    return cost;
  };
  const relative = label === null ? undefined : RELATIVES[label];
  if (label !== null && relative && letters >= ENOUGH_LETTERS && weigh(label) < letters * RUSSIAN_NATS) {
    weigh(relative);
    return costs;
  }
  for (const charset of Object.keys(PRIORS)) if (!isRare || charset !== 'windows-1252') weigh(charset);
  if (isRare) costs.set(label, textCost(sample, label) - RARE_LABEL_NATS);
  return costs;
}

/** Whether a label stands for a charset. KOI8-U under the name of KOI8-R is one charset but for eight letters. */
function isNamed(charset: string, label: string | null): boolean {
  if (label === null) return false;
  if (charset === 'windows-1252') return label !== 'us-ascii' && LATIN.test(label);
  return charset === label || (/^koi8-/.test(charset) && /^koi8-[ru]$/.test(label));
}

function firstForeign(bytes: Buffer): number {
  let i = 0;
  while (i < bytes.length && (bytes[i] ?? 0) < 128) i++;
  return i;
}

function foreignCount(sample: Buffer): number {
  let count = 0;
  for (const byte of sample) if (byte > 127) count++;
  return count;
}

const isSingleByte = (label: string): boolean => !MULTI_BYTE.test(label) && !/^(utf-|iso-2022)/.test(label);

/** What a piece says about the charset of the letter's other pieces: nats against each charset, 0 for its own. */
function witnessOf(reading: Reading): ReadonlyMap<string, number> {
  const { costs, decoded, label } = reading;
  if (!decoded) {
    const least = Math.min(...costs.values());
    const against = (charset: string): number => Math.min(WITNESS_NATS, (costs.get(charset) ?? Infinity) - least);
    return new Map(Object.keys(PRIORS).map((charset) => [charset, against(charset)]));
  }
  if (!isAscii(reading.bytes) || label === null || !(label in PRIORS)) return NO_COSTS;
  return new Map(Object.keys(PRIORS).map((charset) => [charset, charset === label ? 0 : ASCII_LABEL_NATS]));
}

function evidenceFor(reading: Reading, witnesses: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const evidence = new Map<string, number>();
  for (const charset of reading.costs.keys()) {
    const against = witnesses.reduce((sum, witness) => sum + (witness.get(charset) ?? 0), 0);
    evidence.set(charset, Math.min(EVIDENCE_NATS, against));
  }
  return evidence;
}

function choose(reading: Reading, evidence: ReadonlyMap<string, number>): Decoded {
  const { bytes, declared, label } = reading;
  let best = 'windows-1251';
  let least = Number.POSITIVE_INFINITY;
  for (const [charset, cost] of reading.costs) {
    const total = cost + (evidence.get(charset) ?? 0);
    if (total >= least) continue;
    least = total;
    best = charset;
  }
  const text = decodeAs(bytes, best);
  if (label !== null && (best === label || (best === 'windows-1252' && LATIN.test(label) && label !== 'us-ascii'))) {
    return used(label === 'iso-8859-15' ? decodeAs(bytes, label) : text, label, null);
  }
  return used(text, best, note(declared, best));
}

function used(text: string, charset: string, repaired: string | null): Decoded {
  return { text, charset, repaired };
}

function note(declared: string | null, charset: string): string {
  const label = declared
    ?.replace(/[^\x21-\x7e]+/g, ' ')
    .trim()
    .slice(0, 40);
  return label ? `declared ${label}, decoded ${charset}` : `no charset declared, decoded ${charset}`;
}

const META = /<meta\b[^>]{0,200}?\bcharset\s*=\s*["']?\s*([\w.:+-]{1,64})/i;

/** The charset label that an HTML document states in its first kilobyte (`<meta charset>`), or null. */
export function metaCharset(html: Uint8Array): string | null {
  const head = Buffer.from(html.buffer, html.byteOffset, Math.min(html.byteLength, 1024)).toString('latin1');
  return META.exec(head)?.[1] ?? null;
}

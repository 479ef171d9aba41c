// Charsets that need no statistics, for the bytes prove them: ASCII, the Unicode encodings, valid UTF-8 (RFC 3629), the
// escape sequences of ISO-2022-JP (RFC 1468), multi-byte sets whose every character is sound. In: bytes and their label;
// out: the text, or null where the letters themselves must decide.

import { isAscii, isUtf8 } from 'node:buffer';
import { mendDouble } from './charset-double.ts';
import { decodeAs } from './charset-names.ts';
import { type Utf8Reading, wideCharset } from './charset-unicode.ts';

export interface Decoded {
  readonly text: string;
  /** Canonical name of the charset that was used. */
  readonly charset: string;
  /** Why it is another than the declared one, for people; null where the label was right or did not matter. */
  readonly repaired: string | null;
}

const MULTI_BYTE = /^(gb18030|big5|shift_jis|euc-jp|euc-kr)$/;
const NEEDS_ESCAPE = /^(utf-7|iso-2022-jp)$/;
const SINGLE_BYTE_CYRILLIC = /^(windows-1251|koi8-[rut]|ibm866|iso-8859-5|x-mac-cyrillic)$/;

export const isMultiByte = (charset: string): boolean => MULTI_BYTE.test(charset);

/** Whether a charset has one byte for a character, so that letters can be counted in it. */
export const isSingleByte = (charset: string): boolean =>
  !MULTI_BYTE.test(charset) && !NEEDS_ESCAPE.test(charset) && !charset.startsWith('utf-');

/**
 * The text of bytes whose charset is beyond doubt, or null. Takes the canonical label (null for none or an unknown one)
 * and the label as it was declared, for the note.
 */
export function certainText(bytes: Buffer, label: string | null, declared: string | null): Decoded | null {
  const ascii = isAscii(bytes);
  if (!ascii || bytes.includes(0) || bytes.includes(4) || label?.startsWith('utf-16') || label?.startsWith('utf-32')) {
    const wide = wideCharset(bytes, label);
    if (wide)
      return used(decodeAs(bytes, wide), wide, label?.startsWith(wide.slice(0, 6)) ? null : note(declared, wide));
  }
  if (ascii) return asciiOrEscaped(bytes, label, declared);
  return isUtf8(bytes) && !isAccident(bytes, label) ? fromUtf8(bytes, label, declared) : null;
}

/**
 * The text of bytes that are UTF-8 but for some damage: cut inside the last character, or a broken byte here and there.
 * Null where too little of them is sound. Takes what `readUtf8` made of them.
 */
export function damagedUtf8(
  bytes: Buffer,
  reading: Utf8Reading,
  label: string | null,
  declared: string | null,
): Decoded | null {
  const tolerance = label === 'utf-8' ? 3 : 8;
  const isMostlySound = reading.sound >= 4 && reading.broken * tolerance <= reading.sound;
  return (reading.cut && reading.sound > 0) || isMostlySound ? fromUtf8(bytes, label, declared) : null;
}

function asciiOrEscaped(bytes: Buffer, label: string | null, declared: string | null): Decoded {
  if (label && NEEDS_ESCAPE.test(label)) return used(decodeAs(bytes, label), label, null);
  // RFC 1468: the escape sequences prove themselves, even under the label `_iso-2022-jp$ESC`.
  if (bytes.includes('\u001b$'))
    return used(decodeAs(bytes, 'iso-2022-jp'), 'iso-2022-jp', note(declared, 'iso-2022-jp'));
  return used(bytes.toString('latin1'), label === null || /^utf-(16|32)/.test(label) ? 'us-ascii' : label, null);
}

function fromUtf8(bytes: Buffer, label: string | null, declared: string | null): Decoded {
  const raw = bytes.toString('utf8');
  const text = raw.charCodeAt(0) === 0xfeff ? raw.slice(1) : raw;
  const mended = mendDouble(text, bytes);
  if (mended) return used(mended.text, 'utf-8', mended.accident);
  return used(text, 'utf-8', label === 'utf-8' ? null : note(declared, 'utf-8'));
}

/** What the declared multi-byte set makes of bytes, where it fits them. 8-bit bytes under a 7-bit label are its sibling. */
export function fromMultiByte(bytes: Buffer, label: string | null): Decoded | null {
  if (label === 'iso-2022-jp') {
    const readings = ['shift_jis', 'euc-jp'].flatMap((charset) => soundText(bytes, charset, label) ?? []);
    return readings.toSorted((a, b) => oddness(a.text) - oddness(b.text))[0] ?? null;
  }
  return label !== null && MULTI_BYTE.test(label) ? soundText(bytes, label, label) : null;
}

/** Broken characters, and half-width katakana, which kana of EUC-JP become as Shift_JIS and few people write. */
function oddness(text: string): number {
  return text.match(/[\ufffd\uff61-\uff9f]/g)?.length ?? 0;
}

function soundText(bytes: Buffer, charset: string, label: string): Decoded | null {
  const text = decodeAs(bytes, charset);
  const broken = text.split('\ufffd').length - 1;
  if (broken * 20 > text.length) return null;
  return used(text, charset, charset === label ? null : note(label, charset));
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
  return label !== null && SINGLE_BYTE_CYRILLIC.test(label) && !/^[\u0400-\u045f«»“”„–—№…]+$/.test(foreign);
}

/** The outcome of one piece. */
export function used(text: string, charset: string, repaired: string | null): Decoded {
  return { text, charset, repaired };
}

/** What an admin reads of a repair. The label comes from outside: printable ASCII of it, 40 characters at most. */
export function note(declared: string | null, charset: string): string {
  const label = declared
    ?.replace(/[^\x21-\x7e]+/g, ' ')
    .trim()
    .slice(0, 40);
  return label ? `declared ${label}, decoded ${charset}` : `no charset declared, decoded ${charset}`;
}

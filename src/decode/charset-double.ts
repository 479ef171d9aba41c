// Text that was UTF-8 once, was read as a single-byte charset on its way and encoded again (`РџСЂРёРІРµС‚`, `Ã¼`).
// In: decoded text. Out: the text before the accident, where the bytes prove it; null where there is nothing to mend.

import { decodeAs } from './charset-names.ts';
import { textCost } from './charset-score.ts';

/** What relays, web forms and database connections take UTF-8 for. */
const READ_AS = ['windows-1251', 'windows-1252', 'koi8-r', 'ibm866', 'x-mac-cyrillic'] as const;

/** Cheap sign that a text may need mending: what the first bytes of Cyrillic and accented letters turn into. */
const SUSPICIOUS =
  /[ÂÃÄÅÐÑ][\u0080-\u00bf\u0152-\u0192\u02c6-\u02dc\u2013-\u2122]|[РС][\u0080-\u00bf\u0401-\u040f\u0451-\u045f\u0490\u0491\u2013-\u2122?\ufffd]|[пя][\u2500-\u25ff°²·÷©≈≤≥√]|[╨╤]|[вâ][Ђ€]|[–—]\p{Script=Cyrillic}[–—]/u;
const FOREIGN_RUN = /[^\u0000-\u007f]+/g;
/** A run of accented capitals and small letters that no Latin language has: windows-1251 shown as windows-1252. */
const ACCENTED_RUN = /[À-ÿ]{4}/;
/** How many nats Russian must be likelier than what stands there, and what a letter of it may cost at most. */
const CERTAIN = 12;
const RUSSIAN_NATS = 3.9;

export interface Mended {
  readonly text: string;
  /** For people: what had happened to the text. */
  readonly accident: string;
}

const encoders = new Map<string, ReadonlyMap<string, number>>();

/** Characters of a single-byte charset -> bytes; what it leaves undefined stands for itself, as mailers write it. */
function encoderOf(charset: string): ReadonlyMap<string, number> {
  const known = encoders.get(charset);
  if (known) return known;
  const encoder = new Map<string, number>();
  for (let byte = 128; byte < 256; byte++) {
    const char = decodeAs(Uint8Array.of(byte), charset);
    if (char !== '\ufffd') encoder.set(char, byte);
    if (byte < 160 && !encoder.has(String.fromCharCode(byte))) encoder.set(String.fromCharCode(byte), byte);
  }
  encoders.set(charset, encoder);
  return encoder;
}

/** The bytes of a text in a single-byte charset, or null where it has a character that the charset lacks. */
export function encodeAs(text: string, charset: string): Uint8Array | null {
  const encoder = encoderOf(charset);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const byte = code < 128 ? code : encoder.get(text.charAt(i));
    if (byte === undefined) return null;
    bytes[i] = byte;
  }
  return bytes;
}

/** The first byte of À to ÿ in UTF-8. */
const ACCENTED_LEAD = 0xc3;

/**
 * Undoes a double encoding. Takes decoded text, and its bytes in UTF-8 where they are at hand, for they tell at a glance
 * that no letter has an accent; null where it is not certain that there was a double encoding.
 */
export function mendDouble(text: string, utf8?: Uint8Array): Mended | null {
  if (SUSPICIOUS.test(text)) {
    for (const charset of READ_AS) {
      const mended = mendRuns(text, charset);
      if (mended !== null)
        return { text: mendDouble(mended)?.text ?? mended, accident: `utf-8 had been read as ${charset}` };
    }
  }
  const accented = utf8 === undefined || utf8.includes(ACCENTED_LEAD);
  return accented && ACCENTED_RUN.test(text) ? mendAccented(text) : null;
}

function mendRuns(text: string, charset: string): string | null {
  // windows-1251 has no 0x98, the second byte of «И»: what could not be shown became a question mark.
  const whole = charset === 'windows-1251' ? text.replace(/Р[?\ufffd]/g, 'Р\u0098') : text;
  const runs = whole.match(FOREIGN_RUN) ?? [];
  let letters = 0;
  let left = 0;
  for (const run of runs) {
    const mended = mendRun(run, charset);
    if (mended === null) left += run.length;
    else letters += mended.length;
  }
  if (letters === 0 || letters < left / 4 || (letters === 1 && !isPlain(runs, charset))) return null;
  return whole.replace(FOREIGN_RUN, (run) => mendRun(run, charset) ?? run.replace(/Р\u0098/g, 'Р?'));
}

/** One single mended letter is proof only where nothing else is foreign and nobody writes what stood there. */
function isPlain(runs: readonly string[], charset: string): boolean {
  return runs.length === 1 && (charset === 'windows-1252' ? runs[0] !== undefined : (runs[0]?.length ?? 0) > 2);
}

function mendRun(run: string, charset: string): string | null {
  const bytes = encodeAs(run, charset);
  if (bytes === null) return null;
  const text = Buffer.from(bytes).toString('utf8');
  return text.length < run.length && isEveryday(text) ? text : null;
}

const EVERYDAY =
  /^[\u00a0-\u024f\u0370-\u045f\u0490\u0491\u2010-\u2122\u2190-\u21ff\u2500-\u27bf\u{1f300}-\u{1faff}]+\ufe0f?$/u;
const isEveryday = (text: string): boolean => EVERYDAY.test(text);

function mendAccented(text: string): Mended | null {
  if (/[\u0400-\u04ff]/.test(text)) return null;
  const bytes = encodeAs(text, 'windows-1252');
  if (bytes === null) return null;
  const sample = bytes.subarray(0, 2048);
  const letters = sample.reduce((count, byte) => (byte > 127 ? count + 1 : count), 0);
  for (const charset of ['windows-1251', 'koi8-r']) {
    const cost = textCost(sample, charset);
    if (cost < letters * RUSSIAN_NATS && cost + CERTAIN < textCost(sample, 'windows-1252')) {
      return { text: decodeAs(bytes, charset), accident: `${charset} had been read as windows-1252` };
    }
  }
  return null;
}

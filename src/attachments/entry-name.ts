// Names of entries in an archive: bytes in; text, or latin1 text that still waits for its charset, out. Whether a name
// stays inside the archive is decided on ASCII characters alone, which every charset of Russian archivers keeps.

import { crc32 } from 'node:zlib';
import { cleanLine } from '../mail/clean.ts';

/** `undeclared`: nothing says in which charset the name is; `text` then holds its bytes as latin1. */
export interface EntryName {
  readonly text: string;
  readonly undeclared: boolean;
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const UTF8_FLAG = 0x800;
const UNICODE_PATH = 0x7075;
const LONGEST = 255;

/** A name that is text already, as RAR headers give it. */
export function named(text: string): EntryName {
  return { text, undeclared: false };
}

/**
 * The name of a ZIP entry (APPNOTE 4.4.4 bit 11, 4.6.9): UTF-8 where the flag says so or the bytes are, else Info-ZIP's
 * Unicode path, else undeclared: Windows writes cp866 there, others windows-1251 or KOI8-R.
 */
export function zipName(
  flags: number,
  raw: Buffer,
  extra: readonly { readonly id: number; readonly data: Buffer }[],
): EntryName {
  const path = extra.find(({ id, data }) => id === UNICODE_PATH && data.length > 5 && data[0] === 1);
  if (path && path.data.readUInt32LE(1) === crc32(raw)) {
    const text = utf8(path.data.subarray(5));
    if (text !== null) return named(text);
  }
  const text = utf8(raw);
  if (text !== null) return named(text);
  return { text: raw.toString('latin1'), undeclared: (flags & UTF8_FLAG) === 0 };
}

function utf8(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

/** The folders and the file of a name, or null where it is absolute, climbs out, or holds what no file name holds. */
export function pathOf(name: EntryName): readonly string[] | null {
  const steps = name.text.replaceAll('\\', '/').replace(/\/$/, '').split('/');
  const plain = steps.every((step) => step !== '' && step !== '.' && step !== '..' && step.length <= LONGEST);
  return plain && !/^[a-z]:/i.test(name.text) && !/[\u0000-\u001f\u007f]/.test(name.text) ? steps : null;
}

/** Two names that one folder on Windows or macOS could not keep apart have one key. */
export function keyOf(name: EntryName): string {
  return name.text.replaceAll('\\', '/').replace(/\/$/, '').normalize('NFC').toLowerCase();
}

/**
 * Gives every name its text. `decode` sees all undeclared names of one archive at once, a line each, so that the longer
 * ones tell the charset of the shorter.
 */
export function settleNames(names: readonly EntryName[], decode: (bytes: Uint8Array) => string): readonly string[] {
  const waiting = names.filter((name) => name.undeclared);
  const lines =
    waiting.length === 0 ? [] : decode(Buffer.from(waiting.map(({ text }) => text).join('\n'), 'latin1')).split('\n');
  let next = 0;
  return names.map((name) => cleanLine(name.undeclared ? (lines[next++] ?? name.text) : name.text));
}

const CP866 = new TextDecoder('ibm866');

/** Reads names as Windows' own «Сжатая ZIP-папка» writes them, for callers that bring no detector of charsets. */
export function cp866(bytes: Uint8Array): string {
  return CP866.decode(bytes);
}

// What goes into the export of a ticket besides the conversation: letters byte for byte, accepted files under safe
// names, previews of BMP pictures.

import { PREVIEWS, previewsIn } from '../attachments/preview.ts';
import type { Verdict } from '../attachments/verdict.ts';
import { decodePieces } from '../decode/charset.ts';
import { filesOf, type LetterFile, savedName } from '../ingest/letter-files.ts';
import type { Reading } from '../ingest/prepare.ts';
import type { Spool } from '../store/spool.ts';
import { CommandError } from './command-error.ts';
import { bytes } from './page.ts';

/** An archive is made in memory, and a mail system would not take a larger one anyway. */
const MOST_BYTES = 300 * 1024 * 1024;

/** A file of the archive: its path there and what is in it. */
export interface Packed {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface ExportedFile {
  readonly letter: number;
  readonly verdict: Verdict;
  /** Its path in the archive; null where it was not accepted and so is not there. */
  readonly name: string | null;
  readonly previews: readonly Packed[];
  readonly bytes: Uint8Array;
}

export interface Content {
  readonly letters: readonly (Packed & { readonly letter: number })[];
  readonly files: readonly ExportedFile[];
  /** Letters whose bytes the spool does not have any more. */
  readonly gone: readonly number[];
}

interface LetterRow {
  readonly id: number;
  readonly disposition: string | null;
}

/** Gathers letters and files. A letter that came twice is there once. Throws CommandError where they are too large. */
export async function contentOf(spool: Spool, rows: readonly LetterRow[], judge: Reading['judge']): Promise<Content> {
  const ids = rows.filter(({ disposition }) => disposition !== 'duplicate').map(({ id }) => id);
  const size = ids.reduce((sum, id) => sum + (spool.get(id)?.size ?? 0), 0);
  if (size > MOST_BYTES)
    throw new CommandError(65, [
      `kvitok export: the letters of this ticket have ${bytes(size)} together, and an export holds at most ${bytes(MOST_BYTES)}; kvitok attachments --save writes the files alone`,
    ]);
  const letters: (Packed & { letter: number })[] = [];
  const files: ExportedFile[] = [];
  const gone: number[] = [];
  for (const letter of ids) {
    const raw = spool.raw(letter);
    if (raw === null) gone.push(letter);
    else {
      letters.push({ letter, path: `letters/${letter}.eml`, bytes: raw });
      for (const file of await filesOf(raw, judge)) files.push(await exported(files.length + 1, letter, file));
    }
  }
  return { letters, files, gone };
}

async function exported(n: number, letter: number, { verdict, bytes: content }: LetterFile): Promise<ExportedFile> {
  if (verdict.verdict !== 'accepted') return { letter, verdict, name: null, previews: [], bytes: content };
  const name = `files/${savedName(n, verdict.filename)}`;
  return { letter, verdict, name, previews: await previewsOf(n, verdict, content), bytes: content };
}

/** BMP pictures come in archives only; browsers and mail programs of developers open neither. */
async function previewsOf(n: number, { type, inside }: Verdict, content: Uint8Array): Promise<readonly Packed[]> {
  if ((type !== 'zip' && type !== 'rar') || !inside.some((entry) => entry.type === 'bmp')) return [];
  const names = (undeclared: Uint8Array) => decodePieces([{ bytes: undeclared, declared: null }])[0]?.text ?? '';
  const made = await previewsIn(type, content, undefined, { names, limits: PREVIEWS });
  return made.map(({ name, png }, i) => ({
    path: `previews/${savedName(n, `${i + 1}-${name.split(/[/\\]/).at(-1)}.png`)}`,
    bytes: png,
  }));
}

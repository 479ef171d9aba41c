// Files that stand inside a text instead of beside it: the bytes of a text part in; the text without them, and the files as
// parts of the letter, out. Which kinds there are is said here: data: addresses in HTML, uuencode and yEnc in plain text.

import type { Limits } from '../mail/limits.ts';
import type { Defect, Part } from '../mail/message.ts';
import { cutDataAddresses } from './data-uris.ts';
import { chosenFilename } from './filename.ts';
import { isHtml } from './layout.ts';
import { type Readings, settled, type Undecoded } from './pieces.ts';
import type { Entity } from './structure.ts';
import { cutTextFiles } from './text-files.ts';

export interface EmbeddedFile {
  /** Below that of the text it stood in. */
  readonly path: string;
  readonly name: Undecoded;
  readonly contentType: string;
  /** By which the HTML shows it; null for a file of plain text. */
  readonly contentId: string | null;
  readonly bytes: Buffer;
  /** What was wrong with its encoding, or null. */
  readonly broken: string | null;
}

/** A text without its files. */
export interface Cut {
  readonly bytes: Buffer;
  readonly files: readonly EmbeddedFile[];
  /** Files past the most that are taken, which are cut out and lost to sight. */
  readonly left: number;
}

/** Takes the decoded bytes of a text part. What it holds of files counts as no text. */
export function withoutFiles(entity: Entity, bytes: Buffer, limits: Limits): Cut {
  const { path, content } = entity;
  if (isHtml(entity)) return cutDataAddresses(bytes, path, limits.embeddedFiles);
  return cutTextFiles(bytes, path, content.parameters.get('charset')?.text || null, limits.embeddedFiles);
}

/** The files of a text as parts of the letter, with what there is to tell of them. */
export function embeddedParts(
  entity: Entity,
  { files, left }: Cut,
  readings: Readings,
  limits: Limits,
): { readonly parts: readonly Part[]; readonly defects: readonly Defect[] } {
  const parts = files.map(
    ({ path, name, contentType, contentId, bytes }): Part => ({
      path,
      filename: chosenFilename([settled(name, readings)], limits.filenameChars).filename,
      contentType,
      disposition: contentId === null ? 'attachment' : 'inline',
      contentId,
      bytes,
      ambiguous: entity.ambiguous,
      embedded: true,
    }),
  );
  const defects = files.flatMap(({ path, broken }): Defect[] =>
    broken === null ? [] : [{ code: 'transfer-encoding', detail: `part ${path}: ${broken}` }],
  );
  if (files.length > 0) {
    const detail = `part ${entity.path}: files that stood in the text itself: ${files.length}`;
    defects.push({ code: 'files-in-text', detail });
  }
  if (left > 0) {
    const detail = `part ${entity.path}: only ${limits.embeddedFiles} files were taken out of the text, left out: ${left}`;
    defects.push({ code: 'embedded-limit', detail });
  }
  return { parts, defects };
}

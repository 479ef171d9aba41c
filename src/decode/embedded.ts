// Files that stand inside a text instead of beside it: the bytes of a text part in; the text without them, and the files as
// parts of the letter, out. Which kinds there are is said here: data: addresses in HTML, uuencode and yEnc in plain text.

import type { Limits } from '../mail/limits.ts';
import type { Defect, Part } from '../mail/message.ts';
import { cutDataAddresses } from './data-uris.ts';
import type { Cut, Room } from './embedded-file.ts';
import { chosenFilename } from './filename.ts';
import { isHtml } from './layout.ts';
import { type Readings, settled } from './pieces.ts';
import type { Entity } from './structure.ts';
import { cutTextFiles } from './text-files.ts';

/** Takes the decoded bytes of a text part. What it holds of files counts as no text. */
export function withoutFiles(entity: Entity, bytes: Buffer, room: Room): Cut {
  const { path, content } = entity;
  if (isHtml(entity)) return cutDataAddresses(bytes, path, room.files);
  return cutTextFiles(bytes, path, content.parameters.get('charset')?.text || null, room);
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
    const detail = `part ${entity.path}: more files stood in the text than are taken, left out: ${left}`;
    defects.push({ code: 'embedded-limit', detail });
  }
  return { parts, defects };
}

// Attached entities -> parts (RFC 2183): bytes with the transfer encoding undone, a name, and doubts. A forwarded letter
// (message/rfc822) is one part, named by its subject.

import type { Limits } from '../mail/limits.ts';
import type { Defect, Part } from '../mail/message.ts';
import { encodedWords } from './encoded-words.ts';
import { chosenFilename, filenameCandidates } from './filename.ts';
import { readHeader, unfolded } from './header-block.ts';
import { type Readings, settled, type Undecoded } from './pieces.ts';
import type { Entity } from './structure.ts';
import { transferred } from './transfer.ts';

export interface UndecodedPart {
  readonly entity: Entity;
  readonly bytes: Buffer;
  readonly broken: string | null;
  readonly names: readonly Undecoded[];
  /** Subject of a forwarded letter, for one that has no name. */
  readonly subject: Undecoded | null;
}

/** The subject of a letter inside the letter, undecoded. */
function subjectInside(bytes: Buffer, limits: Limits): Undecoded | null {
  const subject = readHeader(bytes, 0, limits).fields.find((field) => field.key === 'subject');
  return subject ? encodedWords(unfolded(subject.raw)) : null;
}

export function undecodedPart(entity: Entity, limits: Limits): UndecodedPart {
  const { bytes, broken, doubtful = null } = transferred(entity.body, entity.content.encoding);
  const forwarded = entity.content.mediaType === 'message/rfc822';
  return {
    entity,
    bytes,
    broken: broken ?? doubtful,
    names: filenameCandidates(entity),
    subject: forwarded ? subjectInside(bytes, limits) : null,
  };
}

/** The names that wait for their charset. */
export function filenamesOf({ names, subject }: UndecodedPart): readonly Undecoded[] {
  return subject ? [...names, subject] : names;
}

export interface Attached {
  readonly part: Part;
  readonly defects: readonly Defect[];
}

export function attached(
  { entity, bytes, broken, names, subject }: UndecodedPart,
  readings: Readings,
  limits: Limits,
): Attached {
  const { mediaType, disposition, contentId } = entity.content;
  const candidates = names.map((name) => settled(name, readings));
  if (subject) candidates.push(`${settled(subject, readings)}.eml`);
  const { filename, conflict } = chosenFilename(candidates.slice(0, Math.max(names.length, 1)), limits.filenameChars);
  const defects: Defect[] = [];
  if (conflict)
    defects.push({ code: 'filename-conflict', detail: `part ${entity.path} has two names with different endings` });
  if (broken) defects.push({ code: 'transfer-encoding', detail: `part ${entity.path}: ${broken}` });
  return {
    part: {
      path: entity.path,
      filename,
      contentType: mediaType,
      disposition,
      contentId,
      bytes,
      ambiguous: entity.ambiguous,
    },
    defects,
  };
}

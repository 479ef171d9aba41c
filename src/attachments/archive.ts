// An archive on its way to a verdict: bytes in; the pictures inside, or the reason with the entry it names, out. Every
// entry gets the walkers' own verdict; the archive is taken when all are pictures (regulation: BMP packed in ZIP or RAR).

import { type EntryName, keyOf, pathOf } from './entry-name.ts';
import { isLitter } from './litter.ts';
import { isArchive, isPictureName, magicOf } from './magic.ts';
import { judgePicture } from './picture.ts';
import type { Policy } from './policy.ts';
import { readRar } from './rar.ts';
import type { Reason, Refusal } from './reasons.ts';
import type { Entry, Visit } from './visit.ts';
import type { PictureType } from './walk.ts';
import { readZip } from './zip.ts';

export interface PackedPicture {
  readonly name: EntryName;
  readonly type: PictureType;
  readonly size: number;
  readonly width: number;
  readonly height: number;
}

export interface Finding {
  readonly reason: Reason;
  /** The entry it was seen on. */
  readonly name: EntryName | null;
  readonly detail: string | null;
}

export interface OpenedArchive {
  readonly pictures: readonly PackedPicture[];
  readonly finding: Finding | null;
}

/** Which finding is told when there are several: what endangers first, then what the sender can cure. */
const ORDER: readonly Reason[] = [
  'archive-path',
  'archive-duplicate',
  'archive-nested',
  'archive-content',
  'archive-link',
  'archive-picture',
  'archive-folders',
];

const READERS = { zip: readZip, rar: readRar } as const;
export type ArchiveType = keyof typeof READERS;

/** Hands every entry of an archive to the visitor; why it could not be read to its end, or null. For worker threads only. */
export function readArchive(
  type: ArchiveType,
  bytes: Uint8Array,
  policy: Policy,
  visit: Visit,
): Promise<Refusal | null> {
  return READERS[type](bytes, policy, visit);
}

/** Opens an archive and judges what is in it. An archive that cannot be read to its end tells that and nothing else. */
export async function openArchive(type: ArchiveType, bytes: Uint8Array, policy: Policy): Promise<OpenedArchive> {
  const pictures: PackedPicture[] = [];
  const findings: Finding[] = [];
  const keys = new Set<string>();
  const refused = await readArchive(type, bytes, policy, (entry) => {
    const key = keyOf(entry.name);
    if (keys.has(key)) findings.push({ reason: 'archive-duplicate', name: entry.name, detail: null });
    keys.add(key);
    const outcome = judgeEntry(entry, policy);
    if (outcome === null) return;
    if ('reason' in outcome) findings.push(outcome);
    else pictures.push(outcome);
  });
  if (refused) return { pictures: [], finding: told(refused) };
  if (findings.length === 0 && pictures.length === 0)
    return { pictures, finding: { reason: 'archive-content', name: null, detail: 'nothing in it' } };
  const worst = findings.toSorted((a, b) => ORDER.indexOf(a.reason) - ORDER.indexOf(b.reason))[0];
  return worst ? { pictures: [], finding: worst } : { pictures, finding: null };
}

function told({ reason, detail }: Refusal): Finding {
  return { reason, name: null, detail };
}

/** One entry's verdict; null for a folder and for what macOS and Windows leave behind. */
function judgeEntry({ name, kind, bytes }: Entry, policy: Policy): PackedPicture | Finding | null {
  const found = (reason: Reason, detail: string | null = null): Finding => ({ reason, name, detail });
  const path = pathOf(name);
  if (path === null) return found('archive-path');
  if (kind === 'link') return found('archive-link');
  if (kind === 'folder' || isLitter(path, bytes)) return null;
  const type = magicOf(bytes);
  if (type !== null && isArchive(type)) return found('archive-nested');
  // The archive goes on as it is, and Windows opens a file by its name: a picture called .hta is no picture.
  if (type === null || !isPictureName(path.at(-1) ?? '')) return found('archive-content');
  if (type !== 'jpg' && type !== 'gif' && type !== 'png' && type !== 'bmp') return found('archive-content');
  const picture = judgePicture(type, bytes, policy);
  if (!picture.ok)
    return found('archive-picture', picture.detail ? `${picture.reason}: ${picture.detail}` : picture.reason);
  if (path.length > 2) return found('archive-folders');
  return { name, type, size: bytes.length, width: picture.width, height: picture.height };
}

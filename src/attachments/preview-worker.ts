// A worker thread that makes previews: a PreviewQuestion in, a PreviewAnswer out, with whether the thread is worn and
// better replaced (unpacking RAR grows it). It may be ended at any moment.

import { parentPort } from 'node:worker_threads';
import { type ArchiveType, readArchive } from './archive.ts';
import { walkBmp } from './bmp.ts';
import type { EntryName } from './entry-name.ts';
import type { Policy } from './policy.ts';
import type { Reply } from './pool.ts';
import { bmpRows } from './preview-pixels.ts';
import { shrunkPng } from './preview-png.ts';
import { wear } from './unrar.ts';

export interface PreviewLimits {
  /** Pixels of the longer side of a preview. */
  readonly side: number;
  /** Previews made of one archive; the rest goes without. */
  readonly count: number;
  /** Milliseconds for one file, then the worker is ended. */
  readonly ms: number;
}

/** A bare BMP or an archive, and what it may cost. */
export interface PreviewQuestion {
  readonly type: 'bmp' | ArchiveType;
  readonly bytes: Uint8Array;
  readonly policy: Policy;
  readonly limits: PreviewLimits;
}

/** The previews made, in order; `name` is null for a bare BMP. */
export type PreviewAnswer = readonly { readonly name: EntryName | null; readonly png: Uint8Array }[];

parentPort?.on('message', async (question: PreviewQuestion) => {
  const answer = await previewsOf(question);
  parentPort?.postMessage({ answer, worn: wear.worn } satisfies Reply<PreviewAnswer>);
});
parentPort?.postMessage('ready');

async function previewsOf({ type, bytes, policy, limits }: PreviewQuestion): Promise<PreviewAnswer> {
  const made: { name: EntryName | null; png: Uint8Array }[] = [];
  const add = (name: EntryName | null, file: Uint8Array) => {
    const png = made.length < limits.count ? preview(file, policy, limits.side) : null;
    if (png) made.push({ name, png });
  };
  if (type === 'bmp') add(null, bytes);
  else await readArchive(type, bytes, policy, (entry) => entry.kind === 'file' && add(entry.name, entry.bytes));
  return made;
}

/** A PNG of a BMP that is whole and within the policy's pixels; null of anything else. */
function preview(file: Uint8Array, policy: Policy, side: number): Uint8Array | null {
  const walk = walkBmp(file, policy);
  return walk.ok ? shrunkPng(bmpRows(file.subarray(0, walk.end)), side) : null;
}

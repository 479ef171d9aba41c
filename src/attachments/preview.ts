// PNG previews of BMP pictures, which browsers show and developers open where BMP is neither: BMP bytes, or an archive
// that was accepted, in; small PNGs out. Made in a worker thread; dimensions are checked before a pixel is read.

import type { ArchiveType } from './archive.ts';
import { cp866, settleNames } from './entry-name.ts';
import type { Names } from './judge.ts';
import { type Policy, REGULATION } from './policy.ts';
import { openPool, type Pool } from './pool.ts';
import type { PreviewAnswer, PreviewLimits, PreviewQuestion } from './preview-worker.ts';

export const PREVIEWS: PreviewLimits = Object.freeze({ side: 1024, count: 20, ms: 10_000 });

/** A preview of one entry of an archive; `name` is the entry's, cleaned, never a path of ours. */
export interface EntryPreview {
  readonly name: string;
  readonly png: Uint8Array;
}

/** A PNG of a BMP, as large as it is or shrunk to fit. Null where it is no whole BMP, too large, or took too long. */
export async function previewOf(bmp: Uint8Array, limits: PreviewLimits = PREVIEWS): Promise<Uint8Array | null> {
  const [made] = await ask({ type: 'bmp', bytes: bmp, policy: REGULATION, limits });
  return made?.png ?? null;
}

/**
 * Previews of the BMPs in an archive that was accepted under `policy`, in the archive's order; none where it takes too
 * long. `names` reads undeclared names, as in judging.
 */
export async function previewsIn(
  type: ArchiveType,
  bytes: Uint8Array,
  policy: Policy = REGULATION,
  { names = cp866, limits = PREVIEWS }: { readonly names?: Names; readonly limits?: PreviewLimits } = {},
): Promise<readonly EntryPreview[]> {
  const made = await ask({ type, bytes, policy, limits });
  const settled = settleNames(
    made.flatMap(({ name }) => name ?? []),
    names,
  );
  return made.map(({ png }, i) => ({ name: settled[i] ?? '', png }));
}

let pool: Pool<PreviewQuestion, PreviewAnswer> | null = null;

async function ask(question: PreviewQuestion): Promise<PreviewAnswer> {
  // one thread: previews are for people who wait anyway, and letters need the other core
  pool ??= openPool<PreviewQuestion, PreviewAnswer>(1, 'preview-worker');
  return (await pool.ask(question, question.limits.ms)).answer ?? [];
}

/** Ends the worker thread; a later preview starts a new one. */
export async function closePreviews(): Promise<void> {
  const open = pool;
  pool = null;
  await open?.close();
}

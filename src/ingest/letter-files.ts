// The attachments of a stored letter as they may be handed on: its bytes in; each file with a verdict of today's
// configuration, and what of it may leave the house, out. An old verdict in the tables lets nothing out.

import { safeName } from '../attachments/filename.ts';
import type { Verdict } from '../attachments/verdict.ts';
import { decode } from '../decode/decode.ts';
import { secondOpinion } from '../decode/second-reader.ts';
import type { Reading } from './prepare.ts';

export interface LetterFile {
  readonly verdict: Verdict;
  /** Of an accepted file what may be handed on (`Verdict.keep`), of any other all of it. */
  readonly bytes: Uint8Array;
}

/** The files of a letter in order. Takes the letter as it came. */
export async function filesOf(raw: Uint8Array, judge: Reading['judge']): Promise<readonly LetterFile[]> {
  const { parts } = await secondOpinion(raw, decode(raw));
  const verdicts = await judge(parts);
  return parts.flatMap(({ bytes }, i) => {
    const verdict = verdicts[i];
    return verdict
      ? [{ verdict, bytes: verdict.verdict === 'accepted' ? bytes.subarray(0, verdict.keep) : bytes }]
      : [];
  });
}

/** The name under which the `n`th file is written: numbered, so that two of one name stay two. */
export function savedName(n: number, shown: string): string {
  return `${String(n).padStart(2, '0')}-${safeName(shown)}`;
}

// Asks for the verdict on one file, the way a letter with one attachment does.

import { openJudge } from '../../src/attachments/judge.ts';
import { type Policy, REGULATION } from '../../src/attachments/policy.ts';
import type { Verdict } from '../../src/attachments/verdict.ts';
import type { Part } from '../../src/mail/message.ts';

export function part(filename: string | null, bytes: Uint8Array, more: Partial<Part> = {}): Part {
  return {
    path: '2',
    filename,
    contentType: 'application/octet-stream',
    disposition: 'attachment',
    contentId: null,
    bytes,
    ambiguous: false,
    ...more,
  };
}

const judge = openJudge();

export async function verdictOn(
  filename: string | null,
  bytes: Uint8Array,
  policy: Policy = REGULATION,
): Promise<Verdict> {
  const [verdict] = await judge.judge([part(filename, bytes)], policy);
  if (!verdict) throw new Error('no verdict');
  return verdict;
}

/** «accepted», or the reason. */
export async function outcome(filename: string, bytes: Uint8Array, policy?: Policy): Promise<string> {
  const verdict = await verdictOn(filename, bytes, policy);
  return verdict.reason ?? verdict.verdict;
}

export const closeJudge = () => judge.close();

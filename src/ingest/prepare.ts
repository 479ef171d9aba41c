// Bytes in, a decoded and classified letter out. No transaction is open, nothing is touched; `kvitok inspect` asks the same.

import { close, judge as judgeParts } from '../attachments/judge.ts';
import { type Policy, REGULATION } from '../attachments/policy.ts';
import type { Verdict } from '../attachments/verdict.ts';
import { classify } from '../classify/classify.ts';
import { readReport } from '../classify/delivery-report.ts';
import type { Letter } from '../decide/case.ts';
import { decodePieces } from '../decode/charset.ts';
import { decode } from '../decode/decode.ts';
import { secondOpinion } from '../decode/second-reader.ts';
import type { Ours } from '../mail/classification.ts';
import type { Delivery } from '../mail/envelope.ts';
import type { Part } from '../mail/message.ts';
import { senderProof } from '../proof/sender-proof.ts';

/** A hand-over as the path needs it. */
export type Raw = Pick<Delivery, 'raw' | 'envelope' | 'receivedAt'> & {
  readonly oversize: number | null;
  readonly silent: string | null;
};

/** Judges by a policy, in the process's own worker threads; names inside archives are read by their letters. */
export function judgeBy(policy: Policy = REGULATION): Reading['judge'] {
  return (parts) => judgeParts(parts, policy, (bytes) => decodePieces([{ bytes, declared: null }])[0]?.text ?? '');
}

/** Ends the worker threads, so that the process can. */
export const closeJudges = close;

/** What reading a letter takes besides the letter. */
export interface Reading {
  readonly ours: Ours;
  /** The name under which the desk's own mail server states its results (RFC 8601); null where none is pinned. */
  readonly authservId: string | null;
  readonly judge: (parts: readonly Part[]) => Promise<readonly Verdict[]>;
}

/** Decodes and classifies a letter. A broken letter gives defects, not errors. */
export async function prepare(
  { raw, envelope, receivedAt, oversize, silent }: Raw,
  { ours, authservId, judge }: Reading,
): Promise<Letter> {
  const message = await secondOpinion(raw, decode(raw));
  const classification = classify({ message, envelope }, ours);
  return {
    receivedAt,
    envelope,
    message,
    classification,
    proof: senderProof(message, envelope, { authservId }),
    report: classification.kind === 'delivery-report' ? readReport(message, envelope) : null,
    attachments: (await judge(message.parts)).map((verdict, i) => ({
      ...verdict,
      contentType: message.parts[i]?.contentType ?? '',
    })),
    oversize,
    silent,
  };
}

// Bytes in, a decoded and classified letter out. No transaction is open, nothing is touched; `kvitok inspect` asks the same.

import { createHash } from 'node:crypto';
import { classify } from '../classify/classify.ts';
import { readReport } from '../classify/delivery-report.ts';
import type { Letter } from '../decide/case.ts';
import type { AttachmentFacts } from '../decide/decision.ts';
import { decode } from '../decode/decode.ts';
import { secondOpinion } from '../decode/second-reader.ts';
import type { Ours } from '../mail/classification.ts';
import type { Delivery } from '../mail/envelope.ts';
import type { Message } from '../mail/message.ts';
import { senderProof } from '../proof/sender-proof.ts';

/** A hand-over as the path needs it. */
export type Raw = Pick<Delivery, 'raw' | 'envelope' | 'receivedAt'> & {
  readonly oversize: number | null;
  readonly silent: string | null;
};

/** What reading a letter takes besides the letter. */
export interface Reading {
  readonly ours: Ours;
  /** The name under which the desk's own mail server states its results (RFC 8601); null where none is pinned. */
  readonly authservId: string | null;
}

/** Decodes and classifies a letter. A broken letter gives defects, not errors. */
export async function prepare(
  { raw, envelope, receivedAt, oversize, silent }: Raw,
  { ours, authservId }: Reading,
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
    attachments: message.parts.map(attachmentFacts),
    oversize,
    silent,
  };
}

const attachmentFacts = (part: Message['parts'][number]): AttachmentFacts => ({
  path: part.path,
  filename: part.filename,
  contentType: part.contentType,
  size: part.bytes.byteLength,
  sha256: createHash('sha256').update(part.bytes).digest('hex'),
});

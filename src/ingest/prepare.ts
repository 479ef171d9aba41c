// Bytes in, a decoded and classified letter out. No transaction is open, nothing is touched; `kvitok inspect` asks the same.

import { close, type Judge, judge as judgeParts } from '../attachments/judge.ts';
import { type Policy, REGULATION } from '../attachments/policy.ts';
import type { Verdict } from '../attachments/verdict.ts';
import { classify } from '../classify/classify.ts';
import { readReport } from '../classify/delivery-report.ts';
import { senderOf, throughGroup, writtenFor } from '../classify/writer.ts';
import type { Letter } from '../decide/case.ts';
import { decodePieces } from '../decode/charset.ts';
import { decode } from '../decode/decode.ts';
import { secondOpinion } from '../decode/second-reader.ts';
import { identity } from '../mail/address.ts';
import type { Ours } from '../mail/classification.ts';
import type { Delivery } from '../mail/envelope.ts';
import { fieldsOf } from '../mail/fields.ts';
import type { Message, Part } from '../mail/message.ts';
import type { Via } from '../mail/via.ts';
import { cameBy } from '../proof/came-by.ts';
import { none, type SenderProof } from '../proof/sender-proof.ts';
import { type FileSecrets, fileHoldsSecret } from './file-secrets.ts';
import type { Prove } from './prove.ts';

/** A hand-over as the path needs it. */
export type Raw = Pick<Delivery, 'raw' | 'envelope' | 'receivedAt'> & {
  readonly oversize: number | null;
  readonly silent: string | null;
};

/** Judges by a policy, in the process's own worker threads unless `judge` is another; names inside archives are read by their letters. */
export function judgeBy(policy: Policy = REGULATION, judge: Judge['judge'] = judgeParts): Reading['judge'] {
  return (parts) => judge(parts, policy, (bytes) => decodePieces([{ bytes, declared: null }])[0]?.text ?? '');
}

/** Ends the worker threads, so that the process can. */
export const closeJudges = close;

/** What reading a letter takes besides the letter. */
export interface Reading {
  readonly ours: Ours;
  readonly prove: Prove;
  readonly judge: (parts: readonly Part[]) => Promise<readonly Verdict[]>;
  /** What files of operators must not hold; left out where nothing is answered. */
  readonly secrets?: FileSecrets;
}

/** What an accepted archive holds, for people; null for everything else. */
function holdings({ inside }: Verdict): string | null {
  if (inside.length === 0) return null;
  const named = inside
    .slice(0, HOLDINGS_NAMED)
    .map(({ name, width, height }) => `${name} ${width ?? '?'}×${height ?? '?'}`);
  const more = inside.length > named.length ? [`${inside.length - named.length} more`] : [];
  return `holds ${[...named, ...more].join(', ')}`;
}

const HOLDINGS_NAMED = 10;

/** Fields that only kvitok may write; in a letter from outside they are somebody's try to speak for it. */
const OURS = /^x-kvitok-/i;

function withoutOurMarks(message: Message): Message {
  if (!message.fields.all.some(({ name }) => OURS.test(name))) return message;
  const fields = fieldsOf(message.fields.all.filter(({ name }) => !OURS.test(name)));
  const defects = [
    ...message.defects,
    { code: 'own-field-removed', detail: 'a field that only kvitok may write was removed' },
  ];
  return { ...message, fields, defects };
}

/** Finds out who wrote a letter, how it came, and what stands for the writer. */
async function written(
  read: Message,
  prove: (message: Message) => Promise<SenderProof>,
  ours: Ours,
): Promise<{ readonly message: Message; readonly via: Via | null; readonly proof: SenderProof }> {
  const grouped = throughGroup(read, ours);
  if (grouped) return { ...grouped, proof: await prove(grouped.message) };
  const ofSender = await prove(read);
  const sender = senderOf(read);
  const server = sender === null ? null : (ours.forms.get(sender) ?? null);
  const believed = server === null ? ofSender.result === 'pass' : cameBy(read.fields, server);
  const found = writtenFor(read, ours, believed);
  if (found === null) return { message: read, via: null, proof: ofSender };
  // what stands for the sender says nothing of whom its letter names; that From is forged says something of the letter
  const forged = ofSender.result === 'fail' && found.via.kind !== 'form';
  return { ...found, proof: forged ? ofSender : none(`${found.via.sender} only names the writer in Reply-To`) };
}

/** Decodes and classifies a letter. A broken letter gives defects, not errors. */
export async function prepare(
  { raw, envelope, receivedAt, oversize, silent }: Raw,
  { ours, prove, judge, secrets }: Reading,
): Promise<Letter> {
  const read = withoutOurMarks(await secondOpinion(raw, decode(raw)));
  const { message, via, proof } = await written(read, (one) => prove(raw, one, envelope), ours);
  const classification = classify({ message, envelope, via }, ours);
  const byOperator = secrets && message.from.some(({ address }) => secrets.people.includes(identity(address) ?? ''));
  return {
    receivedAt,
    envelope,
    message,
    classification,
    via,
    proof,
    report: classification.kind === 'delivery-report' ? readReport(message, envelope) : null,
    attachments: (await judge(message.parts)).map((verdict, i) => ({
      ...verdict,
      detail: verdict.detail ?? holdings(verdict),
      contentType: message.parts[i]?.contentType ?? '',
      ...(byOperator && fileHoldsSecret(message.parts[i]!, verdict.type, secrets) ? { holdsSecret: true } : {}),
    })),
    oversize,
    silent,
  };
}

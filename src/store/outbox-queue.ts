// Letters are put into the outbox here, in the transaction that decided them; nothing is sent.

import type { Kysely } from 'kysely';
import type { OutgoingKind } from '../desk/outgoing.ts';
import type { Language } from '../desk/tickets.ts';
import { identity } from '../mail/address.ts';
import { folded } from '../mail/folded.ts';
import { prepared } from './prepared.ts';
import type { OutboxTable, Tables } from './schema.ts';

interface Person {
  readonly name: string;
  readonly address: string;
}

/** A part of a stored letter that goes along with a letter of ours. */
export interface SentFile {
  readonly letter: number;
  /** Its place in the structure of that letter. */
  readonly path: string;
  readonly filename: string;
}

/** What a template needs and the headers of the letter, fixed when it is written. */
export interface OutgoingModel {
  readonly to: Person;
  readonly cc?: readonly Person[];
  /** Who gets it, of those above, where the others have it already. */
  readonly only?: readonly string[];
  /** Display name of From; the desk's where there is none. */
  readonly from?: string;
  readonly language: Language;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** The signed address that an answer goes to; null where answers go to the support address. */
  readonly replyTo: string | null;
  /** Files of the letter it answers; `refused` is a code of src/attachments/reasons.ts. */
  readonly files?: readonly { readonly name: string; readonly refused: string | null }[];
  /** What the template says besides what every letter knows. */
  readonly values?: Readonly<Record<string, unknown>>;
  readonly attach?: readonly SentFile[];
  /** Whether its reader can ask for no more of them (RFC 2369). */
  readonly unsubscribe?: boolean;
}

/** A letter to be queued. */
export interface Outgoing {
  /** What must not be sent twice has one of these. */
  readonly dedupKey: string;
  readonly messageId: string;
  readonly kind: OutgoingKind;
  /** Which template of the kind. */
  readonly form: string;
  readonly ticket: number | null;
  /** The letter it answers. */
  readonly letter: number | null;
  /** The entry it tells of, or is. */
  readonly entry: number | null;
  /** Normalised address of the first recipient. */
  readonly recipient: string;
  readonly model: OutgoingModel;
  readonly now: number;
  /** Not sent before then; default at once. */
  readonly notBefore?: number;
}

/** The addresses that a letter goes to. */
export const addresseesOf = ({ to, cc = [], only }: Pick<OutgoingModel, 'to' | 'cc' | 'only'>): readonly string[] =>
  only ?? [to, ...cc].map(({ address }) => address);

/** Normalised addresses that a row of the outbox goes to; of a letter whose words were erased, the first of them. */
export function readersOf({ recipient, model }: Pick<OutboxTable, 'recipient' | 'model'>): readonly string[] {
  const { to, ...more } = JSON.parse(model) as Partial<OutgoingModel>;
  if (!to) return [recipient];
  return addresseesOf({ to, ...more }).map((address) => identity(address) ?? address);
}

/** How the `dedupKey` of a letter begins that brings an earlier one to those who did not get it then. */
export const REST = 'rest:';

/** Queues a letter; a second one with the same `dedupKey` is the first one. */
export async function queueLetter(trx: Kysely<Tables>, letter: Outgoing): Promise<void> {
  await insert(trx, {
    dedup_key: letter.dedupKey,
    message_id: letter.messageId,
    kind: letter.kind,
    form: letter.form,
    ticket_id: letter.ticket,
    letter_id: letter.letter,
    entry_id: letter.entry,
    recipient: letter.recipient,
    recipient_domain: letter.recipient.slice(letter.recipient.lastIndexOf('@') + 1),
    counted_as: folded(letter.recipient),
    model: JSON.stringify(letter.model),
    state: 'queued',
    attempts: 0,
    not_before: letter.notBefore ?? letter.now,
    created_at: letter.now,
  });
}

type Queued = Omit<
  OutboxTable,
  'id' | 'lease_owner' | 'lease_until' | 'last_error' | 'doubtful_since' | 'composed' | 'settled_at'
>;

const insert = prepared((db, row: Queued) =>
  db
    .insertInto('outbox')
    .values(row)
    .onConflict((conflict) => conflict.column('dedup_key').doNothing()),
);

/** Whether a letter with this `dedupKey` was ever queued. */
export async function isQueued(db: Kysely<Tables>, dedupKey: string): Promise<boolean> {
  const row = await db.selectFrom('outbox').select('id').where('dedup_key', '=', dedupKey).executeTakeFirst();
  return row !== undefined;
}

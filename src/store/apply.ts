// Carries a decision out: every change and every letter back of one letter, inside the transaction that is handed in.
// Nothing is sent here; an outbox row is.

import type { Kysely } from 'kysely';
import type { AttachmentFacts, Change, Decision, EntryFacts, Response, TicketRef } from '../decide/decision.ts';
import { ticketNumber } from '../thread/damm.ts';
import { queueAcknowledgement } from './outbox.ts';
import type { Tables } from './schema.ts';
import { indexEntry } from './search.ts';

export interface Applied {
  readonly ticket: number | null;
  /** Outbox rows written, for the nudge after the commit. */
  readonly queued: number;
}

/** What `apply` knows besides the decision. `messageIdFor` makes a Message-ID for a letter of ours. */
export interface ApplyContext {
  readonly letter: number;
  readonly now: number;
  readonly messageIdFor: (kind: string, ticket: string) => string;
  /** The signed address for answers to an entry, for one person; null where the mailbox takes no subaddresses. */
  readonly replyAddressFor: (ticket: number, entry: number, identity: string) => string | null;
}

/** Applies a decision. Throws where the database does; the caller's transaction then undoes all of it. */
export async function apply(trx: Kysely<Tables>, decision: Decision, context: ApplyContext): Promise<Applied> {
  const work = new Work(trx, context);
  for (const change of decision.changes) await work.change(change);
  for (const response of decision.responses) await work.respond(response);
  return { ticket: work.ticket, queued: decision.responses.length };
}

/** The state that one application carries: which ticket `opened` means. */
class Work {
  readonly #trx: Kysely<Tables>;
  readonly #context: ApplyContext;
  ticket: number | null = null;
  #entry = 0;

  constructor(trx: Kysely<Tables>, context: ApplyContext) {
    this.#trx = trx;
    this.#context = context;
  }

  async change(change: Change): Promise<void> {
    switch (change.kind) {
      case 'open-ticket':
        return this.#open(change);
      case 'append-entry':
        return this.#append(this.#idOf(change.ticket), change.entry);
      case 'move-ticket':
        return this.#move(change.ticket, change.from, change.to);
      case 'add-participant':
        await this.#trx
          .insertInto('participants')
          .values({
            ticket_id: this.#idOf(change.ticket),
            address: change.address,
            name: change.name,
            because: change.because,
            since: this.#context.now,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return;
      case 'remember-message-id':
        return rememberMessageId(this.#trx, this.#idOf(change.ticket), change.messageId, false);
      case 'suspend-address':
        await this.#trx
          .insertInto('suspensions')
          .values({ address: change.address, because: change.because, since: this.#context.now })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return;
      case 'lift-suspension':
        await this.#trx.deleteFrom('suspensions').where('address', '=', change.address).execute();
        return;
      default:
        change satisfies never;
    }
  }

  async respond(response: Response): Promise<void> {
    const ticket = this.#idOf(response.ticket);
    const messageId = this.#context.messageIdFor('ack', ticketNumber(ticket));
    await rememberMessageId(this.#trx, ticket, messageId, true);
    const replyTo = this.#context.replyAddressFor(ticket, this.#entry, response.to.identity);
    await queueAcknowledgement(this.#trx, response, { ...this.#context, ticket, messageId, replyTo });
  }

  #idOf(ref: TicketRef): number {
    const id = ref === 'opened' ? this.ticket : ref;
    if (id === null) throw new Error('a decision refers to the ticket it opens before opening it');
    this.ticket = id;
    return id;
  }

  async #open(change: Extract<Change, { kind: 'open-ticket' }>): Promise<void> {
    const last = await this.#trx
      .selectFrom('tickets')
      .select((t) => t.fn.max('id').as('id'))
      .executeTakeFirst();
    const id = (last?.id ?? FIRST_TICKET - 1) + 1;
    await this.#trx
      .insertInto('tickets')
      .values({
        id,
        number: ticketNumber(id),
        state: 'new',
        subject: change.subject,
        requester: change.requester,
        requester_name: change.requesterName,
        language: change.language,
        related_to: change.relatedTo,
        merged_into: null,
        opened_at: change.at,
        state_since: this.#context.now,
        changed_at: this.#context.now,
      })
      .execute();
    this.ticket = id;
  }

  async #append(ticket: number, entry: EntryFacts): Promise<void> {
    const row = await this.#trx
      .insertInto('entries')
      .values({
        ticket_id: ticket,
        letter_id: this.#context.letter,
        kind: entry.kind,
        author: entry.author,
        author_name: entry.authorName,
        at: entry.at,
        subject: entry.subject,
        reply: entry.reply,
        quoted: entry.quoted,
        proof: entry.proof,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    this.#entry = row.id;
    for (const file of entry.attachments) await this.#attach(row.id, file);
    await indexEntry(this.#trx, row.id, searchedText(ticket, entry));
    await this.#trx.updateTable('tickets').set({ changed_at: this.#context.now }).where('id', '=', ticket).execute();
  }

  async #attach(entry: number, file: AttachmentFacts): Promise<void> {
    await this.#trx
      .insertInto('attachments')
      .values({
        entry_id: entry,
        letter_id: this.#context.letter,
        path: file.path,
        filename: file.filename,
        content_type: file.contentType,
        size: file.size,
        sha256: file.sha256,
        type: file.type,
        verdict: file.verdict,
        reason: file.reason,
        detail: file.detail,
        inlined: file.inlined ? 1 : 0,
      })
      .execute();
  }

  /** Compare and set: a ticket that is no longer in the state the decision saw fails the transaction, and the letter is decided again. */
  async #move(ticket: number, from: Tables['tickets']['state'], to: Tables['tickets']['state']): Promise<void> {
    const done = await this.#trx
      .updateTable('tickets')
      .set({ state: to, state_since: this.#context.now, changed_at: this.#context.now })
      .where('id', '=', ticket)
      .where('state', '=', from)
      .executeTakeFirst();
    if (done.numUpdatedRows !== 1n) throw new Error(`ticket ${ticket} is no longer ${from}`);
  }
}

/** What a search finds an entry by. */
export function searchedText(
  ticket: number,
  entry: Pick<EntryFacts, 'subject' | 'authorName' | 'author' | 'reply'>,
): string {
  return [ticketNumber(ticket), entry.subject, entry.authorName, entry.author, entry.reply].join('\n');
}

/** The first number a desk gives is 10008: shorter ones are too easily something else. */
const FIRST_TICKET = 1000;

async function rememberMessageId(trx: Kysely<Tables>, ticket: number, messageId: string, ours: boolean): Promise<void> {
  await trx
    .insertInto('message_ids')
    .values({ message_id: messageId, ticket_id: ticket, ours: ours ? 1 : 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

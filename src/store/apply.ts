// Carries a decision out: every change and every letter back of one letter, inside the transaction that is handed in.
// Nothing is sent here; an outbox row is.

import type { Kysely } from 'kysely';
import type { Change, Decision, Response, TicketRef } from '../decide/decision.ts';
import type { Timetable } from '../desk/timetable.ts';
import { unsubscribe } from './announcements.ts';
import { appendEntry } from './apply/append-entry.ts';
import { ask } from './apply/ask.ts';
import { changeTicket } from './apply/change-ticket.ts';
import { noteRequest } from './apply/note-request.ts';
import { openTicket } from './apply/open-ticket.ts';
import type { Marking } from './apply/place.ts';
import { respond } from './apply/respond.ts';
import { splitTicket } from './apply/split-ticket.ts';
import { transcribe } from './apply/transcribe.ts';
import { startClock, stopAnswered } from './clocks.ts';
import { rememberMessageId } from './message-ids.ts';
import { prepared } from './prepared.ts';
import { recordRating } from './ratings.ts';
import type { ParticipantsTable, Tables } from './schema.ts';
import type { Stemmed } from './search.ts';
import { confirmLetter, giveLetterUp, releaseLetter } from './set-aside.ts';

export interface Applied {
  readonly ticket: number | null;
  /** Outbox rows written, for the nudge after the commit. */
  readonly queued: number;
}

/** What `apply` knows besides the decision. */
export interface ApplyContext extends Marking {
  /** The letter that is dealt with; null where time or a server brings the change. */
  readonly letter: number | null;
  readonly now: number;
  readonly timetable: Timetable;
  /** Stems of the reply, where they were made while the letter was read. */
  readonly stemmed?: Stemmed | undefined;
}

/** Applies a decision. Throws where the database does; the caller's transaction then undoes all of it. */
export async function apply(
  trx: Kysely<Tables>,
  decision: Pick<Decision, 'changes' | 'responses'>,
  context: ApplyContext,
): Promise<Applied> {
  const work = new Work(trx, context);
  const isMove = ({ kind }: Change) => kind === 'move-ticket';
  for (const change of decision.changes) if (!isMove(change)) await work.change(change);
  for (const response of decision.responses) await work.respond(response);
  // last, for the clocks of a ticket that is closed by an answer stand when that has left
  for (const change of decision.changes) if (isMove(change)) await work.change(change);
  return { ticket: work.ticket, queued: decision.responses.length };
}

/** The state that one application carries: which ticket `opened` means. */
class Work {
  readonly #trx: Kysely<Tables>;
  readonly #context: ApplyContext;
  ticket: number | null = null;
  #entry = 0;
  /** The note or call that was appended last; an answer of the same letter comes after it. */
  #noted = 0;
  /** The ticket that was made of a letter, and that letter's entry. */
  #split: { readonly ticket: number; readonly entry: number } | null = null;

  constructor(trx: Kysely<Tables>, context: ApplyContext) {
    this.#trx = trx;
    this.#context = context;
  }

  async change(change: Change): Promise<void> {
    const trx = this.#trx;
    const { letter, now, stemmed } = this.#context;
    switch (change.kind) {
      case 'open-ticket':
        this.ticket = await openTicket(trx, change, now);
        return;
      case 'note-request':
        return noteRequest(trx, this.#idOf(change.ticket), change);
      case 'append-entry':
        this.#entry = await appendEntry(
          trx,
          this.#idOf(change.ticket),
          change.entry,
          change.apart ? null : letter,
          now,
          stemmed,
        );
        if (change.entry.kind === 'note' || change.entry.kind === 'phone') this.#noted = this.#entry;
        return;
      case 'start-clock':
        return startClock(trx, this.#idOf(change.ticket), this.#entry, change);
      case 'stop-clocks':
        return stopAnswered(trx, change.ticket, this.#entry, change.at, change.at);
      case 'add-participant':
        await addParticipant(trx, {
          ticket_id: this.#idOf(change.ticket),
          address: change.address,
          name: change.name,
          because: change.because,
          since: now,
        });
        return;
      case 'remember-message-id':
        return rememberMessageId(trx, this.#idOf(change.ticket), change.messageId, false);
      case 'split':
        this.#split = { ticket: await splitTicket(trx, change, this.#context), entry: change.entry };
        return;
      case 'rate':
        await recordRating(trx, change.ticket, change.mark, 'by letter', now, letter);
        return;
      case 'suspend-address':
        await trx
          .insertInto('suspensions')
          .values({ address: change.address, because: change.because, since: now })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
        return;
      case 'unsubscribe':
        return unsubscribe(trx, change.address, now);
      case 'lift-suspension':
        await trx.deleteFrom('suspensions').where('address', '=', change.address).execute();
        return;
      case 'confirm-letter':
        return confirmLetter(trx, change, now);
      case 'release-letter':
        await releaseLetter(trx, change, now);
        return;
      case 'give-letter-up':
        return giveLetterUp(trx, change.letter, change.because);
      default:
        return changeTicket(trx, change, this.#context);
    }
  }

  async respond(response: Response): Promise<void> {
    const { letter, now } = this.#context;
    if (response.kind === 'question') {
      if (letter === null) throw new Error('a question is about a letter');
      if (response.ticket !== null) this.ticket = response.ticket;
      return ask(this.#trx, response, { letter, now }, this.#context);
    }
    if (response.kind === 'transcript') {
      const ticket = response.ticket === null ? null : this.#idOf(response.ticket);
      return transcribe(this.#trx, response, { ticket, letter, now }, this.#context);
    }
    const split = response.ticket === 'split' ? this.#split : null;
    const entry = response.kind === 'notification' && response.form === 'note' ? this.#noted : this.#entry;
    const place = { ticket: this.#idOf(response.ticket), entry: split?.entry ?? entry, letter, now };
    await respond(this.#trx, response, place, this.#context);
  }

  #idOf(ref: TicketRef): number {
    const id = ref === 'opened' ? this.ticket : ref === 'split' ? (this.#split?.ticket ?? null) : ref;
    if (id === null) throw new Error('a decision refers to the ticket it opens before opening it');
    if (ref !== 'split') this.ticket = id;
    return id;
  }
}

const addParticipant = prepared((db, row: ParticipantsTable) =>
  db
    .insertInto('participants')
    .values(row)
    .onConflict((conflict) => conflict.doNothing()),
);

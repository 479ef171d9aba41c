// What a letter can do, as data: the whole list of changes and of letters back. Made by decide/, carried out by the store.

import type { AnswerForm } from '../desk/commands/carry-out.ts';
import type { CommandChange } from '../desk/commands/change.ts';
import type { LevelChoice } from '../desk/level.ts';
import type { Stars } from '../desk/rating.ts';
import type { CategoryName } from '../desk/request/category.ts';
import type { RequestFacts } from '../desk/request/facts.ts';
import type { Critical, Language } from '../desk/tickets.ts';
import type { ClockTimes } from '../desk/timetable.ts';
import type { Mailbox } from '../mail/address.ts';
import type { Defect } from '../mail/message.ts';

/** The one thing that became of a letter. Every letter ever kept ends in exactly one of these. */
export type Disposition =
  | 'opened'
  | 'appended'
  /** An operator's letter that steers the desk and says nothing to a customer. */
  | 'command'
  /** Words to a digest, an alarm or another notice of kvitok: held, and their writer asked. */
  | 'answers-notice'
  /** Sent past kvitok, and no answer on a ticket. */
  | 'elsewhere'
  | 'automatic'
  | 'bounce'
  | 'own'
  | 'duplicate'
  | 'quarantined';

/**
 * Why a letter is set aside: on no ticket, or in nobody's hands. `failed`: it could not be handled; `unproven`: from an
 * operator's address without proof, and he was asked; `unasked`: the same, and nobody was; `held`: an operator's answer;
 * `given-up`: whoever was asked wants it no more; `automatic`: no person wrote it; `own`: we did.
 */
export type Aside = 'failed' | 'unproven' | 'unasked' | 'held' | 'given-up' | 'automatic' | 'own';

/** A ticket by its id, the one that this decision opens, or the one that it makes of a letter of another ticket. */
export type TicketRef = number | 'opened' | 'split';

export interface AttachmentFacts {
  readonly path: string;
  /** Cleaned, with the extension of its content; to be shown, never a path of ours. */
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: string;
  /** What it is by its content. */
  readonly type: string | null;
  readonly verdict: 'accepted' | 'rejected' | 'unchecked';
  readonly reason: string | null;
  readonly detail: string | null;
  /** A logo or a part that a mail program added: nothing that the writer would call a file he sent. */
  readonly inlined: boolean;
  /** A small picture shown in the text: a logo where it came with earlier letters. */
  readonly logoSized?: boolean;
  /** A text that names people or signed addresses of the desk; looked for in files of operators alone. */
  readonly holdsSecret?: true;
}

export interface EntryFacts {
  /**
   * Customers see `customer`, `thanks` (nothing but thanks to a resolved ticket) and `answer`. The rest is the desk's own:
   * `system` is a notice of kvitok.
   */
  readonly kind: 'customer' | 'thanks' | 'answer' | 'note' | 'phone' | 'rating' | 'automatic' | 'bounce' | 'system';
  readonly author: string;
  readonly authorName: string;
  /** When the letter reached us, epoch milliseconds. */
  readonly at: number;
  readonly subject: string;
  readonly reply: string;
  readonly quoted: string;
  /** What stands for the sender, for people. */
  readonly proof: string;
  /** Who else stood in To and Cc of a customer's letter. */
  readonly copied?: readonly Mailbox[];
  readonly attachments: readonly AttachmentFacts[];
}

export type Change =
  | {
      readonly kind: 'open-ticket';
      readonly subject: string;
      readonly requester: string;
      readonly requesterName: string;
      readonly language: Language;
      readonly relatedTo: number | null;
      /** Id in the client register; null where it does not know the requester. */
      readonly client: number | null;
      readonly level: LevelChoice;
      readonly at: number;
      /** Whether the words of the letter speak for going before the queue. */
      readonly critical: Exclude<Critical, 'yes'>;
    }
  /** What a letter says of the request, added to what earlier ones said. */
  | {
      readonly kind: 'note-request';
      readonly ticket: TicketRef;
      readonly facts: RequestFacts;
      readonly category: CategoryName | null;
    }
  /** `apart`: beside the entry that the letter itself becomes, and without its files. */
  | { readonly kind: 'append-entry'; readonly ticket: TicketRef; readonly entry: EntryFacts; readonly apart?: true }
  /** The entry that was appended last waits for the desk's answer. */
  | ({ readonly kind: 'start-clock'; readonly ticket: TicketRef } & ClockTimes)
  | {
      readonly kind: 'add-participant';
      readonly ticket: TicketRef;
      readonly address: string;
      readonly name: string;
      readonly because: string;
    }
  /** The entry that was appended last answers what came before `at`, epoch milliseconds. */
  | { readonly kind: 'stop-clocks'; readonly ticket: number; readonly at: number }
  /** A customer's mark for the solution, 1 to 5. */
  | { readonly kind: 'rate'; readonly ticket: number; readonly mark: Stars }
  /** No letter of ours reaches the address any more; lifted by a letter from it. */
  | { readonly kind: 'suspend-address'; readonly address: string; readonly because: string }
  /** No more announcements to this address. */
  | { readonly kind: 'unsubscribe'; readonly address: string }
  | { readonly kind: 'lift-suspension'; readonly address: string }
  | { readonly kind: 'remember-message-id'; readonly ticket: TicketRef; readonly messageId: string }
  /** A letter that was set aside is dealt with again; `by` stands for it, who had read the ticket up to `entry`. */
  | { readonly kind: 'confirm-letter'; readonly letter: number; readonly by: string; readonly entry: number }
  /** A letter that was set aside stays so: nobody asks about it any more. */
  | { readonly kind: 'give-letter-up'; readonly letter: number; readonly because: string }
  | CommandChange;

/** Address and display name of one mailbox, and the form that all spellings of the address share. */
export interface Addressee {
  readonly name: string;
  readonly address: string;
  readonly identity: string;
}

/** What letters back have that answer one. */
interface Addressed {
  readonly to: Addressee;
  readonly language: Language;
  /** Message-ID of the letter it answers, and the thread before it. */
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
}

/**
 * A letter back. `full` for a new ticket, `brief` for a letter to one that is there. `gathered`: the number of a new ticket is
 * told at the end of the hour, with those of others of this address.
 */
export interface Acknowledgement extends Addressed {
  readonly kind: 'acknowledgement';
  readonly form: 'full' | 'brief' | 'oversize' | 'rating' | 'gathered';
  readonly ticket: TicketRef;
  /** The files of the letter with what became of them. */
  readonly files: readonly { readonly name: string; readonly refused: string | null }[];
  /** What its template says besides. */
  readonly values: Readonly<Record<string, string | boolean | null | readonly string[]>>;
}

/** What an operator wrote, to the people of a ticket; its text is that of the entry which was just appended. */
export interface Answer extends Addressed {
  readonly kind: 'answer';
  readonly form: AnswerForm;
  readonly ticket: TicketRef;
  readonly cc: readonly Addressee[];
  /** Shown as the sender: the operator's display name, never the address; null for what the desk itself says. */
  readonly from: string | null;
  readonly subject: string;
  /** Parts of the operator's letter that go along. */
  readonly files: readonly { readonly path: string; readonly filename: string }[];
  /** How long it waits before it leaves, milliseconds. */
  readonly holdMs: number;
}

/** Tells an operator what became of each command of a letter. `held`: of none, and nothing went to the customer. */
export interface Transcript extends Addressed {
  readonly kind: 'transcript';
  readonly form: 'done' | 'held';
  /** Null where the letter belongs to none. */
  readonly ticket: TicketRef | null;
  /** The newest entry that the operator has read; 0 where it is not known. */
  readonly entry: number;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Asks an operator about a letter that is set aside. */
export interface Question extends Addressed {
  readonly kind: 'question';
  /** `waiting`: about this letter together with others of his, in one list. */
  readonly form: 'held' | 'unproven' | 'unclear' | 'waiting';
  /** Not sent before then; left out: at once. */
  readonly notBefore?: number;
  /** Null where it is about none. */
  readonly ticket: number | null;
  /** The letter that it is about; null for the one that is decided on. */
  readonly held: number | null;
  /** The newest entry of the ticket at that moment; 0 where there is none. */
  readonly entry: number;
  /** Files that may not go along, and the codes of why. */
  readonly files?: readonly { readonly name: string; readonly refused: string }[];
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * News for an operator: what a customer wrote (`letter`), a low mark (`rating`), what another operator answered (`answer`) or
 * noted (`note`), or that the ticket is his now (`assignment`).
 * `access`: what is covered in all of these, for the one who asked.
 * `gathered`: one of the first or the last that is told at the end of the hour, with whatever waits then.
 */
export interface Notification {
  readonly kind: 'notification';
  readonly form: 'letter' | 'answer' | 'rating' | 'handover' | 'assignment' | 'note' | 'access' | 'gathered';
  readonly ticket: TicketRef;
  /** The entry that is told of; left out: the one that the letter becomes, of a note the note that it holds. */
  readonly entry?: number;
  readonly to: Addressee;
  /** The desk's own. */
  readonly language: Language;
}

/** Tells an operator that an answer did not arrive as it should. */
export interface Failure {
  readonly kind: 'failure';
  readonly form: 'answer';
  readonly ticket: number;
  readonly to: Addressee;
  readonly language: Language;
  /** Number of the answer in the outbox: of each end it is told once. */
  readonly outbox: number;
  readonly values: {
    /**
     * `failed`: nobody got it; `partly`: some did not; `unknown`: nobody knows; `twice`: it may have arrived twice;
     * `unverified`: an unproven report says that some did not get it.
     */
    readonly how: AnswerEnd;
    readonly subject: string;
    /** Who did not get it, or may not have. */
    readonly people: readonly string[];
    /** What the server said. */
    readonly reason: string;
    /** How the answer begins. */
    readonly text: string;
  };
}

export type AnswerEnd = 'failed' | 'partly' | 'unknown' | 'twice' | 'unverified';

export type Response = Acknowledgement | Answer | Failure | Notification | Question | Transcript;

export interface Decision {
  readonly disposition: Disposition;
  /** For people: why this became of it. */
  readonly because: string;
  readonly changes: readonly Change[];
  readonly responses: readonly Response[];
  /** Why there is no acknowledgement; null where there is one. */
  readonly silence: string | null;
  /** Why it is set aside, where the disposition alone does not say it. */
  readonly aside?: Aside;
  /** Something that people should look at: a line of the log that is counted. */
  readonly alarm?: 'operator-unproven';
}

/** One step of the way of a letter, for `kvitok why`. */
export interface Step {
  readonly step: 'decode' | 'classify' | 'prove' | 'thread' | 'operator' | 'decide' | 'acknowledge' | 'recode';
  readonly what: string;
  readonly defects?: readonly Defect[];
}

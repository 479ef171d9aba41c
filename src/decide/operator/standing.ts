// What stands for a letter whose From is an operator's address: which letters of ours, written to this operator, it answers,
// and what the store knows of the ticket they are about.

import { type Known, NOTHING_KNOWN } from '../../desk/commands/known.ts';
import type { Operator } from '../../desk/operators.ts';
import { isOutgoingKind, OUTGOING, type OutgoingKind } from '../../desk/outgoing.ts';
import type { Ticket } from '../../desk/tickets.ts';
import type { Mailbox } from '../../mail/address.ts';
import type { ThreadKey } from '../../thread/keys.ts';
import { personMark } from '../../thread/reply-address.ts';
import type { SigningKeys } from '../../thread/signing.ts';

/** A letter of ours as the outbox knows it. */
export interface SentByUs {
  readonly kind: OutgoingKind;
  /** Normalised address of the first recipient. */
  readonly recipient: string;
  readonly ticket: number | null;
  /** The newest entry its reader knew of. */
  readonly entry: number | null;
  readonly letter: number | null;
  /** For a question about several letters: all of them. */
  readonly letters: readonly number[];
}

/** A letter of ours to the operator, which this letter answers: something that nobody else can know. */
export interface DeskToken {
  readonly by: 'reply-address' | 'our-message-id';
  readonly ticket: number | null;
  /** What kind of letter it is; null where only its signed address is known. */
  readonly kind: OutgoingKind | null;
  /** The newest entry of the ticket that the operator had before him; 0 where it is not known. */
  readonly entry: number;
  /** For a question about a letter that is held: that letter. */
  readonly held: number | null;
  /** All letters that the question is about. */
  readonly asks: readonly number[];
}

/** One thing said in a ticket. */
export interface Said {
  readonly entry: number;
  readonly kind: string;
  readonly author: string;
  readonly authorName: string;
  readonly text: string;
  /** History below it, where somebody outside wrote the entry. */
  readonly quoted: string;
}

const VISIBLE: ReadonlySet<string> = new Set(['customer', 'thanks', 'answer']);

/** Whether customers never see an entry of this kind. */
export const isInternal = ({ kind }: Said): boolean => !VISIBLE.has(kind);

const BY_DESK: ReadonlySet<string> = new Set(['answer', 'note', 'phone', 'system']);

/** Whether people of the desk, or kvitok itself, wrote it. */
export const isByDesk = ({ kind }: Said): boolean => BY_DESK.has(kind);

/** A ticket as an answer to it needs it. */
export interface Conversation {
  readonly ticket: Ticket;
  /** Everybody who may write to it, with display names; the requester first. */
  readonly people: readonly Mailbox[];
  /** What was said lately, oldest first. */
  readonly said: readonly Said[];
  /** What was noted lately on other tickets, for the desk alone. */
  readonly notesElsewhere: readonly string[];
  /** Message-IDs of what customers wrote and got, oldest first, up to the customer's last letter. */
  readonly thread: readonly string[];
}

/** What an operator who was asked often enough is told in one letter. */
export interface WaitingList {
  /** Letters from his address that nothing proves, without the one that is decided on; oldest first. */
  readonly waiting: readonly number[];
  /** How many letters the list names that has not left yet; null where none waits to leave. */
  readonly queued: number | null;
  /** When the last one left or was to leave, epoch milliseconds. */
  readonly lastAt: number | null;
}

const NO_LIST: WaitingList = { waiting: [], queued: null, lastAt: null };

export interface DeskStanding {
  readonly operator: Operator;
  /** By weight: signed addresses first, then our Message-IDs, newest first. */
  readonly tokens: readonly DeskToken[];
  /** The operator stood for this letter when he was asked, having read the ticket up to `entry`. */
  readonly confirmed: { readonly entry: number } | null;
  /** Letters that the first token asks about, and that still wait. */
  readonly asksAbout: readonly number[];
  /** Every ticket that a token or the subject names. */
  readonly named: readonly Ticket[];
  /** The ticket that the first token is about, or that a confirmed letter names. */
  readonly conversation: Conversation | null;
  /** How often this operator was asked within the hour whether he wrote a letter. */
  readonly asked: number;
  /** The same within the day. */
  readonly askedToday: number;
  /** The list of letters of his that wait, as far as it was written. */
  readonly list: WaitingList;
  /** How many transcripts this operator got within the hour. */
  readonly transcripts: number;
  /** What was looked up for the commands of the letter. */
  readonly known: Known;
  /** What the desk signs with, so that nothing signed gets into an answer; null where nothing is sent. */
  readonly signing: SigningKeys | null;
}

/** An operator's letter of whose ticket nothing is known. */
export const knownToNobody = (operator: Operator): DeskStanding => ({
  operator,
  tokens: [],
  confirmed: null,
  asksAbout: [],
  named: [],
  conversation: null,
  asked: 0,
  askedToday: 0,
  list: NO_LIST,
  transcripts: 0,
  known: NOTHING_KNOWN,
  signing: null,
});

/** What the outbox knows of the keys of one letter. */
export interface DeskHits {
  readonly sent: ReadonlyMap<string, SentByUs>;
  /** By the letter that is held: what its newest question to the operator says. */
  readonly questions: ReadonlyMap<number, SentByUs>;
}

/**
 * The tokens of a letter that were written to this operator. An address was signed for one person, a Message-ID stands in
 * the outbox with its recipient; a key signed by nobody we believe is none.
 */
export function deskTokens(keys: readonly ThreadKey[], hits: DeskHits, operator: string): readonly DeskToken[] {
  const person = personMark(operator);
  const addresses = keys.flatMap((key): DeskToken[] => {
    if (key.kind !== 'reply-address' || key.token.person !== person || key.token.reader === 'customer') return [];
    const { reader, about, ticket } = key.token;
    const question = reader === 'asked' ? hits.questions.get(about) : undefined;
    if (reader === 'asked' && !question) return [];
    return [
      {
        by: 'reply-address',
        kind: question ? 'question' : null,
        ticket: ticket === 0 ? null : ticket,
        entry: question ? (question.entry ?? 0) : about,
        held: question ? about : null,
        asks: question ? asksOf(question) : [],
      },
    ];
  });
  const ids = keys.flatMap((key): DeskToken[] => {
    if (key.kind !== 'message-id' || key.own === null || !isForDesk(key.own.kind)) return [];
    const sent = hits.sent.get(key.messageId);
    if (!sent || sent.recipient !== operator || !isForDesk(sent.kind)) return [];
    const held = sent.kind === 'question' ? sent.letter : null;
    const asks = held === null ? [] : asksOf(sent);
    return [{ by: 'our-message-id', kind: sent.kind, ticket: sent.ticket, entry: sent.entry ?? 0, held, asks }];
  });
  return [...addresses, ...ids];
}

const asksOf = ({ letter, letters }: SentByUs): readonly number[] =>
  letters.length > 0 ? letters : letter === null ? [] : [letter];

const isForDesk = (kind: string) => isOutgoingKind(kind) && OUTGOING[kind].reader === 'desk';

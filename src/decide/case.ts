// Everything a decision on a letter may look at, gathered before it: the letter, what the store knows, the desk's rules.

import type { Report } from '../classify/delivery-report.ts';
import type { PassedOn } from '../decode/passed-on.ts';
import type { Client } from '../desk/clients/client.ts';
import type { ReadyAnswers } from '../desk/commands/ready-answers.ts';
import type { LevelRules } from '../desk/level.ts';
import type { Operator } from '../desk/operators.ts';
import type { CategoryWords } from '../desk/request/category.ts';
import type { Language } from '../desk/tickets.ts';
import type { Timetable } from '../desk/timetable.ts';
import { identity, type Mailbox } from '../mail/address.ts';
import type { Classification } from '../mail/classification.ts';
import type { Envelope } from '../mail/envelope.ts';
import type { Message } from '../mail/message.ts';
import type { Via } from '../mail/via.ts';
import type { SenderProof } from '../proof/sender-proof.ts';
import type { ThreadMatch } from '../thread/choose.ts';
import type { AttachmentFacts } from './decision.ts';
import type { DeskStanding } from './operator/standing.ts';

/** A letter on its way, after decoding and classifying. */
export interface Letter {
  readonly receivedAt: number;
  readonly envelope: Envelope;
  readonly message: Message;
  readonly classification: Classification;
  /** How it came where From need not be its writer; null for every other letter. */
  readonly via: Via | null;
  /** Whether something stands for the From address. */
  readonly proof: SenderProof;
  /** What a delivery report says; null for every other letter. */
  readonly report: Report | null;
  readonly attachments: readonly AttachmentFacts[];
  /** Bytes the server stated for a letter over the size limit, of which only the header is here. */
  readonly oversize: number | null;
  /** Set by the source: no acknowledgement whatever the letter says, and why. */
  readonly silent: string | null;
}

/** What has been sent lately, for the limits on acknowledgements. */
export interface SentLately {
  /** Acknowledgements to this address within the last hour and day. */
  readonly toAddressHour: number;
  readonly toAddressDay: number;
  /** Acknowledgements to the domain of the address within the last hour; 0 for public mail providers. */
  readonly toDomainHour: number;
  /** Brief acknowledgements on the matched ticket within the last hour. */
  readonly onTicketHour: number;
}

export interface Rules {
  readonly language: Language;
  /** The support address, as customers know it. */
  readonly deskAddress: string;
  readonly ownAddresses: ReadonlySet<string>;
  readonly acknowledge: {
    readonly replies: boolean;
    readonly notOlderThanHours: number;
    readonly perAddressHour: number;
    readonly perAddressDay: number;
    readonly perDomainHour: number;
    /** Instead of the first two, for an address that the client register knows. */
    readonly perClientHour: number;
    readonly perClientDay: number;
  };
  /** Domains whose people share their tickets. */
  readonly companies: ReadonlySet<string>;
  /** Whether the desk's mail server states who is proven, so that an operator without a pass is not believed. */
  readonly passNeeded: boolean;
  /** How long an answer waits before it leaves, milliseconds. */
  readonly holdMs: number;
  /** After so many days a resolved ticket is not reopened, a linked one is opened; null where it always is. */
  readonly reopenDays: number | null;
  /** Notifications that an operator gets one by one within an hour. */
  readonly notificationsPerHour: number;
  /** Whether a note is sent on to the operators whom its ticket concerns. */
  readonly notesTold: boolean;
  /** The people who answer, as the configuration names them now. */
  readonly operators: readonly Operator[];
  /** Whether anybody sees what comes in; a desk of nobody promises no answer. */
  readonly staffed: boolean;
  /** Of the desk: contracts end at midnight there. */
  readonly timeZone: string;
  readonly levels: LevelRules;
  readonly requests: RequestRules;
  readonly timetable: Timetable;
  /** The desk's ready answers. */
  readonly readyAnswers: ReadyAnswers;
  /** Words that propose to take a ticket before the queue. */
  readonly criticalWords: readonly string[];
}

/** How the words of a request are read. */
export interface RequestRules {
  readonly editions: readonly string[];
  /** Whether a domain can't be the site of a customer: ours, a mail provider's, or one that the configuration names. */
  readonly isOtherSite: (domain: string) => boolean;
  readonly categories: CategoryWords;
}

/** The writer of a letter: From as one strictly valid mailbox. */
export interface Author extends Mailbox {
  /** The address in the form that all its spellings share. */
  readonly identity: string;
}

/** Who wrote a letter, or null where From holds no single valid mailbox. */
export function authorOf(message: Message): Author | null {
  const mailbox = message.author;
  const known = mailbox && identity(mailbox.address);
  return known ? { ...mailbox, identity: known } : null;
}

/** A letter that is passed on, and what the store knows of who wrote it. */
export interface OnBehalf extends Pick<Case, 'client' | 'sent' | 'suspended'> {
  readonly letter: PassedOn;
  readonly writer: Author;
}

/** An answer of ours as the outbox and its entry know it. */
export interface BouncedAnswer {
  readonly outbox: number;
  /** Normalised address of the first recipient: whose ticket it is. */
  readonly recipient: string;
  /** Normalised address of the operator who wrote it. */
  readonly writer: string;
  readonly text: string;
}

export interface SentFolder {
  /** When the customer last wrote on the matched ticket, epoch milliseconds. */
  readonly heardAt: number | null;
  /** The ticket of an answer that kvitok sent, and that its provider filed under another Message-ID. */
  readonly filedAnswerOf: number | null;
}

/** Somebody who got an announcement wants no more of them. */
export interface Unsubscribing {
  /** Normalised. */
  readonly address: string;
  /** Whether the letter holds what only a reader of that announcement can know. */
  readonly signed: boolean;
}

export interface Case {
  readonly letter: Letter;
  readonly author: Author | null;
  readonly match: ThreadMatch | null;
  /** Who asks for no more announcements; null where the letter asks for nothing of the kind. */
  readonly unsubscribes: Unsubscribing | null;
  /** When the letter of ours that this one answers left, epoch milliseconds; null where that is not known. */
  readonly answeredAt: number | null;
  /** Whose address From is, by the client register. */
  readonly client: Client | null;
  readonly sent: SentLately;
  /** Whom our letter, which a delivery report names, was sent to, normalised; nobody where we sent no such letter. */
  readonly bouncedTo: readonly string[];
  /** The answer of an operator that a delivery report is about; null for every other letter. */
  readonly bouncedAnswer: BouncedAnswer | null;
  /** Whether the author's address is suspended after a failed delivery. */
  readonly suspended: boolean;
  /** Operators (normalised addresses) who have had their notifications for this hour. */
  readonly toldEnough: ReadonlySet<string>;
  /** What stands for an operator whose address From is; null for every other writer. */
  readonly desk: DeskStanding | null;
  /** What stands for somebody who is no operator and answers what was written to him for the desk; null for everybody else. */
  readonly noticed: DeskStanding | null;
  /** A letter of a customer that an operator passes on; null for every other letter. */
  readonly passed: OnBehalf | null;
  /** Set for a letter from the desk's own folder of sent letters. */
  readonly sentFolder: SentFolder | null;
  /** Who released it as a person's letter, whatever marks it bears; null where nobody did. */
  readonly released: string | null;
  readonly rules: Rules;
  readonly now: number;
}

// The tables of kvitok.db as Kysely sees them. Instants are epoch milliseconds, UTC; truth values are 0 and 1;
// lists and traces are JSON text. docs/store.md shows them on one page.

import type { Generated } from 'kysely';
import type { Aside } from '../decide/decision.ts';
import type { ClientCategory } from '../desk/clients/client.ts';
import type { EventKind } from '../desk/events.ts';
import type { OutgoingKind } from '../desk/outgoing.ts';
import type { CategoryState, Critical, Language, Level, TicketState } from '../desk/tickets.ts';
import type {
  AnnouncementRecipientsTable,
  AnnouncementsTable,
  NoticesTable,
  UnsubscribedTable,
} from './schema-announcements.ts';

export interface LettersTable {
  /** The id the spool gave. */
  id: number;
  digest: string;
  message_id: string | null;
  received_at: number;
  attempts: number;
  lease_until: number | null;
  /** A retry waits until then. */
  not_before: number;
  error: string | null;
  /** What became of the letter; null while it is in work. */
  disposition: string | null;
  because: string | null;
  ticket_id: number | null;
  /** For duplicates: the letter it repeats. */
  same_as: number | null;
  author: string | null;
  subject: string | null;
  kind: string | null;
  rule: string | null;
  evidence: string | null;
  /** Why no acknowledgement went out; null where one did. */
  silence: string | null;
  /** The decision path, JSON. */
  path: string | null;
  dealt_at: number | null;
  /** The operator who stood for a letter that was set aside, and the newest entry of its ticket that he knew of. */
  confirmed_by: string | null;
  confirmed_entry: number | null;
  /** Why it is set aside; null where it is not. */
  aside: Aside | null;
  /** Who released it as a person's letter: normalised address of an operator, or `admin`. */
  released_by: string | null;
  /** What its top Content-* fields say; null for a letter of before this was kept. */
  read_as: string | null;
}

export interface TicketsTable {
  /** The sequence; `number` adds the check digit. */
  id: number;
  number: string;
  state: TicketState;
  subject: string;
  requester: string;
  requester_name: string;
  language: Language;
  /** Another ticket that a stranger's letter named. */
  related_to: number | null;
  merged_into: number | null;
  opened_at: number;
  state_since: number;
  changed_at: number;
  /** Level of support, and why it is this one. */
  level: Generated<Level>;
  level_because: Generated<string>;
  critical: Generated<Critical>;
  /** Normalised address of the operator whose ticket it is. */
  assignee: string | null;
  /** When the oldest unanswered letter is due; null where none waits. */
  due_at: number | null;
  /** The client of the register whose ticket it is; null where the register does not know the requester. */
  client_id: number | null;
  /** What kind of question it is (regulation §4), and whether an operator has confirmed what the words proposed. */
  category: string | null;
  category_state: CategoryState | null;
  /** What the customer said of the request (regulation §5), over all letters. */
  site: string | null;
  version: string | null;
  edition: string | null;
  steps: Generated<number>;
  several_problems: Generated<number>;
}

/** The register of clients: `contract_end` is the last day, `2027-01-31`. */
export interface ClientsTable {
  id: Generated<number>;
  key: string;
  name: string;
  category: ClientCategory;
  edition: string | null;
  version: string | null;
  contract_end: string | null;
  changed_at: number;
}

export interface ClientAddressesTable {
  address: string;
  client_id: number;
}

export interface ClientDomainsTable {
  domain: string;
  client_id: number;
}

/** The history of a ticket: one row for everything that was changed on it, by whom and why. */
export interface EventsTable {
  id: Generated<number>;
  ticket_id: number;
  at: number;
  kind: EventKind;
  /** Normalised address of an operator, `admin`, or `kvitok`. */
  by_whom: string;
  was: string | null;
  became: string | null;
  because: string;
  /** The letter that made the change; null where none did. */
  letter_id: number | null;
}

/** A reaction clock: one for every letter of a person that waits for the desk's answer. */
export interface ClocksTable {
  id: Generated<number>;
  ticket_id: number;
  entry_id: number;
  started_at: number;
  warn_at: Generated<number>;
  due_at: number;
  stopped_at: number | null;
  stopped_because: string | null;
  warned_at: number | null;
  missed_at: number | null;
}

export interface EntriesTable {
  id: Generated<number>;
  ticket_id: number;
  letter_id: number | null;
  kind: string;
  author: string;
  author_name: string;
  at: number;
  subject: string;
  /** The new part of the letter, and what was folded away from it. */
  reply: string;
  quoted: string;
  /** What stands for the sender: `pass: …`, `fail: …` or `none`. */
  proof: string;
  /** Who else stood in To and Cc of its letter, JSON; null where nobody did. */
  copied: string | null;
}

export interface ParticipantsTable {
  ticket_id: number;
  address: string;
  name: string;
  because: string;
  since: number;
}

export interface MessageIdsTable {
  message_id: string;
  ticket_id: number;
  ours: number;
}

/** What the program keeps for itself: `signing-key` where the configuration holds none. */
export interface SettingsTable {
  name: string;
  value: string;
}

/** Addresses that a letter of ours could not reach for good; a letter from the address lifts it. */
export interface SuspensionsTable {
  address: string;
  because: string;
  since: number;
}

export interface AttachmentsTable {
  id: Generated<number>;
  entry_id: number;
  letter_id: number;
  path: string;
  filename: string;
  content_type: string;
  size: number;
  sha256: string;
  type: string | null;
  verdict: 'accepted' | 'rejected' | 'unchecked';
  reason: string | null;
  detail: string | null;
  inlined: number;
}

/**
 * `unknown`: a crash or a lost connection left open whether it arrived; an acknowledgement is then not sent again.
 * `dropped`: an admin, or an operator's #undo, decided that it shall not leave.
 */
export type OutboxState = 'queued' | 'sending' | 'sent' | 'failed' | 'unknown' | 'dropped';

/**
 * `without-files`: the server would not take it with them; `bare`: a notice in place of what could not be put together; `not`: it
 * can't be put together at all, and waits for a person.
 */
export type Reduced = 'without-files' | 'bare' | 'not';

export interface OutboxTable {
  id: Generated<number>;
  dedup_key: string;
  message_id: string;
  kind: OutgoingKind;
  form: string;
  ticket_id: number | null;
  letter_id: number | null;
  /** The entry it tells of, or is. */
  entry_id: number | null;
  recipient: string;
  recipient_domain: string;
  /** What all spellings of the recipient's mailbox have in common, for counting. */
  counted_as: string;
  /** Values for the template, JSON; rendered when it is sent. */
  model: string;
  state: OutboxState;
  attempts: number;
  not_before: number;
  lease_owner: string | null;
  lease_until: number | null;
  last_error: string | null;
  /** Since when it may have arrived although nobody said so: a connection or a process was lost late. */
  doubtful_since: number | null;
  /** How it was put together at the last attempt, where that was not as it should be. */
  composed: Reduced | null;
  created_at: number;
  settled_at: number | null;
}

/** What an admin was told of a trouble, and whether it stands by what he knows. */
export interface AlarmsTable {
  cause: string;
  /** The mailbox, listener or calendar; empty where there is but one. */
  subject: string;
  since: number;
  /** Grows when it gets worse. */
  level: number;
  /** When it was last told that it is so. */
  told_at: number;
  stands: number;
}

/** An answer that was put among the sent letters of a mailbox. */
export interface FilingsTable {
  outbox_id: number;
  mailbox: string;
  at: number;
}

export interface Tables {
  letters: LettersTable;
  tickets: TicketsTable;
  entries: EntriesTable;
  participants: ParticipantsTable;
  message_ids: MessageIdsTable;
  settings: SettingsTable;
  suspensions: SuspensionsTable;
  attachments: AttachmentsTable;
  outbox: OutboxTable;
  events: EventsTable;
  clocks: ClocksTable;
  announcements: AnnouncementsTable;
  announcement_recipients: AnnouncementRecipientsTable;
  unsubscribed: UnsubscribedTable;
  notices: NoticesTable;
  clients: ClientsTable;
  client_addresses: ClientAddressesTable;
  client_domains: ClientDomainsTable;
  alarms: AlarmsTable;
  filings: FilingsTable;
}

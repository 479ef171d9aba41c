// Letters that mean harm, and what each may and may not bring about. In: a folder of .eml files with manifest.json and
// fixtures.json; out: the letters as a mail server would hand them over, and the tickets that must be there before.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Kysely } from 'kysely';
import type { Tables } from '../../../src/store/schema.ts';
import { sequenceOf } from '../../../src/thread/damm.ts';

/** One line of manifest.json. */
export interface HostileLetter {
  readonly file: string;
  readonly id: string;
  readonly category: string;
  readonly title: string;
  readonly envelope: { readonly from: string; readonly to: string };
  readonly expect: {
    /** True: the text stands in a ticket; false: in none; either: wherever, but never lost. */
    readonly accepted: boolean | 'either';
    readonly mustNot: readonly string[];
    readonly ackAllowed: boolean;
    /** Files by name; a file that is not listed may go either way. */
    readonly attachments?: readonly { readonly name: string; readonly verdict: 'accepted' | 'rejected' }[];
    /** `SOFT` in it: by words alone, where a person may be meant; then an answer is no fault. */
    readonly note: string;
    /** Number of the ticket it belongs to, where the folder's maker says so. */
    readonly ticket?: string;
  };
}

export interface SeededTicket {
  readonly number: string;
  readonly state: 'open' | 'closed';
  readonly owner: string;
}

/** fixtures.json. */
export interface HostileDesk {
  readonly support: string;
  readonly authservId: string;
  readonly operators: readonly string[];
  readonly tickets: readonly SeededTicket[];
  /** Signs what the letters of the folder carry as proof; left out where none of them carries any. */
  readonly signingKey?: string;
}

export interface HostileFolder {
  readonly letters: readonly HostileLetter[];
  readonly desk: HostileDesk;
  /** The bytes that lie in the mailbox: the final server's Return-Path (RFC 5321 §4.4) on top of the letter. */
  bytes(letter: HostileLetter): Buffer;
}

/** Whether the letter may look like a person's, so that its maker demands no silence. */
export const isSoft = ({ expect: { note } }: HostileLetter): boolean => /\bSOFT\b/.test(note);

/** The folder that FIXTURES names, else the project's own. */
export const hostileFolder = (): HostileFolder =>
  readFolder(process.env.FIXTURES ?? path.join(import.meta.dirname, '../../../fixtures/hostile'));

function readFolder(dir: string): HostileFolder {
  const json = (name: string): unknown => JSON.parse(readFileSync(path.join(dir, name), 'utf8'));
  return {
    letters: json('manifest.json') as readonly HostileLetter[],
    desk: json('fixtures.json') as HostileDesk,
    bytes: ({ file, envelope }) =>
      Buffer.concat([Buffer.from(`Return-Path: <${envelope.from}>\r\n`), readFileSync(path.join(dir, file))]),
  };
}

/** What of a seeded ticket nobody but its owner may ever read. */
export const secretsOf = ({ number, owner }: SeededTicket) => ({
  subject: `Confidential matter of ${number}`,
  name: `Owner of ${number}`,
  address: owner,
});

/** Writes the tickets of fixtures.json and their owners as if they had been opened by mail. */
export async function seedTickets(db: Kysely<Tables>, tickets: readonly SeededTicket[], now: number): Promise<void> {
  for (const ticket of tickets) {
    const id = sequenceOf(ticket.number)!;
    const { subject, name, address } = secretsOf(ticket);
    await db
      .insertInto('tickets')
      .values({
        id,
        number: ticket.number,
        state: SEEDED_STATE[ticket.state],
        subject,
        requester: address,
        requester_name: name,
        language: 'ru',
        related_to: null,
        merged_into: null,
        opened_at: now,
        state_since: now,
        changed_at: now,
      })
      .execute();
    await db
      .insertInto('participants')
      .values({ ticket_id: id, address, name, because: 'requester', since: now })
      .execute();
  }
}

export const SEEDED_STATE = { open: 'open', closed: 'resolved' } as const;

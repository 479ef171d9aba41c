// Which folder of an account is read, and what becomes of its letters on the server: an inbox as it is configured, or the
// folder of sent letters, in which nothing is moved, flagged or written.

import type { MailboxConfig } from '../../config/schema.ts';
import { sentBy } from '../../mail/envelope.ts';

/** A folder that a source reads. A configured mailbox is one. */
export interface ReadFolder extends Omit<MailboxConfig, 'done' | 'sent'> {
  /** `leave`: opened read-only, nothing changes in it. */
  readonly done: MailboxConfig['done'] | 'leave';
  /** What the letters are: written to the desk, or by it. */
  readonly holds?: 'sent';
}

/** The folder of sent letters; null where it is not read. */
export function sentFolder({ sent, ...mailbox }: MailboxConfig): ReadFolder | null {
  return sent?.read ? { ...mailbox, folder: sent.folder, done: 'leave', holds: 'sent' } : null;
}

/** What the letters of a folder are called as a source, and the folder itself in logs and counts. */
export const sourceOf = ({ name, holds }: ReadFolder): string => (holds === 'sent' ? sentBy(name) : `imap:${name}`);

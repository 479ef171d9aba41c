// The IMAP source as the tests start it: against a Dovecot, with a store in memory and a log that can be read.

import type { Log } from '../../src/config/log.ts';
import type { MailboxConfig } from '../../src/config/schema.ts';
import type { ReadFolder } from '../../src/sources/imap/folder.ts';
import { PACE } from '../../src/sources/imap/pace.ts';
import { type ImapDeps, type ImapSource, imapSource } from '../../src/sources/imap.ts';
import { type MemoryStore, memoryStore } from './memory-store.ts';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly event: unknown;
  readonly message: string;
}

export function readableLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: LogLine['level']) => (fields: Readonly<Record<string, unknown>>, message: string) =>
    void lines.push({ level, event: fields.event, message });
  const log = { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), child: () => log };
  return log;
}

export function mailboxAt(port: number, changes: Partial<MailboxConfig> = {}): MailboxConfig {
  return {
    name: 'support',
    host: '127.0.0.1',
    port,
    security: 'none',
    user: 'support',
    password: 'secret',
    verifyCertificate: true,
    folder: ['INBOX'],
    done: { move: ['Kvitok', 'Done'] },
    startFrom: 'now',
    // Never during a test, unless it asks for it.
    poll: '0 0 1 1 *',
    ...changes,
  };
}

export interface Desk {
  readonly source: ImapSource;
  readonly store: MemoryStore;
  readonly log: ReturnType<typeof readableLog>;
}

/** A source with quick waits; nothing runs before `source.start()`. */
export function desk(mailbox: ReadFolder, changes: Partial<ImapDeps> = {}, store: MemoryStore = memoryStore()): Desk {
  const log = readableLog();
  const source = imapSource({
    mailbox,
    login: async () => ({ user: mailbox.user, pass: mailbox.password ?? '' }),
    keep: store.keep,
    ledger: store.ledger,
    log,
    now: Date.now,
    random: () => 0.5,
    limits: { letterBytes: 1_000_000, windowBytes: 4_000_000, windowLetters: 50 },
    pace: { ...PACE, backoff: 20, backoffMost: 100, refusedLogin: 40 },
    ...changes,
  });
  return { source, store, log };
}

export function letter(subject: string, body = 'Здравствуйте!'): string {
  return `From: Anna <anna@example.net>\r\nTo: support@example.org\r\nSubject: ${subject}\r\nDate: Mon, 2 Nov 2026 10:00:00 +0300\r\n\r\n${body}\r\n`;
}

// The rival: mbsync (Debian's isync) copies a mailbox into a Maildir of its own, each letter synced to the disk, and does
// nothing else with it. In: where the mailbox is; out: letters a second.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

interface Race {
  /** Where its folder is made. */
  readonly dir: string;
  readonly port: number;
  readonly user: string;
  readonly letters: number;
  /** What its command line is put behind. */
  readonly under: readonly string[];
}

/** Copies the inbox of `user`. Throws where a letter is missing then. */
export async function mbsyncRate({ dir, port, user, letters, under }: Race): Promise<number> {
  const home = mkdtempSync(join(dir, 'mbsync-'));
  try {
    mkdirSync(join(home, 'mail'));
    writeFileSync(join(home, 'rc'), configuration(home, port, user));
    const begun = performance.now();
    const [program = '', ...rest] = [...under, 'mbsync', '-q', '-c', join(home, 'rc'), 'race'];
    await run(program, rest);
    const seconds = (performance.now() - begun) / 1000;
    const inbox = join(home, 'mail/INBOX');
    const copied = ['new', 'cur'].flatMap((folder) => readdirSync(join(inbox, folder))).length;
    if (copied !== letters) throw new Error(`mbsync copied ${copied} of ${letters} letters`);
    return letters / seconds;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** Syncing is on unless it is switched off (`FSync`). */
const configuration = (home: string, port: number, user: string) => `
IMAPAccount race
Host 127.0.0.1
Port ${port}
User ${user}
Pass secret
SSLType None
AuthMechs LOGIN

IMAPStore far
Account race

MaildirStore near
Path ${home}/mail/
Inbox ${home}/mail/INBOX

Channel race
Far :far:
Near :near:
Patterns INBOX
Sync Pull
Create Near
SyncState *
`;

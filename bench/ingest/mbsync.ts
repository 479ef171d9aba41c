// The rival: mbsync (Debian's isync) copies a mailbox into a Maildir of its own, each letter synced to the disk, and does
// nothing else with it. In: where the mailbox is; out: letters a second.

import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Copies the inbox of `user` into a folder that is made below `dir`. Throws where a letter is missing then. */
export async function mbsyncRate(dir: string, port: number, user: string, letters: number): Promise<number> {
  const home = mkdtempSync(join(dir, 'mbsync-'));
  try {
    mkdirSync(join(home, 'mail'));
    writeFileSync(join(home, 'rc'), configuration(home, port, user));
    const begun = performance.now();
    await run('mbsync', ['-q', '-c', join(home, 'rc'), 'race']);
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

// kvitok's whole path over one mailbox: the daemon has run for a while, then the letters lie there all at once. In: a post room
// and a mailbox; out: letters a second until each is kept, moved and dealt with, and what the daemon cost.

import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { costOf } from '../../scripts/torture/process.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../../test/support/daemon.ts';
import type { Dovecot } from '../../test/support/dovecot.ts';
import { fillInbox } from './load.ts';

/** Nothing listens there (discard, RFC 863): what is written into the outbox stays there. */
const NOBODY = { host: '127.0.0.1', port: 9, security: 'none' };

/** No cap on acknowledgements is reached: each letter that is due one gets its row. */
export const UNCAPPED = {
  perHour: 1_000_000,
  perDomainHour: 1_000_000,
  perAddressHour: 1_000_000,
  perAddressDay: 1_000_000,
};

export interface PathRun {
  readonly rate: number;
  /** Bytes resident at the highest. */
  readonly peak: number;
  /** Milliseconds of processor time a letter, of the daemon alone. */
  readonly cpu: number;
  /** Acknowledgements that wait in the outbox now. */
  readonly queued: number;
  /** With its data folder; to be removed by whoever asked for the run. */
  readonly room: PostRoom;
}

export interface PathOptions {
  readonly dovecot: Dovecot;
  readonly user: string;
  /** A folder of letters for before the race: a daemon has run for a while when a burst comes. */
  readonly warmUp: string;
  readonly load: string;
  /** A data folder to begin with; none: an empty one. */
  readonly grown?: string | undefined;
  /** What the daemon's command line is put behind. */
  readonly under: readonly string[];
}

/** Runs the daemon over a fresh mailbox. */
export async function pathRun({ dovecot, user, warmUp, load, grown, under }: PathOptions): Promise<PathRun> {
  const maildir = dovecot.maildir(user);
  const room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, user)],
    smtp: NOBODY,
    acknowledge: UNCAPPED,
  });
  try {
    mkdirSync(room.data, { recursive: true, mode: 0o700 });
    if (grown) cpSync(grown, room.data, { recursive: true });
    const daemon = await room.start({ under });
    const inbox = { maildir, dovecot, user };
    await burst(daemon, inbox, warmUp);
    const before = costOf(daemon.pid);
    const { letters, seconds } = await burst(daemon, inbox, load);
    const { peak, cpu } = costOf(daemon.pid);
    await daemon.kill('SIGTERM');
    const queued = await room.store(async ({ db }) => {
      const rows = db.selectFrom('outbox').where('state', '=', 'queued');
      return Number((await rows.select((o) => o.fn.countAll().as('n')).executeTakeFirstOrThrow()).n);
    });
    return { rate: letters / seconds, peak, cpu: (cpu - before.cpu) / letters, queued, room };
  } catch (error) {
    await room.remove();
    throw error;
  }
}

interface Inbox {
  readonly maildir: string;
  readonly dovecot: Dovecot;
  readonly user: string;
}

/** Lays the letters into the inbox while the daemon is held, lets it go, and waits until all is done. */
async function burst(
  daemon: DaemonProcess,
  { maildir, dovecot, user }: Inbox,
  load: string,
): Promise<{ readonly letters: number; readonly seconds: number }> {
  const letters = readdirSync(load).length;
  const dealt = () => daemon.log.filter(({ msg, letter }) => letter !== undefined && DEALT.has(msg)).length;
  const before = dealt();
  process.kill(daemon.pid, 'SIGSTOP');
  fillInbox(maildir, load);
  // the server's own index of the new files is made before, as for its rival
  await dovecot.count(user);
  const begun = performance.now();
  process.kill(daemon.pid, 'SIGCONT');
  for (;;) {
    await wait(20);
    if (daemon.log.length === 0 || filesIn(join(maildir, 'cur')) > 0) continue;
    if (dealt() - before >= letters) return { letters, seconds: (performance.now() - begun) / 1000 };
  }
}

const filesIn = (dir: string): number => (existsSync(dir) ? readdirSync(dir).length : 0);

/** What the log says of a letter that has its disposition. */
const DEALT: ReadonlySet<string> = new Set([
  'ticket opened',
  'filed on its ticket',
  'automatic mail, not answered',
  'delivery report',
  'seen before, filed once',
]);

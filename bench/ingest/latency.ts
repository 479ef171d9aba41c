// How long one letter takes when nothing else happens: from its final dot over LMTP, and from the notice of the IMAP server
// that it is there, to the final dot of its acknowledgement at the SMTP server. Milliseconds, in order of size.

import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ImapFlow } from 'imapflow';
import { mtaAt, stuffed } from '../../test/sources/lmtp-client.ts';
import { mailboxOf, postRoom } from '../../test/support/daemon.ts';
import type { Dovecot } from '../../test/support/dovecot.ts';
import { letters } from '../letters.ts';
import { UNCAPPED } from './path.ts';
import type { Sink } from './sink.ts';

export interface Latencies {
  readonly lmtp: readonly number[];
  readonly idle: readonly number[];
}

const now = () => performance.timeOrigin + performance.now();

/** Sends so many letters by either way, one after the other. */
export async function latencies(dovecot: Dovecot, user: string, sink: Sink, count: number): Promise<Latencies> {
  await dovecot.count(user);
  const room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, user)],
    listeners: [{ at: { path: 'lmtp' } }],
    smtp: { host: '127.0.0.1', port: sink.port, security: 'none' },
    acknowledge: UNCAPPED,
  });
  const load = Array.from(letters(2 * count + 20, 7), ({ raw }) => raw);
  const mta = await room.start().then(() => mtaAt({ path: join(room.dir, 'lmtp') }));
  const watcher = new ImapFlow({
    host: '127.0.0.1',
    port: dovecot.port,
    secure: false,
    doSTARTTLS: false,
    auth: { user, pass: 'secret' },
    logger: false,
  });
  try {
    await mta.say('LHLO bench');
    const byLmtp = async (raw: Buffer) => {
      await mta.agree('MAIL FROM:<customer@shop.example>', 'RCPT TO:<support@desk.example>');
      await mta.say('DATA');
      const wire = stuffed(raw);
      const dot = now();
      mta.write(wire);
      await mta.reply();
      return dot;
    };
    await watcher.connect();
    await watcher.mailboxOpen('INBOX');
    let noticed = 0;
    watcher.on('exists', () => {
      noticed = now();
    });
    void watcher.idle();
    const byIdle = async (raw: Buffer) => {
      noticed = 0;
      await dovecot.deliver(user, raw);
      while (noticed === 0) await wait(1);
      return noticed;
    };
    // a daemon that was just started is no faster than it was told to be yet
    await timed(load.splice(0, 20), byLmtp, sink);
    return {
      lmtp: await timed(load.splice(0, count), byLmtp, sink),
      idle: await timed(load.splice(0, count), byIdle, sink),
    };
  } finally {
    watcher.close();
    mta.kill();
    await room.remove();
  }
}

async function timed(load: readonly Buffer[], hand: (raw: Buffer) => Promise<number>, sink: Sink): Promise<number[]> {
  const took: number[] = [];
  await sink.look();
  for (const raw of load) {
    const since = await hand(raw);
    for (;;) {
      const [dot] = (await sink.look()).dots;
      if (dot !== undefined) {
        took.push(dot - since);
        break;
      }
      await wait(5);
    }
    await wait(20);
  }
  return took.sort((a, b) => a - b);
}

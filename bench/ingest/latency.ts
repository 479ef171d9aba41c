// How long one letter takes when nothing else happens: from its final dot over LMTP, and from the notice of the IMAP server
// that it is there, to the final dot of its acknowledgement at the SMTP server. Milliseconds, in order of size.

import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { mtaAt, stuffed } from '../../test/sources/lmtp-client.ts';
import { mailboxOf, postRoom } from '../../test/support/daemon.ts';
import type { Dovecot } from '../../test/support/dovecot.ts';
import { type LoadLetter, letters } from '../letters.ts';
import { eavesdrop } from './eavesdrop.ts';
import { UNCAPPED } from './path.ts';
import type { Sink } from './sink.ts';

export interface Latencies {
  readonly lmtp: readonly number[];
  readonly idle: readonly number[];
}

const WARM_UP = 20;

const now = () => performance.timeOrigin + performance.now();

/** Sends so many letters by either way, one after the other. */
export async function latencies(dovecot: Dovecot, user: string, sink: Sink, count: number): Promise<Latencies> {
  await dovecot.count(user);
  const wire = await eavesdrop(dovecot.port, now);
  const room = postRoom({
    mailboxes: [mailboxOf(wire.port, user)],
    listeners: [{ at: { path: 'lmtp' } }],
    smtp: { host: '127.0.0.1', port: sink.port, security: 'none' },
    acknowledge: UNCAPPED,
  });
  const load = [...letters(2 * count + WARM_UP, 7)];
  const mta = await room.start().then(() => mtaAt({ path: join(room.dir, 'lmtp') }));
  try {
    await mta.say('LHLO bench');
    const byLmtp = async ({ raw, from }: LoadLetter) => {
      // of the organisation of From, else nobody would be answered
      await mta.agree(`MAIL FROM:<${from.address}>`, 'RCPT TO:<support@desk.example>');
      await mta.say('DATA');
      const wire = stuffed(raw);
      const dot = now();
      mta.write(wire);
      await mta.reply();
      return dot;
    };
    const byIdle = async ({ raw, from }: LoadLetter) => {
      wire.forget();
      await dovecot.deliver(user, raw, { from: from.address });
      for (;;) {
        const heard = wire.heardAt();
        if (heard !== null) return heard;
        await wait(1);
      }
    };
    // a daemon that was just started is no faster than it was told to be yet
    await timed(load.splice(0, WARM_UP), byLmtp, sink);
    return {
      lmtp: await timed(load.splice(0, count), byLmtp, sink),
      idle: await timed(load.splice(0, count), byIdle, sink),
    };
  } finally {
    mta.kill();
    await room.remove();
    wire.close();
  }
}

async function timed(
  load: readonly LoadLetter[],
  hand: (letter: LoadLetter) => Promise<number>,
  sink: Sink,
): Promise<number[]> {
  const took: number[] = [];
  await sink.look();
  for (const letter of load) {
    const since = await hand(letter);
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

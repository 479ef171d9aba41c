// Letters that mean harm, one by one through the real daemon, an ordinary letter right behind each: it must not be held up,
// nothing may be lost, and when all of them come a second time nothing happens. FIXTURES=<folder> takes another folder.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { costOf } from '../../scripts/torture/process.ts';
import { countLetters } from '../../src/store/conservation.ts';
import type { Store } from '../../src/store/store.ts';
import { until } from '../support/condition.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { isLeaving } from '../support/leaving.ts';
import { raw } from '../support/letter.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { wire } from './hostile/evidence.ts';
import { hostileFolder } from './hostile/manifest.ts';

const MEGABYTE = 1024 * 1024;
/** What a letter may hold up those behind it. */
const PATIENCE_MS = 30_000;

const folder = hostileFolder();
const LETTERS = folder.letters.map((letter) => ({ id: letter.id, bytes: folder.bytes(letter) }));

// a folder of two hundred takes some minutes where the machine is busy
jest.setTimeout(60_000 + LETTERS.length * 3_000);

let dovecot: Dovecot;
let sink: SmtpSink;
let room: PostRoom;
let daemon: DaemonProcess;
beforeAll(async () => {
  dovecot = await startDovecot();
  sink = await startSmtpSink();
  room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, 'support')],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
  });
  daemon = await room.start();
});
afterAll(async () => {
  await room?.remove();
  await sink?.stop();
  await dovecot?.stop();
});

const good = (n: number) =>
  raw({ from: `good${n}@good${n}.example`, messageId: `good-${n}@good.example`, text: `my shop ${n} is closed\n` });

/** Whether the n-th ordinary letter has its ticket. */
async function hasTicket({ db }: Store, n: number): Promise<boolean> {
  const row = await db
    .selectFrom('letters')
    .select('disposition')
    .where('message_id', '=', `good-${n}@good.example`)
    .executeTakeFirst();
  return row?.disposition === 'opened';
}

/** Waits until so many hand-overs are dealt with and nothing is left to leave. */
const settled = (store: Store, handedOver: number) =>
  until(
    async () => {
      const counts = await countLetters(store);
      if (counts.handedOver < handedOver || counts.inWork > 0) return false;
      return !(await isLeaving(store.db));
    },
    60_000,
    `${handedOver} letters are dealt with`,
  );

const ticketsOf = async ({ db }: Store) => (await db.selectFrom('tickets').select('id').execute()).length;

test('an ordinary letter behind each has its ticket within 30 s, nothing is lost, and a second run changes nothing', () =>
  room.store(async (store) => {
    let slowest = { id: '', ms: 0 };
    for (const [n, { id, bytes }] of LETTERS.entries()) {
      dovecot.drop('support', bytes);
      dovecot.drop('support', good(n));
      const began = performance.now();
      await until(() => hasTicket(store, n), PATIENCE_MS, `the letter behind ${id} has its ticket`);
      const ms = performance.now() - began;
      if (ms > slowest.ms) slowest = { id, ms };
    }
    expect(slowest.ms).toBeLessThan(PATIENCE_MS);
    await settled(store, 2 * LETTERS.length);

    const ids = store.spool.after(0, 10_000).map(({ id }) => id);
    const kept = new Set(ids.map((id) => wire(store.spool.raw(id) ?? Buffer.alloc(0))));
    expect(LETTERS.filter(({ bytes }) => !kept.has(wire(bytes))).map(({ id }) => id)).toEqual([]);

    const before = { tickets: await ticketsOf(store), letters: sink.letters.length };
    for (const { bytes } of LETTERS) dovecot.drop('support', bytes);
    for (const n of LETTERS.keys()) dovecot.drop('support', good(n));
    await settled(store, 4 * LETTERS.length);
    expect({ tickets: await ticketsOf(store), letters: sink.letters.length }).toEqual(before);
    const { dispositions, gap } = await countLetters(store);
    expect(dispositions.duplicate).toBeGreaterThanOrEqual(2 * LETTERS.length);
    expect(dispositions.quarantined).toBeUndefined();
    expect(gap).toBe(0);

    expect(costOf(daemon.pid).peak).toBeLessThan(512 * MEGABYTE);
    expect(daemon.stderr()).toBe('');
  }));

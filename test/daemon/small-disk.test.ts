// A disk that fills up while letters come by LMTP and lie in a mailbox: what was answered with 250 is there, the rest is asked
// for again, and goes in by itself when there is room. As root the data folder is a file system of 20 MB; everywhere, files
// may not grow past a limit, which is what a full disk looks like where nobody can ask how full it is.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { countLetters, findMissing } from '../../src/store/conservation.ts';
import { mtaAt } from '../sources/lmtp-client.ts';
import { until } from '../support/condition.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { freePort } from '../support/free-port.ts';
import { raw } from '../support/letter.ts';

jest.setTimeout(120_000);

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot({ users: { 'small-disk': 'secret', 'small-files': 'secret' } });
});
afterAll(async () => {
  await dovecot?.stop();
});

const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of undo.splice(0).reverse()) await each();
});

const MEGABYTE = 1024 * 1024;
/** What is told once when it begins. */
const BEGUN = ['disk', 'keep'];

interface SmallPlace {
  readonly user: string;
  /** Before the first start. */
  readonly prepare: (room: PostRoom) => void;
  readonly under: readonly string[];
  /** Takes what room is left, so that the databases themselves can't be written. */
  readonly fill: (room: PostRoom) => void;
  readonly widen: (room: PostRoom, daemon: DaemonProcess) => void;
}

const SMALL_DISK: SmallPlace = {
  user: 'small-disk',
  prepare: ({ data }) => {
    fs.mkdirSync(data, { recursive: true, mode: 0o700 });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m,mode=0700', 'tmpfs', data]);
    undo.push(() => execFileSync('umount', ['-l', data]));
  },
  under: [],
  fill: ({ data }) => {
    const { bavail, bsize } = fs.statfsSync(data);
    fs.writeFileSync(path.join(data, 'of-somebody-else'), Buffer.alloc(bavail * bsize));
  },
  widen: ({ data }) => {
    execFileSync('mount', ['-o', 'remount,size=80m', data]);
  },
};

const SMALL_FILES: SmallPlace = {
  user: 'small-files',
  prepare: () => {},
  under: ['prlimit', `--fsize=${6 * MEGABYTE}:unlimited`],
  fill: () => {},
  widen: (_room, { pid }) => {
    execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:unlimited']);
  },
};

const PLACES = process.getuid?.() === 0 ? [SMALL_DISK, SMALL_FILES] : [SMALL_FILES];

let number = 0;
function letter(bytes: number): { readonly messageId: string; readonly bytes: Uint8Array } {
  number += 1;
  const messageId = `${number}@client.example`;
  const text = `letter ${number}\n${'So much there is to say about it.\n'.repeat(bytes / 34)}`;
  return { messageId, bytes: raw({ from: `c${number}@client.example`, messageId, text }) };
}

/** Hands a letter over by LMTP; gives the reply. */
async function hand(port: number, bytes: Uint8Array): Promise<string> {
  const mta = await mtaAt({ host: '127.0.0.1', port });
  try {
    await mta.agree('LHLO mx.desk.example', 'MAIL FROM:<anna@client.example>', 'RCPT TO:<support@desk.example>');
    return await mta.data(bytes);
  } finally {
    mta.kill();
  }
}

test.each(PLACES)(
  '$user: fills up, loses nothing that it took, says 452, and goes on when there is room',
  async (place) => {
    const port = await freePort();
    const room = postRoom({
      mailboxes: [mailboxOf(dovecot.port, place.user)],
      listeners: [{ at: { host: '127.0.0.1', port } }],
      smtp: { directory: 'outgoing' },
      disk: { reserveMegabytes: 4 },
      acknowledge: { perDomainHour: 1000 },
    });
    undo.push(room.remove);
    place.prepare(room);
    const daemon = await room.start({ under: place.under });
    await daemon.said(({ event }) => event === 'listening', 'the listener listens');

    const accepted: string[] = [];
    const refused: { readonly messageId: string; readonly bytes: Uint8Array }[] = [];
    for (let n = 0; n < 100 && refused.length === 0; n++) {
      const one = letter(400_000);
      const reply = await hand(port, one.bytes);
      if (reply.startsWith('250')) accepted.push(one.messageId);
      else refused.push(one);
      if (refused.length > 0) expect(reply).toMatch(/^452 4\.3\.1 /);
    }
    expect(accepted.length).toBeGreaterThan(5);
    expect(refused).toHaveLength(1);
    await daemon.said(({ event, level }) => level === 'error' && BEGUN.includes(String(event)), 'the trouble is told');

    place.fill(room);
    const waiting = [1, 2, 3].map(() => letter(400_000));
    for (const { bytes } of waiting) dovecot.drop(place.user, bytes);
    await daemon.said(({ event }) => event === 'not-kept', 'letters of the mailbox stay there', 60_000);
    // a small one may still fit where a large one does not
    const one = letter(1_000);
    expect(await hand(port, one.bytes)).toMatch(/^(?:452 4\.3\.1|250) /);
    expect(await dovecot.count(place.user)).toBe(3);

    place.widen(room, daemon);
    const all = [...refused, one];
    for (const { bytes } of all)
      await until(async () => (await hand(port, bytes)).startsWith('250'), 30_000, 'it is taken when there is room');
    const expected = [...accepted, ...[...all, ...waiting].map(({ messageId }) => messageId)].sort();
    await until(
      () =>
        room.store(async (store) => {
          const { handedOver, inWork } = await countLetters(store);
          return handedOver >= expected.length && inWork === 0;
        }),
      60_000,
      'every letter is dealt with',
    );
    await room.store(async (store) => {
      const rows = await store.db.selectFrom('letters').select(['id', 'message_id', 'disposition', 'error']).execute();
      expect(rows.map(({ message_id }) => String(message_id)).sort()).toEqual(expected);
      // no letter is blamed for the disk
      expect(rows.filter(({ disposition, error }) => disposition !== 'opened' || error !== null)).toEqual([]);
      expect(rows.filter(({ id }) => store.spool.raw(id) === null)).toEqual([]);
      expect(await findMissing(store)).toEqual({ passedOver: [], notInSpool: [], rowsWithoutLetter: [] });
    });
    const told = (level: string) => daemon.log.filter((line) => line.level === level && line.event === 'disk');
    expect(told('error').length).toBeLessThanOrEqual(1);
    expect(told('info')).toHaveLength(told('error').length);
    expect(daemon.stderr()).toBe('');
    expect((await daemon.kill('SIGTERM')).code).toBe(0);
  },
);

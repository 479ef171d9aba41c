// A disk that fills up: nothing more is accepted, nothing that was accepted is lost, and it goes on by itself.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { keepIn } from '../../src/ingest.ts';
import { spaceGuard } from '../../src/store/space.ts';
import { openStore } from '../../src/store/store.ts';
import { withDesk } from '../support/desk.ts';
import { rememberingLog } from '../support/store.ts';

const MB = 1024 * 1024;

/** A disk and a clock in the hands of the test. */
function disk(freeMegabytes: number) {
  const state = { free: freeMegabytes * MB, asked: 0, clock: 0 };
  const log = rememberingLog();
  const guard = spaceGuard({
    folder: '/data',
    reserveMegabytes: 200,
    log,
    clock: () => state.clock,
    free: () => {
      state.asked++;
      return state.free;
    },
  });
  return { state, log, guard };
}

test('while the reserve is untouched letters are taken in, and the system is asked once a second at most', () => {
  const { state, log, guard } = disk(201);
  for (let i = 0; i < 1000; i++) expect(guard.refusal()).toBeNull();
  expect(state.asked).toBe(1);
  state.clock += 1000;
  guard.refusal();
  expect(state.asked).toBe(2);
  expect(log.lines).toEqual([]);
});

test('a full disk is one alarm however often it is asked, and one line when there is room again', () => {
  const { state, log, guard } = disk(200);
  for (let i = 0; i < 10; i++) {
    expect(guard.refusal()).toContain('almost full');
    state.clock += 1000;
    state.free -= MB;
  }
  state.free = 300 * MB;
  expect(guard.refusal()).toBeNull();
  const told = log.lines.filter(({ level }) => level !== 'debug');
  expect(told.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'error no letter is taken in until there is room',
    'info there is room again',
  ]);
  expect(told[0]?.fields).toMatchObject({ event: 'disk', folder: '/data', freeMegabytes: 200, reserveMegabytes: 200 });
});

test('a file system that cannot say how full it is stops no letter', () => {
  const free = () => {
    throw new Error('ENOSYS');
  };
  const guard = spaceGuard({ folder: '/data', reserveMegabytes: 200, log: rememberingLog(), free });
  expect(guard.refusal()).toBeNull();
});

test('a letter that comes while the disk is short stays with its source, and is taken in when there is room', async () => {
  const { state, guard } = disk(10);
  await withDesk(
    async ({ hand, workOff, fates }) => {
      expect(await hand({})).toEqual([{ kind: 'tryLater', reason: 'the disk of the data folder is almost full' }]);
      state.free = 300 * MB;
      state.clock += 1000;
      expect(await hand({})).toEqual([{ kind: 'accepted', letter: 1, again: false }]);
      await workOff();
      expect(await fates()).toEqual(['opened']);
    },
    { space: guard },
  );
});

/** A disk of 20 MB where the test may make one (root on Linux); elsewhere null, and the test above stands for it. */
function smallDisk(): { readonly dir: string; readonly remove: () => void } | null {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-small-'));
  const remove = () => fs.rmSync(dir, { recursive: true, force: true });
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'kvitok-test', dir]).status === 0) {
    return {
      dir,
      remove: () => {
        spawnSync('umount', ['-l', dir]);
        remove();
      },
    };
  }
  remove();
  return null;
}

const letter = (n: number) => ({
  source: 'test',
  key: `test:${n}`,
  receivedAt: 0,
  envelope: { from: null, to: [] },
  raw: Buffer.from(`Subject: ${n}\r\n\r\n${'x'.repeat(256 * 1024)}\r\n`),
});

/** Hands letters over until one is refused; gives the numbers of those that were accepted. */
async function fill(keep: ReturnType<typeof keepIn>): Promise<readonly number[]> {
  const accepted: number[] = [];
  for (let n = 0; n < 200; n++) {
    const [answer] = await keep([letter(n)]);
    if (answer?.kind !== 'accepted') break;
    accepted.push(answer.letter);
  }
  return accepted;
}

test.each([
  ['with a reserve, refuses before the system does', 4],
  ['without one, is refused by SQLite', 0],
])(
  'a small disk that fills up, %s: every accepted letter is there whole, and it goes on when there is room',
  async (_what, reserve) => {
    const small = smallDisk();
    // nobody but root may make a disk; the tests above hold the same with a disk that only says it is full
    if (!small) return;
    const ballast = path.join(small.dir, 'ballast');
    fs.writeFileSync(ballast, Buffer.alloc(6 * MB));
    const store = await openStore(small.dir);
    try {
      const log = rememberingLog();
      let clock = 0;
      const space = spaceGuard({ folder: small.dir, reserveMegabytes: reserve, log, clock: () => (clock += 1000) });
      const keep = keepIn({ keep: store.spool.keep, space, log, now: () => 0, onDamage: () => {} });
      const accepted = await fill(keep);
      expect(accepted.length).toBeGreaterThan(5);
      expect(await keep([letter(999)])).toMatchObject([{ kind: 'tryLater' }]);
      for (const [n, id] of accepted.entries()) expect(store.spool.raw(id)?.equals(letter(n).raw)).toBe(true);
      expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
      fs.rmSync(ballast);
      expect(await keep([letter(999)])).toMatchObject([{ kind: 'accepted' }]);
      expect(log.lines.filter(({ message }) => /again$/.test(message))).toHaveLength(1);
    } finally {
      await store.close();
      small.remove();
    }
  },
);

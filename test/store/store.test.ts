import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { openExisting, openStore, RESTORE_MARK, SPOOL_FILE } from '../../src/store/store.ts';
import { withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';

const delivery = { source: 'file', key: 'a', receivedAt: 0, envelope: { from: null, to: [] }, raw: Buffer.from('x') };

test('a store that is opened again is as it was', () =>
  withStore(async (store, dir) => {
    await openTicket(store.db, 1);
    const again = await openStore(dir);
    expect(await again.db.selectFrom('tickets').select('number').execute()).toEqual([{ number: '10008' }]);
    await again.close();
  }));

test('a spool that was lost or put back older gives no known letter its number again', async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-store-'));
  const before = await openStore(dir);
  await openTicket(before.db, 17);
  await before.close();
  for (const ending of ['', '-wal', '-shm']) fs.rmSync(path.join(dir, `${SPOOL_FILE}${ending}`), { force: true });
  const after = await openStore(dir);
  expect(after.spool.keep([delivery], 0)).toEqual([{ letter: 18, again: false }]);
  await after.close();
  fs.rmSync(dir, { recursive: true });
});

test('a copy that is taken while letters come in knows no letter it lacks', () =>
  withStore(async (store) => {
    const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-copy-'));
    store.spool.keep([delivery], 0);
    await openTicket(store.db, 1);
    await store.backup(dir);
    const copy = openExisting(dir);
    expect(await copy.db.selectFrom('letters').select('id').execute()).toEqual([{ id: 1 }]);
    expect(copy.spool.raw(1)).toEqual(Buffer.from('x'));
    await copy.close();
    fs.rmSync(dir, { recursive: true });
  }));

test('a copy of a large spool comes to an end although letters never cease to come', () =>
  withStore(async (store, dir) => {
    const to = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-copy-'));
    store.spool.keep([{ ...delivery, raw: Buffer.alloc(16 * 1024 * 1024) }], 0);
    const other = openExisting(dir);
    let letters = 0;
    const coming = setInterval(() => other.spool.keep([{ ...delivery, key: `${++letters}` }], 0), 2);
    try {
      await store.backup(to);
    } finally {
      clearInterval(coming);
      await other.close();
      fs.rmSync(to, { recursive: true });
    }
  }));

test('a store can be looked into while another process writes, or the disk takes nothing', () =>
  withStore(async (_store, dir) => {
    const writer = new Database(path.join(dir, SPOOL_FILE));
    writer.exec('begin immediate');
    const looking = openExisting(dir);
    expect(looking.spool.after(0, 10)).toEqual([]);
    await looking.close();
    writer.close();
  }));

test('a folder in which a restore was cut short is opened by nobody, for a desk without its tickets would answer everybody anew', () =>
  withStore(async (_store, dir) => {
    fs.writeFileSync(path.join(dir, RESTORE_MARK), '');
    await expect(openStore(dir)).rejects.toThrow(/restore once more/);
    expect(() => openExisting(dir)).toThrow(/restore once more/);
  }));

test('a folder without data is named, and nothing is made in it', () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-none-'));
  expect(() => openExisting(dir)).toThrow(/kvitok\.db/);
  expect(fs.readdirSync(dir)).toEqual([]);
  fs.rmSync(dir, { recursive: true });
});

// The data folder is let go of whatever goes wrong: the next pass by cron must not find it held by one that failed.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { type Config, configSchema } from '../../src/config/schema.ts';
import { openRoom, type RoomOptions } from '../../src/daemon/room.ts';
import { runOnce } from '../../src/daemon.ts';
import { lockFolder } from '../../src/store/lock.ts';
import { openStore } from '../../src/store/store.ts';
import { raw } from '../support/letter.ts';
import { rememberingLog } from '../support/store.ts';

let dir = '';
let config: Config;
let options: RoomOptions;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-room-'));
  config = configSchema.parse({
    desk: { name: 'Desk', address: 'support@desk.example' },
    data: path.join(dir, 'data'),
    smtp: { directory: path.join(dir, 'outgoing') },
  });
  options = { log: rememberingLog(), now: Date.now, random: () => 0, what: 'a test', onDamage: () => {} };
});
afterEach(() => fs.rmSync(dir, { recursive: true }));

function isFree(): boolean {
  const lock = lockFolder(config.data, 'the next one');
  if ('heldBy' in lock) return false;
  lock.release();
  return true;
}

test('a folder that a newer version wrote is refused, and is not held', async () => {
  const store = await openStore(config.data);
  await sql`insert into kysely_migration (name, timestamp) values ('9999-later', '')`.execute(store.db);
  await store.close();
  await expect(openRoom(config, options)).rejects.toThrow('newer version');
  expect(isFree()).toBe(true);
});

test('a pass that the database ends lets go of the folder', async () => {
  const store = await openStore(config.data);
  const envelope = { from: null, to: [] };
  store.spool.keep([{ source: 'test', key: 'one', receivedAt: 0, envelope, raw: raw({}) }], 0);
  await sql`create trigger full before insert on letters begin select raise(abort, 'full'); end`.execute(store.db);
  await store.close();
  await expect(runOnce(config, options)).rejects.toThrow('full');
  expect(isFree()).toBe(true);
});

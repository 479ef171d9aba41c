// The database under a running daemon: locked by somebody for a while, it waits, says so once and goes on; damaged, it stops.

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import Database from 'better-sqlite3';
import { DESK_FILE } from '../../src/store/store.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { raw } from '../support/letter.ts';
import { fateOf } from './fate.ts';

jest.setTimeout(60_000);

const rooms: PostRoom[] = [];
afterEach(async () => {
  for (const room of rooms.splice(0)) await room.remove();
});

/** A daemon whose mailbox can't be reached; letters come by `kvitok ingest` beside it. */
async function daemonOf(): Promise<{ room: PostRoom; daemon: DaemonProcess }> {
  const room = postRoom({ mailboxes: [mailboxOf(1, 'desk')], smtp: { directory: 'outgoing' } });
  rooms.push(room);
  const daemon = room.launch();
  await daemon.said(({ msg }) => msg === 'kvitok runs', 'the daemon runs');
  return { room, daemon };
}

const errors = (daemon: DaemonProcess, event: string) =>
  daemon.log.filter((line) => line.level === 'error' && line.event === event);

test('a letter that comes while another program holds the database waits, and is dealt with when it lets go', async () => {
  const { room, daemon } = await daemonOf();
  const holder = new Database(path.join(room.data, DESK_FILE));
  holder.exec('begin immediate');
  expect((await room.command(['ingest'], raw({ messageId: 'waits@c' }))).code).toBe(0);
  await daemon.said(({ event, level }) => event === 'work' && level === 'error', 'the trouble is told');
  holder.exec('rollback');
  holder.close();
  await daemon.said(({ event, level }) => event === 'work' && level === 'info', 'its end is told');
  expect(await fateOf(room, 'waits@c')).toMatchObject({ disposition: 'opened' });
  expect(errors(daemon, 'work')).toHaveLength(1);
  expect((await daemon.kill('SIGTERM')).code).toBe(0);
});

/** Overwrites all of a database but its header, behind the back of those who have it open. */
function damage(file: string): Buffer {
  const other = new Database(file);
  // whoever has read the file must read it again
  other.exec("insert or replace into settings (name, value) values ('a change', 'x')");
  other.pragma('wal_checkpoint(TRUNCATE)');
  const page = Number(other.pragma('page_size', { simple: true }));
  const fd = fs.openSync(file, 'r+');
  fs.writeSync(fd, Buffer.alloc(fs.fstatSync(fd).size - page, 0xff), 0, undefined, page);
  fs.closeSync(fd);
  other.close();
  return fs.readFileSync(file);
}

test('a daemon whose database is damaged stops at once with one clear line, and writes nothing more', async () => {
  const { room, daemon } = await daemonOf();
  const file = path.join(room.data, DESK_FILE);
  const damaged = damage(file);
  expect((await daemon.ended).code).toBe(74);
  const told = daemon.log.filter(({ level }) => level === 'error').filter(({ event }) => event === 'damaged');
  expect(told).toMatchObject([{ folder: room.data, error: expect.stringContaining('kvitok restore') }]);
  expect(fs.readFileSync(file).equals(damaged)).toBe(true);
  const again = room.launch();
  expect((await again.ended).code).toBe(74);
  expect(again.stderr()).toMatch(/^kvitok: the data folder .* damaged; put a backup back with kvitok restore\n$/);
});

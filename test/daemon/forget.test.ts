// A person is forgotten while the daemon works: their letters go, nobody else's wait, and the next letter is a new ticket.

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, expect, jest, test } from '@jest/globals';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { raw } from '../support/letter.ts';
import { fateOf } from './fate.ts';

jest.setTimeout(60_000);

let room: PostRoom;
afterEach(() => room.remove());

test('a person who is forgotten beside the running daemon is in none of its files, and may write again', async () => {
  room = postRoom({ mailboxes: [mailboxOf(1, 'desk')], smtp: { directory: 'outgoing' } });
  const daemon = room.launch();
  await daemon.said(({ msg }) => msg === 'kvitok runs', 'the daemon runs');
  const write = async (from: string, messageId: string) => {
    const envelope = { from: messageId.replace(/^.*@/, 'mta@'), to: ['support@desk.example'] };
    const letter = { receivedAt: Date.now(), envelope, raw: raw({ from, messageId, text: `Words of ${messageId}\n` }) };
    await room.store(async ({ spool }) => spool.keep([{ source: 'test', key: messageId, ...letter }], Date.now()));
    return fateOf(room, messageId);
  };
  await write('Yegor Oblomov <oblomov@client.example>', '1@client.example');
  await write('olga@other.example', '2@other.example');
  await daemon.said(({ msg, letter }) => msg === 'acknowledgement sent' && letter === 2, 'both are answered');
  const { code, stdout } = await room.command(['forget', 'oblomov@client.example', '--yes']);
  expect({ code, last: stdout.trimEnd().split('\n').at(-1) }).toEqual({
    code: 0,
    last: 'oblomov@client.example is erased',
  });
  const files = fs.readdirSync(room.data).map((name) => path.join(room.data, name));
  expect(files.filter((file) => /oblomov|Words of 1@/i.test(fs.readFileSync(file, 'latin1')))).toEqual([]);
  expect(await write('oblomov@client.example', '3@client.example')).toMatchObject({ disposition: 'opened' });
  expect((await room.command(['show', '10019'])).stdout).toContain('Words of 2@other.example');
  expect(daemon.log.filter(({ level }) => level === 'error').filter(({ event }) => event !== 'disconnected')).toEqual(
    [],
  );
  expect((await daemon.kill('SIGTERM')).code).toBe(0);
});

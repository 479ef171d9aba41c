import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { until } from '../support/condition.ts';
import { type Hoodiecrow, startHoodiecrow } from '../support/hoodiecrow.ts';
import { desk, mailboxAt } from './desk-mailbox.ts';

let server: Hoodiecrow;
beforeEach(async () => {
  server = await startHoodiecrow('support', 'secret');
});
afterEach(() => server.stop());

test('another IMAP server gives the same bytes, tells of new mail at once, and has a done folder made', async () => {
  const raw = Buffer.concat([
    Buffer.from('Subject: '),
    Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]),
    Buffer.from('\r\n\r\n.\r\n\u0000x\r\n'),
  ]);
  const { source, store } = desk(mailboxAt(server.port));
  source.start();
  await until(() => source.status().state === 'idle', 3000, 'the source idles');
  server.deliver(raw, new Date('2026-11-02T10:00:00Z'));
  await until(() => store.letters.length === 1, 1000, 'the letter is kept');
  expect(Buffer.from(store.letters[0]!.raw)).toEqual(raw);
  expect(store.letters[0]!.receivedAt).toBe(Date.parse('2026-11-02T10:00:00Z'));
  await until(() => server.count('Kvitok/Done') === 1, 1000, 'the letter is in the done folder');
  expect(server.count()).toBe(0);
  await source.stop();
});

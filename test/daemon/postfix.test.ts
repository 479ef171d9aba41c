// kvitok behind a real Postfix: what happens to letters while the desk is away, and when it is back.

import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { mtaAt } from '../sources/lmtp-client.ts';
import { until } from '../support/condition.ts';
import { type PostRoom, postRoom } from '../support/daemon.ts';
import { raw } from '../support/letter.ts';
import { type Postfix, startPostfix } from '../support/postfix.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { fateOf, ticketIn } from './fate.ts';

jest.setTimeout(40_000);

let postfix: Postfix;
let sink: SmtpSink;
let room: PostRoom;

beforeAll(async () => {
  sink = await startSmtpSink();
  postfix = await startPostfix('desk.example', 'lmtp:unix:kvitok/lmtp');
  room = postRoom({
    listeners: [{ at: { path: join(postfix.folder, 'lmtp') } }],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
  });
});
afterAll(async () => {
  await room?.remove();
  await postfix?.stop();
  await sink?.stop();
});

/** Hands a letter to Postfix, as the customer's server does. */
async function sent(name: string, to: string, from = `${name}@client.example`): Promise<void> {
  const mta = await mtaAt(postfix.at);
  await mta.agree('EHLO mx.client.example', `MAIL FROM:<${from}>`, `RCPT TO:<${to}>`);
  expect(await mta.data(raw({ from: `${name}@client.example`, messageId: `${name}@client.example` }))).toMatch(/^250/);
  mta.kill();
}

test('a letter waits in Postfix while the desk is away, comes when it is back, and is acknowledged', async () => {
  await sent('anna', 'support@desk.example');
  const [waiting] = await until(
    async () => {
      const queue = await postfix.queue();
      return queue[0]?.reason ? queue : null;
    },
    10_000,
    'Postfix has tried',
  );
  expect(waiting).toMatchObject({
    recipient: 'support@desk.example',
    reason: expect.stringMatching(/No such file|refused/),
  });

  const daemon = await room.start();
  await daemon.said((line) => line.event === 'listening', 'the listener listens');
  const acknowledgement = await sink.waitFor((letter) => letter.to[0] === 'anna@client.example', 15_000);
  expect(ticketIn(acknowledgement)).toBe((await fateOf(room, 'anna@client.example')).ticket);
  await until(async () => (await postfix.queue()).length === 0, 10_000, 'the queue is empty');
  expect(postfix.log()).toMatch(/status=sent \(250 2\.6\.0 kept as letter 1\)/);
});

test('a letter for an address the desk does not have is bounced by Postfix, whose own letter the desk never sees', async () => {
  await sent('boris', 'nobody@desk.example', '');
  await until(() => /status=bounced .*550 5\.1\.1 no address of this desk/.test(postfix.log()), 10_000, 'it bounced');
});

test('a report without return path is kept and not answered', async () => {
  await sent('carol', 'support@desk.example', '');
  expect(await fateOf(room, 'carol@client.example')).toMatchObject({ disposition: 'automatic' });
  expect(sink.letters.filter((letter) => letter.to[0] === 'carol@client.example')).toEqual([]);
});

test('letters that come many at a time are all kept, each once, over as many connections as Postfix likes', async () => {
  const names = Array.from({ length: 40 }, (_, i) => `many${i}`);
  await Promise.all(names.map((name) => sent(name, 'support@desk.example')));
  for (const name of names) expect((await fateOf(room, `${name}@client.example`)).disposition).toBe('opened');
  await until(async () => (await postfix.queue()).length === 0, 10_000, 'the queue is empty');
});

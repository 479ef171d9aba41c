// Two letters in two pipes at once, and no daemon: the second call finds the data folder held by the first, which is about
// to end.

import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { spawnKvitok } from '../support/command.ts';
import { until } from '../support/condition.ts';
import { raw } from '../support/letter.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { type Desk, freshDesk } from './desk.ts';

let desk: Desk;
let sink: SmtpSink;
beforeEach(async () => {
  sink = await startSmtpSink();
  desk = freshDesk({ smtp: { host: '127.0.0.1', port: sink.port, security: 'none' } });
});
afterEach(async () => {
  await sink.stop();
  desk.remove();
});

const pipe = (n: number) =>
  spawnKvitok(['ingest', '-c', desk.configFile], desk.dir, {
    input: raw({ messageId: `${n}@client.example`, from: `writer${n}@client.example`, subject: `Letter ${n}` }),
  });

test('a letter that comes while another call sends its last acknowledgement gets its ticket and its own', async () => {
  sink.trouble({ stage: 'dot', delay: 3000, times: 1 });
  const first = pipe(1);
  await until(() => sink.atDot() > 0, 15_000, 'the first call has only its answer to wait for');
  const second = pipe(2);
  expect((await Promise.all([first, second])).map(({ code }) => code)).toEqual([0, 0]);
  const ends = await desk.store(({ db }) => db.selectFrom('letters').select('disposition').execute());
  expect(ends).toEqual([{ disposition: 'opened' }, { disposition: 'opened' }]);
  expect(sink.letters.map(({ to }) => to[0])).toEqual(['writer1@client.example', 'writer2@client.example']);
});

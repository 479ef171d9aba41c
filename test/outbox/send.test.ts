import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { SmtpConfig } from '../../src/config/schema.ts';
import { decode } from '../../src/decode/decode.ts';
import { compose, IN_EVERY_LETTER, NOTHING } from '../../src/outbox/compose.ts';
import { openTemplates } from '../../src/outbox/templates.ts';
import { directoryTransport, smtpTransport, type Transport } from '../../src/outbox/transport.ts';
import type { OutgoingLetter } from '../../src/store/outbox.ts';
import { until } from '../support/condition.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';

const SENDER = {
  name: 'Служба поддержки',
  address: 'support@desk.example',
  hours: { ru: 'всегда', en: 'always' },
  site: null,
  envelopeFrom: 'null' as const,
  secrets: { address: 'support@desk.example', people: [], keys: null },
};
const LETTER: OutgoingLetter = {
  id: 1,
  messageId: 'kvitok.ack.10429.abc@kvitok.desk.example',
  kind: 'acknowledgement',
  form: 'full',
  ticket: 1042,
  letter: 1,
  entry: null,
  model: {
    to: { name: 'Купите слона http://spam.example', address: 'ivan@client.example' },
    language: 'ru',
    inReplyTo: 'one@client.example',
    references: ['zero@client.example', 'one@client.example'],
    replyTo: null,
    files: [
      { name: 'снимок.png', refused: null },
      { name: '<b>.bmp', refused: 'bmp-not-archived' },
    ],
  },
  attempts: 1,
  doubtful: false,
  createdAt: Date.parse('2026-03-02T10:00:00+03:00'),
};
const composed = (change: object = {}, sender = SENDER) =>
  compose({ ...LETTER, ...change }, NOTHING, sender, openTemplates(undefined));

test('every letter about a ticket has what its template may ask for by any kind', () => {
  let had: readonly string[] = [];
  const render = (_name: string, _language: string, values: Readonly<Record<string, unknown>>) => {
    had = Object.keys(values);
    return { subject: '', text: '', html: '' };
  };
  compose(LETTER, NOTHING, SENDER, { ...openTemplates(undefined), render });
  expect([...IN_EVERY_LETTER].sort()).toEqual([...had].sort());
});

test('a letter to somebody whose program calls its letters in Cyrillic names no such letter, and goes anywhere', () => {
  const references = ['zero@client.example', 'письмо-1@клиент.рф'];
  const { mail } = composed({ model: { ...LETTER.model, inReplyTo: 'письмо-2@клиент.рф', references } });
  expect(mail.inReplyTo).toBeUndefined();
  expect(mail.references).toEqual(['<zero@client.example>']);
});

let sink: SmtpSink;
let transport: Transport;
const smtp = (port: number): SmtpConfig => ({
  host: '127.0.0.1',
  port,
  security: 'none',
  verifyCertificate: true,
  connections: 2,
  envelopeFrom: 'null',
});
beforeAll(async () => {
  sink = await startSmtpSink();
  transport = smtpTransport(smtp(sink.port), null);
});
afterAll(async () => {
  transport.close();
  await sink.stop();
});
beforeEach(() => {
  sink.calm();
  sink.clear();
});

describe('an acknowledgement on the wire', () => {
  test('has a null envelope sender, the marks of an automatic answer and the thread of the letter it answers', async () => {
    expect(await transport.send(composed())).toMatchObject({ ok: true });
    const { from, to, raw } = sink.letters[0]!;
    expect([from, to]).toEqual(['', ['ivan@client.example']]);
    const { fields, messageId, references, subject } = decode(raw);
    expect(messageId).toBe('kvitok.ack.10429.abc@kvitok.desk.example');
    expect(references).toEqual(['zero@client.example', 'one@client.example']);
    expect(fields.first('in-reply-to')).toBe('<one@client.example>');
    expect(fields.first('auto-submitted')).toBe('auto-replied');
    expect(fields.first('x-auto-response-suppress')).toBe('All');
    expect(subject).toBe('[#10429] Ваше обращение принято');
    expect(raw.toString('latin1')).toMatch(/^Subject: =\?UTF-8\?/m);
  });

  test('comes as text and as HTML, and repeats nothing that the stranger chose, not even his name', async () => {
    await transport.send(composed());
    const { raw } = sink.letters[0]!;
    const { text, html, to } = decode(raw);
    expect(text).toContain('Номер обращения: 10429');
    expect(html).toContain('10429');
    expect(text).toContain('Принятые файлы: снимок.png.');
    expect(text).toMatch(/<b>\.bmp: формат BMP принимается только в архиве/);
    expect(html).toContain('&lt;b&gt;.bmp');
    expect(to).toEqual([{ name: '', address: 'ivan@client.example' }]);
    expect(`${text}${html}`).not.toContain('spam.example');
  });

  test('leaves from the support address where the provider refuses a null sender', async () => {
    await transport.send(composed({}, { ...SENDER, envelopeFrom: 'support' as unknown as 'null' }));
    expect(sink.letters[0]!.from).toBe('support@desk.example');
  });
});

test('a letter that can not be put together is its own trouble, and stops no other', async () => {
  const broken = composed();
  const headers = Object.defineProperty({}, 'x', {
    enumerable: true,
    get: () => {
      throw new Error('no such value');
    },
  });
  const letter = { ...broken, mail: { ...broken.mail, headers } };
  const folder = directoryTransport(path.join(os.tmpdir(), 'kvitok-never-made'));
  for (const way of [transport, folder])
    expect(await way.send(letter)).toMatchObject({ ok: false, failure: { reply: null, reached: 'server' } });
});

describe('when the server', () => {
  test('puts the letter off, it is a passing failure', async () => {
    sink.trouble({ stage: 'dot', answer: 451, times: 1 });
    expect(await transport.send(composed())).toMatchObject({ ok: false, failure: { reply: 451 } });
  });
  test('refuses the recipient, it is a lasting failure', async () => {
    sink.trouble({ stage: 'rcpt', answer: 550, times: 1 });
    expect(await transport.send(composed())).toMatchObject({ ok: false, failure: { reply: 550, reached: 'server' } });
  });
  test('refuses one of several recipients, the letter has left and says who did not get it', async () => {
    sink.trouble({ stage: 'rcpt', answer: 550, address: 'olga@client.example' });
    const letter = composed();
    const both = { ...letter, envelope: { ...letter.envelope, to: ['ivan@client.example', 'olga@client.example'] } };
    expect(await transport.send(both)).toMatchObject({
      ok: true,
      refused: [{ address: 'olga@client.example', reply: expect.stringContaining('550'), lasting: true }],
    });
    expect(sink.letters.map(({ to }) => to)).toEqual([['ivan@client.example']]);
  });
  test('puts one of several recipients off, it says that this is only for now', async () => {
    sink.trouble({ stage: 'rcpt', answer: 451, address: 'olga@client.example' });
    const letter = composed();
    const both = { ...letter, envelope: { ...letter.envelope, to: ['ivan@client.example', 'olga@client.example'] } };
    expect(await transport.send(both)).toMatchObject({
      ok: true,
      refused: [{ address: 'olga@client.example', reply: expect.stringContaining('451'), lasting: false }],
    });
  });
  test('hangs up after the whole letter, nobody can know', async () => {
    sink.trouble({ stage: 'dot', answer: 'drop', times: 1 });
    expect(await transport.send(composed())).toMatchObject({
      ok: false,
      failure: { reply: null, reached: 'after-dot' },
    });
  });
  test('hangs up before the letter was handed over, it may be sent again', async () => {
    sink.trouble({ stage: 'rcpt', answer: 'drop', times: 1 });
    const sent = await transport.send(composed());
    expect(sent).toMatchObject({ ok: false });
    expect(!sent.ok && sent.failure.reached).not.toBe('after-dot');
  });
  test('thinks over the final dot when kvitok ends, nobody waits for it and nobody can know', async () => {
    const ending = smtpTransport(smtp(sink.port), null);
    sink.trouble({ stage: 'dot', delay: 60_000 });
    const sent = ending.send(composed());
    await until(() => sink.atDot() > 0 || undefined, 5_000, 'the server has the whole letter');
    ending.close();
    expect(await sent).toMatchObject({ ok: false, failure: { reply: null, reached: 'after-dot' } });
  });
  test('is away, nobody was reached', async () => {
    const away = smtpTransport(smtp(1), null);
    expect(await away.send(composed())).toMatchObject({ ok: false, failure: { reply: null, reached: 'nobody' } });
    away.close();
  });
  test('wants another password, it is no fault of the letter', async () => {
    const strict = await startSmtpSink({ auth: { user: 'support', pass: 'right' } });
    const wrong = smtpTransport(smtp(strict.port), { user: 'support', password: 'wrong' });
    expect(await wrong.send(composed())).toMatchObject({ ok: false, failure: { reply: null, reached: 'nobody' } });
    wrong.close();
    await strict.stop();
  });
});

test('without a server letters become files, whole ones only', async () => {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-outgoing-'));
  await directoryTransport(dir).send(composed());
  expect(fs.readdirSync(dir)).toEqual(['kvitok.ack.10429.abc@kvitok.desk.example.eml']);
  expect(decode(fs.readFileSync(path.join(dir, fs.readdirSync(dir)[0]!))).subject).toContain('[#10429]');
  fs.rmSync(dir, { recursive: true });
});

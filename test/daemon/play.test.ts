// A conversation played by the programs people use: customers write with swaks and mutt, operators read and answer in mutt over
// IMAP, a Dovecot holds everybody's mail, and the daemon stands between them.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { Message } from '../../src/mail/message.ts';
import { tagsIn } from '../../src/thread/tags.ts';
import { png } from '../attachments/pictures.ts';
import { muttReplies, swaks } from '../support/clients.ts';
import { until } from '../support/condition.ts';
import { ANNA, BORIS, IVAN, MARIA, openStage, type Stage } from '../support/play.ts';

jest.setTimeout(120_000);

let stage: Stage;
let dir: string;
beforeAll(async () => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-play-'));
  stage = await openStage();
});
afterAll(async () => {
  await stage?.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

/** The letters of one ticket in a mailbox hang together: each but the first refers to one that is there, or was sent. */
function expectThread(letters: readonly Message[], known: readonly Message[] = letters): void {
  const ids = new Set(known.map(({ messageId }) => messageId));
  const roots = letters.filter(({ references }) => !references.some((id) => ids.has(id)));
  expect(roots).toHaveLength(1);
}

const everythingOf = ({ fields, text, html }: Message) =>
  [...fields.all.map(({ name, value }) => `${name}: ${value}`), text, html].join('\n');

test('Ivan asks, Anna and Boris are told, Anna answers in mutt, Ivan answers her, Boris answers him and closes', async () => {
  await swaks(stage, 'Иван Петров <ivan@client.example>', {
    subject: 'Не открывается корзина',
    body: 'Здравствуйте!\nКорзина пуста, хотя товары добавлены.\nПароль от админки: Qwerty12\n',
  });
  const [receipt] = await stage.inbox(IVAN, 1);
  const number = tagsIn(receipt!.subject)[0]!;
  const question = receipt!.references.at(-1)!;
  for (const operator of [ANNA, BORIS]) {
    const [told] = await stage.inbox(operator, 1);
    expect(told).toMatchObject({
      subject: `[#${number}] Не открывается корзина`,
      from: [{ name: 'Иван Петров', address: 'support@desk.example' }],
      to: [{ address: operator.address }],
    });
    expect(told!.text).toContain('Корзина пуста, хотя товары добавлены.');
    expect(told!.text).not.toContain('Qwerty12');
  }

  await muttReplies(stage, ANNA, 1, 'Здравствуйте, Иван!\nОчистите кэш браузера, пожалуйста.');
  const [, answer] = await stage.inbox(IVAN, 2);
  expect(answer).toMatchObject({
    subject: `Re: [#${number}] Не открывается корзина`,
    from: [{ name: 'Анна', address: 'support@desk.example' }],
    to: [{ address: IVAN.address }],
    text: expect.stringMatching(/^Здравствуйте, Иван!\nОчистите кэш браузера, пожалуйста\.\n?$/),
  });
  expect(answer!.references.at(-1)).toBe(question);
  expect(answer!.fields.has('auto-submitted')).toBe(false);
  expect(everythingOf(answer!)).not.toMatch(/anna@|mutt|kvitok:/i);

  await muttReplies(stage, IVAN, 2, 'Очистил, не помогло.');
  const [, fromIvan] = await stage.inbox(ANNA, 2);
  expect(fromIvan!.text).toMatch(/^\[kvitok\].*\n\nОчистил, не помогло\./);
  expect(fromIvan!.from[0]?.name).toBe('Иван Петров');

  const boris = await stage.inbox(BORIS, 3);
  expect(boris.map(({ from }) => from[0]?.name)).toEqual(['Иван Петров', 'Анна', 'Иван Петров']);
  await muttReplies(stage, BORIS, 3, '#закрыть\n\nИван, включите JavaScript.');
  const ivans = await stage.inbox(IVAN, 4);
  const second = ivans.find(({ from }) => from[0]?.name === 'Борис');
  expect(second?.text).toMatch(/^Иван, включите JavaScript\.\n\n.*Оцените/s);
  expect(second?.text).not.toContain('#закрыть');
  const transcript = (await stage.inbox(BORIS, 4)).at(-1)!;
  expect(transcript.text).toMatch(/#закрыть\n\s+обращение решено/);

  for (const operator of [ANNA, BORIS]) {
    const letters = await stage.inbox(operator, 3);
    expectThread(letters);
    for (const { subject } of letters) expect(tagsIn(subject)).toEqual([number]);
  }
  const sentByIvan = await stage.inbox(IVAN, 1, 'Sent');
  expectThread([{ ...receipt!, messageId: question, references: [] }, ...ivans, ...sentByIvan]);
  for (const { subject } of ivans) expect(subject.match(/\[#\d+\]/g)).toEqual([`[#${number}]`]);
  const { stdout } = await stage.room.command(['show', number]);
  expect(stdout).toContain('Qwerty12');

  const support = { user: 'support', name: 'the desk', address: 'support@desk.example' };
  const filed = await stage.inbox(support, 2, 'Sent');
  expect(filed.map(({ from }) => from[0]?.name)).toEqual(['Анна', 'Борис']);
  await stage.daemon.said(({ msg }) => msg === 'our own letter came back', 'what kvitok filed is known as its own');
});

test('Maria sends a picture, Boris has it in his mailbox and answers with one of his own', async () => {
  const [hers, his] = ['hers.png', 'his.png'].map((name) => path.join(dir, name)) as [string, string];
  fs.writeFileSync(hers, png(8, 8));
  fs.writeFileSync(his, png(16, 16));
  const before = (await stage.inbox(BORIS, 0)).length;
  await swaks(stage, 'Maria Weber <maria@shop.example>', {
    subject: 'The cart page looks broken',
    body: 'Hello, please have a look at the picture.\n',
    attach: [hers],
  });
  const told = (await stage.inbox(BORIS, before + 1)).at(-1)!;
  expect(told.subject).toMatch(/^\[#\d+\] The cart page looks broken$/);
  expect(told.parts.map(({ bytes }) => Buffer.from(bytes))).toEqual([png(8, 8)]);

  await muttReplies(stage, BORIS, before + 1, 'Hello Maria, it should look like this.', [his]);
  const answer = (await stage.inbox(MARIA, 2)).at(-1)!;
  expect(answer.text.trim()).toBe('Hello Maria, it should look like this.');
  expect(answer.parts.map(({ bytes }) => Buffer.from(bytes))).toEqual([png(16, 16)]);
});

test('an answer that somebody sends from the shared account in mutt is known, and goes to nobody twice', async () => {
  const support = { user: 'support', name: 'Поддержка', address: 'support@desk.example' };
  const before = (await stage.inbox(IVAN, 0)).length;
  await swaks(stage, 'Иван Петров <ivan@client.example>', { subject: 'Где счёт?', body: 'Пришлите счёт.\n' });
  const receipt = (await stage.inbox(IVAN, before + 1)).at(-1)!;
  const number = tagsIn(receipt.subject)[0]!;
  const done = await until(
    async () => (await stage.dovecot.count('support', 'Kvitok.Done')) || undefined,
    10_000,
    'the letter is in the done folder',
  );
  await muttReplies(stage, support, done, 'Счёт отправлен.', [], 'Kvitok.Done');
  const { stdout } = await until(
    async () => {
      const shown = await stage.room.command(['show', number]);
      return shown.stdout.includes('Счёт отправлен.') && shown;
    },
    15_000,
    'the answer is on its ticket',
  );
  expect(stdout).toContain('waiting');
  const texts = (await stage.inbox(IVAN, before + 2)).slice(before).map(({ text }) => text);
  expect(texts.filter((text) => text.includes('Счёт отправлен.'))).toHaveLength(1);
});

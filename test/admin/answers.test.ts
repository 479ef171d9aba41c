// kvitok answers: what ready answers there are, and which files are none.

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openReadyAnswers } from '../../src/outbox/ready-answers.ts';
import { ticketOf } from '../desk/commands/case.ts';
import { type Desk, freshDesk } from './desk.ts';

let desk: Desk;
beforeAll(() => {
  desk = freshDesk({ templates: 'own' });
  const folder = path.join(desk.dir, 'own/answers');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'hosting.ru.md'),
    '---\ntitle: Наш хостинг\nlanguage: ru\n---\nНомер {{ number }}.\n',
  );
  fs.writeFileSync(path.join(folder, 'wrong.md'), '---\ntitle: Что-то\nlanguage: ru\n---\n{{ password }}\n');
  fs.writeFileSync(path.join(folder, 'none.md'), 'Просто текст.\n');
  fs.writeFileSync(path.join(folder, 'speechless.md'), '---\ntitle: На каком языке?\n---\nТекст.\n');
});
afterAll(() => desk.remove());

const HOURS = { ru: '', en: '' };
const answers = (own?: string) =>
  openReadyAnswers(own, { name: 'D', address: 'd@d.example', site: null, hours: HOURS, timeZone: 'UTC' }, () => 0);

test('every ready answer of the package can be written for a ticket, in Russian and in English', () => {
  const { list, write, unusable } = answers();
  expect(unusable).toEqual([]);
  expect(list().length).toBeGreaterThan(12);
  for (const { name } of list())
    for (const language of ['ru', 'en'] as const) {
      const written = write(name, ticketOf({ language }));
      expect(written).toMatchObject({
        answer: { name, language },
        text: expect.stringMatching(/^(Здравствуйте!|Hello,)\n\n/),
      });
    }
});

test('there is one for everything that support does not do (§2), and it is of the level for that', () => {
  const { list } = answers();
  const outside = list().filter(({ name }) =>
    ['installation', 'transfer', 'server', 'hosting', 'markup', 'third-party'].includes(name),
  );
  expect(outside.map(({ level }) => level)).toEqual(new Array(12).fill('consulting'));
});

test('the list names what a desk has of its own, and what cannot be used and why', async () => {
  const { code, stdout, stderr } = await desk.run('answers', 'list');
  expect(code).toBe(65);
  expect(stdout).toMatch(/^hosting +ru +Наш хостинг$/m);
  expect(stdout).toMatch(/^hosting +en +consulting +Hosting$/m);
  expect(stderr).toBe(
    'answers/none.md cannot be used: it does not begin with front matter between two lines of ---\n' +
      'answers/speechless.md cannot be used: its front matter names no language: ru or en\n',
  );
});

test('one is shown as its file holds it', async () => {
  expect((await desk.run('answers', 'show', 'hosting')).stdout).toContain('Наш хостинг (ru)\n\nНомер {{ number }}.\n');
  expect(await desk.run('answers', 'show', 'refund')).toMatchObject({
    code: 66,
    stderr: expect.stringMatching(/^there is no ready answer refund; there are: .*hosting/),
  });
});

test('a text that asks for what is not there is a fault, not an empty place', () => {
  const own = path.join(desk.dir, 'own');
  expect(answers(own).write('wrong', ticketOf())).toMatchObject({ fault: expect.stringMatching(/password/) });
  expect(answers(own).write('hosting', ticketOf())).toMatchObject({ text: 'Номер 10429.' });
});

// kvitok report over a desk that took letters in: what an admin and a lead see of it.

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { queueReports } from '../../src/clocks/reports.ts';
import { unequal } from '../../src/desk/report/figures.ts';
import { operatorsOf } from '../../src/ingest/rules.ts';
import { recordEvent } from '../../src/store/events.ts';
import { withDesk } from '../support/desk.ts';
import { configOf, posted } from '../support/posted.ts';
import { type Desk, freshDesk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = freshDesk();
  await desk.takeIn(
    { text: 'Не работает корзина, ошибка.\n', parts: [{ contentType: 'image/bmp', content: 'BM', filename: 'a.bmp' }] },
    { from: 'list@client.example', headers: [['List-Id', '<news.client.example>']], text: 'News\n' },
    { from: 'Olga <olga@elsewhere.example>', text: 'Сколько стоит лицензия?\n' },
  );
  await desk.run('set', '10008', '--state', 'resolved');
  await desk.run('set', '10008', '--state', 'open');
  // first a 5, and then, thinking better of it, a 2
  await desk.store(async ({ db }) => {
    const rating = { kind: 'rating', by: 'ivan@client.example', because: '' } as const;
    await recordEvent(db, 1000, { ...rating, was: null, became: '5' }, Date.now());
    await recordEvent(db, 1000, { ...rating, was: '5', became: '2' }, Date.now());
  });
});
afterAll(() => desk.remove());

const FROM = ['--from', '2020-01-01'];
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format();

test('all that was taken in is counted once, by what became of it and by whether it was acknowledged', async () => {
  const { code, stdout, stderr } = await desk.run('report', '--from', today(), '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const figures = JSON.parse(stdout);
  expect(unequal(figures)).toEqual([]);
  expect(figures).toMatchObject({
    letters: {
      all: 3,
      fates: [
        { name: 'automatic', n: 1 },
        { name: 'opened', n: 2 },
      ],
    },
    tickets: { all: 2, categories: [{ n: 1 }, { n: 1 }], days: [{ name: today(), n: 2 }] },
    files: { all: 1, accepted: 0 },
    resolved: 1,
    reopened: 1,
  });
});

test('a customer who thinks better of a mark is counted once, by the last one', async () => {
  const { stdout } = await desk.run('report', '--from', today(), '--json');
  const { ratings } = JSON.parse(stdout);
  expect(ratings).toMatchObject({ all: 1, average: 2, low: ['10008'] });
  expect(ratings.marks.filter(({ n }: { n: number }) => n > 0)).toEqual([{ name: '2', n: 1 }]);
});

test('it is told in either language, as CSV, and as a page in a file', async () => {
  expect((await desk.run('report', ...FROM)).stdout).toMatch(/^Работа службы поддержки с 2020-01-01 по /);
  expect((await desk.run('report', ...FROM)).stdout).toContain('\n  файл повреждён: 1\n');
  expect((await desk.run('report', ...FROM, '--language', 'en')).stdout).toMatch(
    /^New tickets: 2 \(resolved: 1, reopened: 1\)$/m,
  );
  expect((await desk.run('report', ...FROM, '--csv')).stdout).toMatch(/^section,name,value\ntickets,all,2\n/);
  const file = path.join(desk.dir, 'report.html');
  expect(await desk.run('report', ...FROM, '--html', file)).toMatchObject({ code: 0 });
  expect(fs.readFileSync(file, 'utf8')).toContain('Служба поддержки');
});

test.each([
  [['--to', '2026-01-01'], 64, /--to needs --from/],
  [['--from', 'yesterday'], 64, /yesterday is no date/],
  [['--from', '2026-01-01', '--html', '/nowhere/report.html'], 73, /can't be written/],
])('%j is refused in a line', async (args, code, said) => {
  const run = await desk.run('report', ...args);
  expect(run.code).toBe(code);
  expect(run.stderr).toMatch(said);
});

test('in the first days of a month each lead is sent the month before, once; nobody else is', () =>
  withDesk(async (test) => {
    const config = configOf({
      operators: [
        { address: 'anna@desk.example', name: 'Анна', role: 'lead' },
        { address: 'boris@desk.example', name: 'Борис' },
      ],
    });
    await test.hand({});
    await test.workOff();
    let ids = 0;
    const job = {
      db: test.store.db,
      operators: () => operatorsOf(config),
      timeZone: 'Europe/Moscow',
      language: 'ru' as const,
      messageIdFor: () => `report.${++ids}@kvitok.desk.example`,
    };
    test.clock.now = Date.parse('2026-04-08T07:30:00+03:00');
    expect(await queueReports(job, test.clock.now)).toBe(0);
    test.clock.now = Date.parse('2026-04-02T07:30:00+03:00');
    expect(await queueReports(job, test.clock.now)).toBe(1);
    expect(await queueReports(job, test.clock.now)).toBe(0);
    const letters = (await posted(test, config)).filter(({ messageId }) => messageId.startsWith('report.'));
    expect(letters.map(({ mail }) => [mail.to.address, mail.subject])).toEqual([
      ['anna@desk.example', 'Отчёт службы поддержки с 2026-03-01 по 2026-03-31'],
    ]);
    expect(letters[0]?.mail.text).toMatch(/^Новые обращения: 1 /m);
    expect(letters[0]?.mail.html).toContain('<svg');
    expect(letters[0]?.mail.headers['Auto-Submitted']).toBe('auto-generated');
  }));

// The figures of a report, and the pages that are made of them.

import { expect, test } from '@jest/globals';
import { bars, columns } from '../../../src/desk/report/charts.ts';
import { type ClockRow, figuresOf, quantile, type ReportRows, unequal } from '../../../src/desk/report/figures.ts';
import { csvCell, reportLines, reportTable } from '../../../src/desk/report/lines.ts';
import { reportPage } from '../../../src/desk/report/page.ts';
import { dateAt, monthBefore, periodOf } from '../../../src/desk/report/period.ts';
import { timeWords } from '../../../src/desk/report/words.ts';
import { withPhone } from '../../support/browser.ts';
import { REGULATION } from '../../support/timetable.ts';

const ZONE = 'Europe/Moscow';
const at = (moment: string) => Date.parse(`${moment}+03:00`);
const HOUR = 3_600_000;
const NOW = at('2026-11-30T12:00');

const clock = (ticket: string, started: string, due: string, change: Partial<ClockRow> = {}): ClockRow => ({
  ticket,
  level: 'partner',
  startedAt: at(started),
  dueAt: at(due),
  stoppedAt: null,
  stoppedBecause: null,
  subject: `Вопрос ${ticket}`,
  customer: 'Иван Петров',
  ...change,
});
const answered = (moment: string) => ({ stoppedAt: at(moment), stoppedBecause: 'answered' });

const ROWS: ReportRows = {
  letters: [
    { name: 'opened', n: 3 },
    { name: 'automatic', n: 2 },
  ],
  acknowledged: 1,
  silences: [
    { name: 'automatic mail (list-id)', n: 1 },
    { name: 'automatic mail (precedence)', n: 1 },
    { name: 'From is not proven: dmarc=fail', n: 1 },
    { name: 'the letter arrived 96 hours ago', n: 1 },
  ],
  tickets: [
    { level: 'partner', category: 'errors', openedAt: at('2026-11-02T10:00') },
    { level: 'free', category: null, openedAt: at('2026-11-02T23:59') },
    { level: 'free', category: 'errors', openedAt: at('2026-11-03T00:00') },
  ],
  clocks: [
    // a Friday evening and a Saturday morning: half an hour and two and a half of working time
    clock('10008', '2026-11-06T19:30', '2026-11-07T11:30', answered('2026-11-07T11:30')),
    clock('10019', '2026-11-09T10:00', '2026-11-09T13:00', answered('2026-11-09T15:00')),
    clock('10024', '2026-11-10T10:00', '2026-11-10T13:00', {
      subject: 'Не работает <корзина>, пароль: hunter22',
      customer: 'ООО «Рога & копыта»',
    }),
    clock('10030', '2026-11-30T11:00', '2026-11-30T14:00'),
    clock('10042', '2026-11-11T10:00', '2026-11-11T13:00', {
      stoppedAt: at('2026-11-11T18:00'),
      stoppedBecause: 'spam',
    }),
  ],
  acknowledgedAfter: [400, 900, 62_000],
  marks: [
    { mark: 5, ticket: '10008' },
    { mark: 2, ticket: '10019' },
  ],
  resolved: 2,
  reopened: 1,
  files: {
    all: 7,
    accepted: 2,
    refused: [
      { name: 'damaged', n: 2 },
      { name: 'truncated', n: 2 },
      { name: 'bmp-not-archived', n: 1 },
    ],
  },
};
const PERIOD = periodOf('2026-11-01', '30.11.2026', ZONE);
if ('problem' in PERIOD) throw new Error(PERIOD.problem);
const count = (rows: ReportRows) =>
  figuresOf(rows, { timetable: REGULATION, dayOf: (moment) => dateAt(moment, ZONE), days: PERIOD.days, now: NOW });
const FIGURES = count(ROWS);
const refusal = (code: string) => (code.startsWith('bmp') ? 'BMP не в архиве' : 'файл повреждён');
const OF = {
  desk: 'Desk <b>',
  address: 'support+desk@desk.example',
  ...PERIOD,
  madeAt: NOW,
  refusal,
  timeZone: ZONE,
  language: 'ru',
} as const;

test('letters that waited are answered in time or late, wait, are overdue, or needed no answer; times are working time', () => {
  expect(FIGURES.reactions.find(({ level }) => level === 'partner')).toEqual({
    level: 'partner',
    letters: 5,
    inTime: 1,
    late: 1,
    waiting: 1,
    overdue: 1,
    withoutAnswer: 1,
    median: 3 * HOUR,
    ninety: 5 * HOUR,
    missed: [
      expect.objectContaining({
        ticket: '10019',
        dueAt: at('2026-11-09T13:00'),
        answeredAt: at('2026-11-09T15:00'),
        lateBy: 2 * HOUR,
      }),
      // 7 hours of that Tuesday, 13 weekdays, 6 days of weekends, 4 hours of the last Monday
      expect.objectContaining({ ticket: '10024', answeredAt: null, lateBy: (7 + 13 * 12 + 6 * 9 + 4) * HOUR }),
    ],
  });
});

test('a lead sees of a missed deadline who waited for what, by how much working time it is late, and opens a letter that asks for the ticket', () => {
  const page = reportPage(FIGURES, OF);
  const row = page.split('<tr>').find((one) => one.includes('[#10024]')) ?? '';
  expect(row).toContain(
    '<a href="mailto:support%2Bdesk@desk.example?subject=%5B%2310024%5D&amp;body=%23status%0D%0A%0D%0A--%20%0D%0A">[#10024]</a>',
  );
  expect(row).toContain('Не работает &lt;корзина&gt;');
  expect(row).not.toContain('hunter22');
  expect(row).toContain('ООО «Рога &amp; копыта»; поддержка для партнёров');
  expect(row).toContain('<td>10.11.2026 13:00</td><td>ещё нет</td><td>221 ч</td>');
  expect(page.split('<tr>').find((one) => one.includes('[#10019]'))).toContain('<td>2 ч</td>');
  // the ticket with a low mark is asked for in the same way
  expect(page.match(/<a href="mailto:/g)).toHaveLength(3);
});

test('an answer that came after hours is not told as late by no time', () => {
  const late = {
    ...ROWS,
    clocks: [clock('10008', '2026-11-09T17:00', '2026-11-09T20:00', answered('2026-11-09T21:00'))],
  };
  expect(reportPage(count(late), OF)).toContain('<td>09.11.2026 21:00</td><td>вне рабочих часов</td>');
});

test('tickets are counted by level, category, and the day of the desk, and reasons for silence without what is special about one letter', () => {
  expect(FIGURES.tickets).toMatchObject({
    all: 3,
    levels: [{ name: 'free', n: 2 }, { name: 'partner', n: 1 }, { n: 0 }, { n: 0 }],
    categories: [
      { name: 'errors', n: 2 },
      { name: '', n: 1 },
    ],
  });
  expect(FIGURES.tickets.days.filter(({ n }) => n > 0)).toEqual([
    { name: '2026-11-02', n: 2 },
    { name: '2026-11-03', n: 1 },
  ]);
  expect(FIGURES.letters.silences).toEqual([
    { name: 'automatic mail', n: 2 },
    { name: 'From is not proven', n: 1 },
    { name: 'the letter arrived N hours ago', n: 1 },
  ]);
});

test('every sum of parts is the whole, and where it is not that is told', () => {
  expect(unequal(FIGURES)).toEqual([]);
  expect(unequal(count({ ...ROWS, acknowledged: 2 }))).toEqual(['letters acknowledged or silent']);
  expect(unequal(count({ ...ROWS, files: { ...ROWS.files, accepted: 3 } }))).toEqual(['files']);
  const stray = { level: 'free', category: null, openedAt: at('2026-12-01T00:00') } as const;
  expect(unequal(count({ ...ROWS, tickets: [...ROWS.tickets, stray] }))).toEqual(['tickets by day']);
});

test.each([
  [[], 0.5, null],
  [[7], 0.9, 7],
  [[3, 1, 2], 0.5, 2],
  [[4, 3, 2, 1], 0.5, 2],
  [[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 0.9, 9],
])('of %j the value that part %d does not exceed is %d', (values, part, value) => {
  expect(quantile(values, part)).toBe(value);
});

test.each([
  [null, '–'],
  [900, '1 с'],
  [59_000, '59 с'],
  [90_000, '2 мин'],
  [3_600_000, '1 ч'],
  [8_100_000, '2 ч 15 мин'],
])('%s ms are told as %s', (ms, words) => {
  expect(timeWords(ms, 'ru')).toBe(words);
});

test.each(['ru', 'en'] as const)(
  'the page in %s has every figure in a table, charts beside, prints, and escapes what a desk calls itself',
  (language) => {
    const page = reportPage(FIGURES, { ...OF, language });
    expect(page).toContain('Desk &lt;b&gt;');
    expect(page).not.toContain('<b>');
    expect(page.match(/<svg/g)).toHaveLength(7);
    expect(page).toMatch(/@media print/);
    expect(page).toContain('[#10024]');
    expect(page).toContain(
      language === 'ru' ? '<td>не определена</td><td class="n">1</td>' : '<td>not known</td><td class="n">1</td>',
    );
    expect(page).toContain(language === 'ru' ? 'с 2026-11-01 по 2026-11-30' : '2026-11-01 to 2026-11-30');
    expect(page).not.toMatch(/undefined|NaN|\[object/);
  },
);

test('reasons are told in the language of the report, and an unknown one as it stands on the letter', () => {
  const rows = { ...ROWS, silences: [...ROWS.silences, { name: 'a reason of another version', n: 1 }] };
  expect(reportPage(count(rows), OF)).toContain('<td>отправитель не подтверждён</td>');
  expect(reportPage(count(rows), OF)).toContain('<td>a reason of another version</td>');
  expect(reportPage(count(rows), { ...OF, language: 'en' })).toContain('<td>From is not proven</td>');
  expect(reportLines(count(rows), OF)).toContain('  письмо пришло слишком давно: 1');
});

test('files are refused in the words that customers read, those of one sentence together; a spreadsheet has the codes', () => {
  const page = reportPage(FIGURES, OF);
  expect(page).toContain(
    '<tr><td>файл повреждён</td><td class="n">4</td></tr><tr><td>BMP не в архиве</td><td class="n">1</td></tr>',
  );
  expect(page).not.toMatch(/bmp-not-archived|truncated/);
  const lines = reportLines(FIGURES, OF);
  expect(lines).toContain('  файл повреждён: 4');
  expect(lines).toContain('  BMP не в архиве: 1');
});

test('a month in which nothing happened has a page too', () => {
  const nothing: ReportRows = {
    letters: [],
    acknowledged: 0,
    silences: [],
    tickets: [],
    clocks: [],
    acknowledgedAfter: [],
    marks: [],
    resolved: 0,
    reopened: 0,
    files: { all: 0, accepted: 0, refused: [] },
  };
  const figures = count(nothing);
  expect(unequal(figures)).toEqual([]);
  expect(reportPage(figures, OF)).not.toMatch(/undefined|NaN|null/);
  expect(reportLines(figures, OF).join('\n')).not.toMatch(/undefined|NaN|null/);
});

test('the lines and the table say the same figures', () => {
  const lines = reportLines(FIGURES, OF);
  const at = lines.findIndex((line) => line.startsWith('  [#10024] Не работает <корзина>'));
  expect(lines[at + 1]).toBe(
    '    ООО «Рога & копыта»; поддержка для партнёров; ответить до 10.11.2026 13:00, отвечено: ещё нет, опоздание: 221 ч',
  );
  expect(lines.find((line) => line.includes('#статус'))).toContain('support+desk@desk.example');
  const value = (section: string, name: string) =>
    reportTable(FIGURES).find((row) => row[0] === section && row[1] === name)?.[2];
  expect(value('tickets', 'all')).toBe('3');
  expect(value('answers partner', 'median seconds')).toBe('10800');
  expect(value('missed partner', '10024')).toBe('2026-11-10T10:00:00.000Z');
  expect(value('files refused', 'bmp-not-archived')).toBe('1');
});

test('a cell of CSV is quoted where it must be, and is no formula', () => {
  expect(['a', 'a,b', 'a"b', '=1+1', '-1'].map(csvCell)).toEqual(['a', '"a,b"', '"a""b"', "'=1+1", "'-1"]);
});

test('charts name what they show, and of nothing there is none', () => {
  expect(bars('Levels', [])).toBe('');
  expect(columns('Days', [])).toBe('');
  const chart = bars('Levels <x>', [
    { name: 'a & b', n: 2 },
    { name: 'c', n: 1 },
  ]);
  expect(chart).toContain('<title>Levels &lt;x&gt;</title>');
  expect(chart).toContain('a &amp; b');
  const [wide, half] = [...chart.matchAll(/width="(\d+)" height="16"/g)].map((match) => Number(match[1]));
  expect(wide).toBe(2 * half!);
});

test('periods are dates of the zone, also when clocks change; a month before is whole', () => {
  expect(periodOf('2026-03-29', '2026-03-29', 'Europe/Berlin')).toMatchObject({
    start: Date.parse('2026-03-29T00:00+01:00'),
    end: Date.parse('2026-03-30T00:00+02:00'),
    days: ['2026-03-29'],
  });
  expect(periodOf('tomorrow', '2026-03-29', ZONE)).toEqual({ problem: expect.stringContaining('tomorrow is no date') });
  expect(periodOf('2026-03-30', '2026-03-29', ZONE)).toEqual({ problem: expect.stringContaining('before') });
  expect(monthBefore(at('2026-03-01T00:10'), ZONE)).toEqual({ from: '2026-02-01', to: '2026-02-28' });
});

test('a lead who opens the report on a phone scrolls its tables sideways, never the page, whatever a customer is called', async () => {
  const long = { customer: 'Ы'.repeat(120), subject: 'https://shop.example/'.padEnd(200, 'x') };
  const page = reportPage(count({ ...ROWS, clocks: ROWS.clocks.map((row) => ({ ...row, ...long })) }), OF);
  await withPhone(async (phone) => {
    await phone.goto(`data:text/html;charset=utf-8,${encodeURIComponent(page)}`);
    expect(await phone.getByRole('table').count()).toBeGreaterThan(3);
    expect(await phone.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await phone.getByRole('link', { name: '[#10024]' }).scrollIntoViewIfNeeded();
    expect(await phone.getByRole('link', { name: '[#10024]' }).isVisible()).toBe(true);
  });
}, 60_000);

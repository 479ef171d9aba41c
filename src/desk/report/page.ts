// A report as one HTML page with its charts in it, for the screen, for paper and for mail: every number of a chart stands in a
// table too, because mail programs leave SVG out. In: the figures; out: the page. Pure.

import { shortMoment } from '../deadline-words.ts';
import type { Language } from '../tickets.ts';
import { bars, columns } from './charts.ts';
import { escaped } from './escaped.ts';
import { type Count, type Figures, type Reactions, renamed } from './figures.ts';
import { missedWords, type Told, ticketLink } from './missed.ts';
import { countName } from './names.ts';
import { categoryName, levelName, REPORT_WORDS, type ReportWords, timeWords } from './words.ts';

/** What a report is of. Dates as `2026-11-30`, both of them in it. */
export interface ReportOf extends Told {
  readonly desk: string;
  readonly from: string;
  readonly to: string;
  readonly madeAt: number;
  /** What is wrong with a refused file, by the code of the refusal. */
  readonly refusal: (code: string) => string;
}

const MISSED_NAMED = 100;

/** The page. */
export function reportPage(figures: Figures, of: ReportOf): string {
  const { language } = of;
  const words = REPORT_WORDS[language];
  const levels = figures.tickets.levels.map(({ name, n }) => ({
    name: levelName(name as Reactions['level'], language),
    n,
  }));
  const categories = figures.tickets.categories.map(({ name, n }) => ({ name: categoryName(name, language), n }));
  const { ratings, acknowledgements, files, letters } = figures;
  return page(of, words, [
    section(`${words.tickets}: ${figures.tickets.all}`, [
      columns(words.byDay, figures.tickets.days),
      chart(words.byLevel, levels, words),
      chart(words.byCategory, categories, words),
      `<p>${words.resolved}: ${figures.resolved}; ${words.reopened}: ${figures.reopened}</p>`,
    ]),
    section(words.reactions, [reactionTable(figures.reactions, words, language), `<p class="note">${words.note}</p>`]),
    section(words.missed, [missedTable(figures.reactions, words, of)]),
    section(words.acknowledgements, [
      `<p>${words.sent}: ${acknowledgements.sent}; ${words.columns.median}: ${timeWords(acknowledgements.median, language)}; ${words.columns.ninety}: ${timeWords(acknowledgements.ninety, language)}</p>`,
    ]),
    section(`${words.ratings}: ${ratings.all}`, [
      ...(ratings.average === null ? [] : [`<p>${words.average}: ${ratings.average.toFixed(1)}</p>`]),
      ratings.all === 0 ? '' : bars(words.ratings, ratings.marks),
      ...(ratings.low.length === 0
        ? []
        : [`<p>${words.low}: ${ratings.low.map((one) => ticketLink(one, of)).join(' ')}</p>`]),
    ]),
    section(`${words.files}: ${files.all}`, [
      `<p>${words.accepted}: ${files.accepted}</p>`,
      chart(words.refused, renamed(files.refused, of.refusal), words),
    ]),
    section(`${words.letters}: ${letters.all}`, [
      chart(words.fates, named(letters.fates, language), words),
      `<p>${words.acknowledged}: ${letters.acknowledged}</p>`,
      chart(words.silences, named(letters.silences, language), words),
    ]),
  ]);
}

const named = (counts: readonly Count[], language: Language): readonly Count[] =>
  counts.map(({ name, n }) => ({ name: countName(name, language), n }));

function chart(title: string, counts: readonly Count[], words: ReportWords): string {
  const sum = counts.reduce((all, { n }) => all + n, 0);
  if (counts.length === 0) return `<h3>${escaped(title)}</h3><p>${words.none}</p>`;
  const rows = counts.map(({ name, n }) => `<tr><td>${escaped(name)}</td><td class="n">${n}</td></tr>`);
  return `<h3>${escaped(title)}</h3>${bars(title, counts)}<table>${rows.join('')}<tr class="sum"><td>${words.all}</td><td class="n">${sum}</td></tr></table>`;
}

function reactionTable(
  reactions: readonly Reactions[],
  { columns: heads, all }: ReportWords,
  language: Language,
): string {
  const cell = (text: string | number) => `<td class="n">${text}</td>`;
  const numbers = (one: Omit<Reactions, 'level' | 'median' | 'ninety' | 'missed'>) =>
    [one.letters, one.inTime, one.late, one.waiting, one.overdue, one.withoutAnswer].map(cell).join('');
  const rows = reactions.map(
    (one) =>
      `<tr><td>${levelName(one.level, language)}</td>${numbers(one)}${cell(timeWords(one.median, language))}${cell(timeWords(one.ninety, language))}</tr>`,
  );
  const add = (key: 'letters' | 'inTime' | 'late' | 'waiting' | 'overdue' | 'withoutAnswer') =>
    reactions.reduce((sum, one) => sum + one[key], 0);
  const sums = {
    letters: add('letters'),
    inTime: add('inTime'),
    late: add('late'),
    waiting: add('waiting'),
    overdue: add('overdue'),
    withoutAnswer: add('withoutAnswer'),
  };
  const head = Object.values(heads).map((one) => `<th>${one}</th>`);
  return `<table><tr>${head.join('')}</tr>${rows.join('')}<tr class="sum"><td>${all}</td>${numbers(sums)}<td></td><td></td></tr></table>`;
}

function missedTable(reactions: readonly Reactions[], words: ReportWords, of: ReportOf): string {
  const missed = missedWords(reactions, of);
  if (missed.length === 0) return `<p>${words.none}</p>`;
  const rows = missed
    .slice(0, MISSED_NAMED)
    .map(
      ({ ticket, subject, customer, level, due, answered, late }) =>
        `<tr><td>${ticketLink(ticket, of)} ${escaped(subject)}<br><span class="note">${escaped(customer)}; ${level}</span></td><td>${due}</td><td>${answered}</td><td>${late}</td></tr>`,
    );
  const more = missed.length - MISSED_NAMED;
  const head = ['', words.due, words.answered, words.lateBy].map((one) => `<th>${one}</th>`);
  return `<table class="named"><tr>${head.join('')}</tr>${rows.join('')}</table>${more > 0 ? `<p>${words.more(more)}</p>` : ''}`;
}

const section = (title: string, parts: readonly string[]): string =>
  `<section><h2>${escaped(title)}</h2>${parts.join('\n')}</section>`;

/** Paper is white and A4: nothing is cut at its edges, and no table row goes over two sheets. */
const STYLE = `
body{margin:0 auto;padding:24px 16px;max-width:720px;font:15px/1.5 -apple-system,'Segoe UI',Roboto,Arial,sans-serif;color:#1f2933;background:#fff}
h1{font-size:24px;margin:0}h2{font-size:19px;margin:28px 0 8px;border-bottom:1px solid #c5ccd3}h3{font-size:15px;margin:16px 0 4px}
table{border-collapse:collapse;margin:8px 0}td,th{padding:3px 8px 3px 0;text-align:left;vertical-align:top;border-bottom:1px solid #e1e4e8}
.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}.sum td{font-weight:600}.note{color:#616e7c;font-size:13px}
svg{max-width:100%;height:auto}.named td:first-child{overflow-wrap:anywhere;min-width:11em}a{color:#1a5694}
@media (max-width:600px){table{display:block;overflow-x:auto}}
@media print{@page{size:A4;margin:15mm}body{padding:0;max-width:none;font-size:11pt}a{color:inherit;text-decoration:none}tr,svg{break-inside:avoid}h2,h3{break-after:avoid}rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}}`;

function page(
  { desk, from, to, madeAt, timeZone, language }: ReportOf,
  words: ReportWords,
  sections: readonly string[],
): string {
  const title = `${words.title} ${words.period(from, to)}`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${desk}: ${title}`)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(desk)}</h1>
<p>${escaped(title)}; ${words.made} ${shortMoment(madeAt, timeZone)}</p>
${sections.join('\n')}
</body>
</html>
`;
}

// A report as lines of text, for a terminal and for the text of a letter; and as a table of figures, for spreadsheets. Pure.

import { type Figures, renamed } from './figures.ts';
import { missedWords } from './missed.ts';
import { countName } from './names.ts';
import type { ReportOf } from './page.ts';
import { categoryName, levelName, REPORT_WORDS, timeWords } from './words.ts';

const MISSED_NAMED = 20;

/** The lines. */
export function reportLines(
  figures: Figures,
  { from, to, refusal, ...told }: Omit<ReportOf, 'desk'>,
): readonly string[] {
  const { language } = told;
  const words = REPORT_WORDS[language];
  const { columns } = words;
  const { tickets, reactions, ratings, acknowledgements, files, letters } = figures;
  const missed = missedWords(reactions, told);
  const listed = (counts: readonly { readonly name: string; readonly n: number }[]) =>
    counts.map(({ name, n }) => `  ${name}: ${n}`);
  return [
    `${words.title} ${words.period(from, to)}`,
    '',
    `${words.tickets}: ${tickets.all} (${words.resolved}: ${figures.resolved}, ${words.reopened}: ${figures.reopened})`,
    ...tickets.levels.filter(({ n }) => n > 0).map(({ name, n }) => `  ${levelName(name as 'free', language)}: ${n}`),
    '',
    `${words.tickets} ${words.byCategory}:`,
    ...listed(tickets.categories.map(({ name, n }) => ({ name: categoryName(name, language), n }))),
    '',
    `${words.reactions}:`,
    ...reactions
      .filter((one) => one.letters > 0)
      .map(
        (one) =>
          `  ${levelName(one.level, language)}: ${columns.letters} ${one.letters}, ${columns.inTime} ${one.inTime}, ${columns.late} ${one.late}, ${columns.waiting} ${one.waiting}, ${columns.overdue} ${one.overdue}, ${columns.withoutAnswer} ${one.withoutAnswer}; ${columns.median} ${timeWords(one.median, language)}, ${columns.ninety} ${timeWords(one.ninety, language)}`,
      ),
    '',
    `${words.missed}: ${missed.length === 0 ? words.none : missed.length}`,
    ...missed
      .slice(0, MISSED_NAMED)
      .flatMap(({ ticket, subject, customer, level, due, answered, late }) => [
        `  [#${ticket}] ${subject}`,
        `    ${customer}; ${level}; ${words.due} ${due}, ${words.answered}: ${answered}, ${words.lateBy}: ${late}`,
      ]),
    ...(missed.length > MISSED_NAMED ? [`  ${words.more(missed.length - MISSED_NAMED)}`] : []),
    ...(missed.length > 0 ? [words.ask(told.address)] : []),
    '',
    `${words.acknowledgements}: ${words.sent} ${acknowledgements.sent}; ${columns.median} ${timeWords(acknowledgements.median, language)}, ${columns.ninety} ${timeWords(acknowledgements.ninety, language)}`,
    `${words.ratings}: ${ratings.all}${ratings.average === null ? '' : `, ${words.average} ${ratings.average.toFixed(1)}`}`,
    `${words.files}: ${files.all}, ${words.accepted} ${files.accepted}`,
    ...listed(renamed(files.refused, refusal)),
    `${words.letters}: ${letters.all}, ${words.acknowledged} ${letters.acknowledged}; ${words.silences}:`,
    ...listed(letters.silences.map(({ name, n }) => ({ name: countName(name, language), n }))),
  ];
}

/** Figures as rows of a spreadsheet: what, of what, how much. Times are seconds; days and missed deadlines a row each. */
export function reportTable(figures: Figures): readonly (readonly [section: string, name: string, value: string])[] {
  const { tickets, reactions, ratings, acknowledgements, files, letters } = figures;
  const counts = (section: string, list: readonly { readonly name: string; readonly n: number }[]) =>
    list.map(({ name, n }) => [section, name, String(n)] as const);
  const seconds = (ms: number | null) => (ms === null ? '' : String(Math.round(ms / 1000)));
  return [
    ['tickets', 'all', String(tickets.all)],
    ['tickets', 'resolved', String(figures.resolved)],
    ['tickets', 'reopened', String(figures.reopened)],
    ...counts('tickets by level', tickets.levels),
    ...counts(
      'tickets by category',
      tickets.categories.map(({ name, n }) => ({ name: name || 'unknown', n })),
    ),
    ...counts('tickets by day', tickets.days),
    ...reactions.flatMap(({ level, missed, median, ninety, ...numbers }) => [
      ...counts(
        `answers ${level}`,
        Object.entries(numbers).map(([name, n]) => ({ name, n })),
      ),
      [`answers ${level}`, 'median seconds', seconds(median)] as const,
      [`answers ${level}`, '90 % seconds', seconds(ninety)] as const,
      ...missed.map(({ ticket, dueAt }) => [`missed ${level}`, ticket, new Date(dueAt).toISOString()] as const),
    ]),
    ['acknowledgements', 'sent', String(acknowledgements.sent)],
    ['acknowledgements', 'median seconds', seconds(acknowledgements.median)],
    ['acknowledgements', '90 % seconds', seconds(acknowledgements.ninety)],
    ...counts('ratings', ratings.marks),
    ['files', 'all', String(files.all)],
    ['files', 'accepted', String(files.accepted)],
    ...counts('files refused', files.refused),
    ['letters', 'all', String(letters.all)],
    ['letters', 'acknowledged', String(letters.acknowledged)],
    ...counts('letters by fate', letters.fates),
    ...counts('letters without acknowledgement', letters.silences),
  ];
}

/** A value as a cell of CSV (RFC 4180); what a spreadsheet would take for a formula is told as text. */
export const csvCell = (value: string): string => {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",;\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

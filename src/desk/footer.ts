// The part of a letter to an operator that is for the desk alone, between two lines that are spelled here and nowhere else.
// However a mail client quotes it, it is found again and taken out of what goes to a customer.

import type { Language } from './tickets.ts';

/** ASCII where it counts: a client may answer in a charset that has no dashes or boxes. */
const BEGIN: { readonly [language in Language]: string } = {
  ru: '=== kvitok: ниже только для сотрудников, клиенту не уходит ===',
  en: '=== kvitok: below is for the desk alone, never for the customer ===',
};
const END: { readonly [language in Language]: string } = { ru: '=== kvitok: конец ===', en: '=== kvitok: end ===' };

const MARK = /^[\s>|*]*={2,}\s?kvitok\s?:/i;
const END_MARK = /^[\s>|*]*={2,}\s?kvitok\s?:\s?(?:конец|end\s?=)/i;
const QUOTED = /^\s?>/;

/** Sets the lines between the marks. */
export const footerOf = (lines: readonly string[], language: Language): readonly string[] => [
  BEGIN[language],
  ...lines,
  END[language],
];

/** Whether a line of a footer's marks is in the text: what is left of one must not leave the house. */
export const holdsFooter = (text: string): boolean => text.split('\n').some((line) => MARK.test(line));

/**
 * The text without the footer: from the first mark to the last end, or where the end was cut off, to the end of the quote
 * or of the text. A footer whose beginning was cut off stays, and `holdsFooter` tells of it.
 */
export function withoutFooter(text: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex((line) => MARK.test(line) && !END_MARK.test(line));
  if (from < 0) return text;
  const end = lines.findLastIndex((line) => END_MARK.test(line));
  const to = end > from ? end + 1 : endOfQuote(lines, from);
  return [...lines.slice(0, from), ...lines.slice(to)].join('\n').trim();
}

function endOfQuote(lines: readonly string[], from: number): number {
  if (!QUOTED.test(lines[from]!)) return lines.length;
  const own = lines.findIndex((line, at) => at > from && line.trim() !== '' && !QUOTED.test(line));
  return own < 0 ? lines.length : own;
}

/** A stranger's text in which nothing looks like a mark: it must not choose what of a letter is cut. */
export const defused = (text: string): string =>
  text
    .split('\n')
    .map((line) => (MARK.test(line) ? line.replace(/=/g, '-') : line))
    .join('\n');

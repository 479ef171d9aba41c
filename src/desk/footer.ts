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

/** The first line of what is sent on to the desk: everything below it was not written by who quotes it. */
const LEAD: { readonly [language in Language]: (number: string) => string } = {
  ru: (number) => `[kvitok] Обращение ${number}. Команды пишут выше этой строки.`,
  en: (number) => `[kvitok] Ticket ${number}. Commands go above this line.`,
};
const LEAD_MARK = /^[\s>|*]*\[kvitok\]/i;

/** The line with which a letter to an operator begins. */
export const leadOf = (number: string, language: Language): string => LEAD[language](number);

/** Whether a line is one of those that only the desk writes into its letters to operators. */
export const isOurs = (line: string): boolean => MARK.test(line) || LEAD_MARK.test(line);

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
  const lines = text.split('\n').filter((line) => !LEAD_MARK.test(line));
  const from = lines.findIndex((line) => MARK.test(line) && !END_MARK.test(line));
  if (from < 0) return lines.join('\n');
  const end = lines.findLastIndex((line) => END_MARK.test(line));
  const to = end > from ? end + 1 : endOfQuote(lines, from);
  return [...lines.slice(0, from), ...lines.slice(to)].join('\n').trim();
}

function endOfQuote(lines: readonly string[], from: number): number {
  if (!QUOTED.test(lines[from]!)) return lines.length;
  const own = lines.findIndex((line, at) => at > from && line.trim() !== '' && !QUOTED.test(line));
  return own < 0 ? lines.length : own;
}

/** Everything before the sign that a command begins with, where a line begins with one. */
const BEFORE_SIGN = /^[\s\p{Cf}*_•·|>-]*(?=[#＃﹟♯№])/u;

/**
 * A stranger's text in which nothing looks like a mark, for it must not choose what of a letter is cut, and no line like a
 * command, for it may come back as the operator's. A backslash survives every client and charset, and the eye passes over it.
 */
export const defused = (text: string): string =>
  text
    .split('\n')
    .map((line) => (MARK.test(line) ? line.replace(/=/g, '-') : LEAD_MARK.test(line) ? line.replace('[', '(') : line))
    .map((line) => line.replace(BEFORE_SIGN, '$&\\'))
    .join('\n');

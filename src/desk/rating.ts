// A mark for the desk's work (regulation §6): 1 to 5 in the first lines of an answer to the solution, as a digit, in words or in
// stars, and with it, where somebody likes, why. A number that counts something, or begins a list, is none.

import { isAboutService, isJudgement, isPraise } from './opinion.ts';
import { isThanks } from './thanks.ts';

/** Poor to excellent. */
export type Stars = 1 | 2 | 3 | 4 | 5;

/** Reads a rating as it is typed or stored; null where it is none. */
export function starsOf(typed: unknown): Stars | null {
  return typeof typed === 'string' && /^[1-5]$/.test(typed) ? (Number(typed) as Stars) : null;
}

export interface Rating {
  readonly mark: Stars;
  readonly comment: string;
  /** Whether the comment may say that something waits for the desk: then the ticket is open again as well. */
  readonly reopens: boolean;
}

/** Marks of this and below are for a lead to look at. */
export const LOW_MARK = 2;

/** Words of a mark, by the mark. */
const NAMES: readonly (readonly [words: string, mark: Stars])[] = [
  ['один|единиц[аыу]|кол|one', 1],
  ['два|двойк[аиу]|two', 2],
  ['три|тройк[аиу]|three', 3],
  ['четыре|четв[её]рк[аиу]|four', 4],
  ['пять|пят[её]рк[аиу]|пят[её]рочк[аиу]|five', 5],
];
const WORDS = NAMES.map(([words]) => words).join('|');

const LEAD =
  '(?:(?:моя |наша |наша |my |our )?(?:оценка|балл|mark|rating|rate)|ставлю|ставим|тв[её]рд(?:ая|ую|о)|на)?[\\s:=–—-]*';
const UNIT =
  '(?:\\s*(?:из|of|\\/)\\s*5)?(?:\\s*(?:балл(?:а|ов)?|зв[её]зд[аы]?|points?|stars?)(?![\\p{L}]))?(?:\\s*(?:с плюсом|\\+))?';
const MARK = new RegExp(
  `^[\\s\\p{Cf}*_"'«“>]*${LEAD}(?:(?<digit>[1-5])(?![.,:%]?\\d|\\/(?!5(?!\\d))\\d|[\\p{L}%)])|(?<word>${WORDS})(?![\\p{L}-])|(?<stars>[⭐★🌟✭](?:\\s?[⭐★🌟✭☆]){0,4}(?!\\s?[⭐★🌟✭☆])))${UNIT}(?<end>[\\s\\p{Cf}.!*_"'»”]*)(?<sign>[,.!;:–—-]?)\\s*(?<behind>.*)$`,
  'iu',
);

/** Lines before the mark that say nothing: a greeting, thanks. */
const LINES_BEFORE = 2;

/** The mark and what is said with it; null where the letter begins with none. */
export function ratingIn(reply: string): Rating | null {
  const lines = reply.split('\n').filter((line) => line.trim() !== '');
  for (let at = 0; at <= LINES_BEFORE && at < lines.length; at++) {
    const [polite, line] = politeBefore(lines[at]!);
    const found = markIn(line, lines.slice(at + 1));
    if (found) {
      const comment = [...lines.slice(0, at), polite, found.behind, ...lines.slice(at + 1)]
        .filter(Boolean)
        .join('\n')
        .trim();
      return { mark: found.mark, comment, reopens: !saysOnlyHow([found.behind, ...lines.slice(at + 1)]) };
    }
    if (!isThanks(lines[at]!, false)) return null;
  }
  return null;
}

/** «Здравствуйте! 5»: a greeting or thanks before the mark, and the rest of its line. */
function politeBefore(line: string): readonly [polite: string, rest: string] {
  const [, before = '', rest = ''] = /^([^\p{N}⭐★🌟✭]{1,60}[,.!])\s+(.*)$/u.exec(line) ?? [];
  return before !== '' && isThanks(before, false) ? [before, rest] : ['', line];
}

function markIn(line: string, below: readonly string[]): { readonly mark: Stars; readonly behind: string } | null {
  const plain = line
    .slice(0, 300)
    .replace(/\uFE0F?\u20E3/gu, '')
    .replace(/\uFE0F/gu, '')
    .normalize('NFKC');
  const { digit, word, stars, end = '', sign = '', behind = '' } = MARK.exec(plain)?.groups ?? {};
  const mark = starsOf(digit) ?? named(word) ?? counted(stars);
  if (mark === null) return null;
  const words = behind.trim();
  if (words === '') return { mark, behind: '' };
  // «1. Корзина», «2 - поиск» above «3 - …»: a list of matters
  if (isListed(mark, below) || isSeries(words) || COUNTED.test(words)) return null;
  const isApart = sign !== '' && sign !== '.' && !/\./.test(end) && !isCount(words);
  if (sign === '' && end.trim() === '' && !isJudgement(words)) return null;
  return isApart || isPraise(words) || isAboutService(words) ? { mark, behind: words } : null;
}

const named = (word: string | undefined): Stars | null =>
  NAMES.find(([words]) => word !== undefined && new RegExp(`^(?:${words})$`, 'iu').test(word))?.[1] ?? null;

const counted = (stars: string | undefined): Stars | null =>
  stars === undefined ? null : starsOf(String(stars.match(/[⭐★🌟✭]/gu)?.length ?? 0));

/** Whether the next lines are numbered on. */
const isListed = (mark: Stars, below: readonly string[]): boolean =>
  below.some((line) => new RegExp(`^\\s*${mark + 1}\\s*[-–—.):]`).test(line));

/** «5 - 7 дней», «1, 2 и 3 пункты», «1 - корзина, 2 - поиск»: more numbers of the same kind. */
const isSeries = (words: string): boolean =>
  /^\d/.test(words) || /(?<![\p{L}\p{N}])\d\s?(?:[.)]\s|[–—-]\s)/u.test(words);

/** «5 - это номер кассы», «3: столько раз писал». */
const COUNTED = /^(?:это|столько|номер|количество|число|шт|this is|number|times)(?!\p{L})/iu;

/** A dash that joins a number and an ending: «5-й», «2-я». */
const isCount = (words: string): boolean => /^(?:[ыои]?й|а?я|[ыо]?е|му|го|ти|х)(?![\p{L}])/iu.test(words);

/** Whether a comment is about the desk's work alone, and says nothing that waits. */
const saysOnlyHow = (lines: readonly string[]): boolean => {
  const said = lines.filter((line) => line.trim() !== '');
  return said.every((line) => isThanks(line, false) || isPraise(line) || isAboutService(line));
};

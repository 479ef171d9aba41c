// A mark for the desk's work (regulation §6): a number from 1 to 5 as the first line of an answer to the solution, and below
// it, where somebody likes, why. A number that begins a sentence or a list is none.

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
}

/** Marks of this and below are for a lead to look at. */
export const LOW_MARK = 2;

const MARK =
  /^[\s\p{Cf}*_"'«“>]*(?:(?:моя |наша |my |our )?(?:оценка|балл|mark|rating|rate)|ставлю|ставим)?[\s:=–—-]*([1-5])(?![.,]?\d)\s*(?:(?:из|of|\/)\s*5)?\s*(?:балл(?:а|ов)?|зв[её]зд[аы]?|points?|stars?)?[\s\p{Cf}.!+*_"'»”]*(?:[,.!;:–—-]\s*(.*))?$/iu;

/** The mark and what is said with it; null where the letter begins with none. */
export function ratingIn(reply: string): Rating | null {
  const lines = reply.split('\n');
  const at = lines.findIndex((line) => line.trim() !== '');
  const found = MARK.exec((lines[at] ?? '').slice(0, 200).normalize('NFKC'));
  const mark = starsOf(found?.[1]);
  if (!found || mark === null) return null;
  const behind = found[2]?.trim() ?? '';
  if (behind !== '' && !isThanks(behind, false)) return null;
  const below = lines
    .slice(at + 1)
    .join('\n')
    .trim();
  return { mark, comment: [behind, below].filter(Boolean).join('\n') };
}

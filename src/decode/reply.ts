// The text of a letter in; what its writer added, and the history and signature folded away from it, out.
// A scanner over lines: every rule looks at a bounded stretch of clipped lines, so the work grows with the text alone.
// When in doubt nothing is folded; every line is in one of the two.

import { LIMITS } from '../mail/limits.ts';
import { attributionAt } from './reply/attribution.ts';
import { layoutOf } from './reply/blocks.ts';
import { dividerAt } from './reply/divider.ts';
import { foldOf, ownEnd } from './reply/fold.ts';
import { headerBlockAt } from './reply/header-block.ts';
import { isBlank, isQuoted, type MarkRule } from './reply/mark.ts';

/** The first that answers is right: a divider stands above the header fields it belongs to. */
const MARKS: readonly MarkRule[] = [dividerAt, headerBlockAt, attributionAt];

/** The same in a letter that passes another one on. */
const FORWARD_MARKS: readonly MarkRule[] = MARKS.map((rule) => (lines, at) => {
  const mark = rule(lines, at);
  return mark?.kind === 'history' ? { ...mark, kind: 'forwarded' } : mark;
});

/** Every mark has one of these in it: a first letter to a desk, mostly without any, is not asked line by line. */
const SIGNS_OF_MARKS = [':', '：', '--', 'GMT', '<'];

/**
 * Splits a letter's text into the new part and the rest. Takes text with `\n` line ends, and what the letter does: in one that
 * `answers` nothing a quote at the end, of which nobody says who wrote it, is the writer's own; one that `forwards` another wants
 * that read, though Outlook sets the same lines above it as above history. Gives both parts, whose lines together are the
 * lines of the text. A letter that would have no new part stays whole. Never throws.
 */
export function splitReply(text: string, { answers = true, forwards = false } = {}): { reply: string; quoted: string } {
  const { lines, folded } = folding(text, answers, forwards ? FORWARD_MARKS : MARKS);
  const kept = folded.includes(true) ? lines.filter((_, at) => !folded[at]) : lines;
  if (kept.every(isBlank)) return { reply: trimmed(lines), quoted: '' };
  if (kept === lines) return { reply: trimmed(lines), quoted: '' };
  return { reply: trimmed(kept), quoted: trimmed(lines.filter((_, at) => folded[at])) };
}

/** The new part alone: empty for a letter that only quotes, which `splitReply` leaves whole so that people see it. */
export function newPart(text: string): string {
  const { lines, folded } = folding(text);
  return trimmed(lines.filter((_, at) => !folded[at]));
}

/** The lines of a text, each with whether it stands in the signature below words of its writer. */
export function signedLines(text: string): readonly { readonly line: string; readonly signed: boolean }[] {
  const { lines, clipped } = folding(text);
  const signed = new Array<boolean>(lines.length).fill(false);
  for (const block of layoutOf(clipped, MARKS).blocks)
    if (block.kind === 'words') signed.fill(true, ownEnd(clipped, block), block.to);
  return lines.map((line, at) => ({ line, signed: signed[at] === true }));
}

/** Whether a letter that is passed on stands in the text. */
export function hasForwarded(text: string): boolean {
  const { clipped } = folding(text);
  return clipped.some((_, at) => dividerAt(clipped, at)?.kind === 'forwarded');
}

/** Whether line `at` is quoted, or a quote begins with it. */
export function isSignOfQuote(lines: readonly string[], at: number): boolean {
  const near = lines.slice(at, at + MARK_LINES).map((line) => line.slice(0, LIMITS.lineChars));
  const [line = ''] = near;
  return isQuoted(line) || (!isBlank(line) && MARKS.some((rule) => rule(near, 0) !== null));
}

/** No mark is longer. */
const MARK_LINES = 20;

const ANSWER_SUBJECT =
  /^\s*(?:re|отв|ответ|на|ha|відп|aw|antw|sv|vs|rif|res|ynt|odp|回复|答复)(?:\s{0,2}[[(^]\d{1,3}[\])]?|\d{0,3})\s{0,2}[:：]/iu;

/** Whether a letter answers another one, by what it refers to or by its subject. */
export const answersOne = (references: readonly string[], subject: string): boolean =>
  references.length > 0 || ANSWER_SUBJECT.test(subject);

/** `Fwd:` and its like; a block of header fields without a divider is history anywhere else. */
const FORWARDED_SUBJECT = /^\s*(?:fwd?|fw|пересл|вн|wg|tr|rv|enc|doorst|vb)(?:\s?[[(]\d{1,3}[\])])?\s?[:：]/iu;

/** Whether a subject says that the letter is passed on. */
export const isForwardSubject = (subject: string): boolean => FORWARDED_SUBJECT.test(subject);

/** The subject without that. */
export const withoutForward = (subject: string): string => subject.replace(FORWARDED_SUBJECT, '');

function folding(text: string, answers = true, rules = MARKS) {
  const lines = text.split('\n');
  const clipped = lines.map((line) => (line.length > LIMITS.lineChars ? line.slice(0, LIMITS.lineChars) : line));
  const marks = SIGNS_OF_MARKS.some((sign) => text.includes(sign)) ? rules : [];
  return { lines, clipped, folded: foldOf(clipped, marks, answers) };
}

function trimmed(lines: readonly string[]): string {
  const from = lines.findIndex((line) => !isBlank(line));
  if (from < 0) return '';
  return lines.slice(from, lines.findLastIndex((line) => !isBlank(line)) + 1).join('\n');
}

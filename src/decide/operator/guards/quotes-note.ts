// Words of an internal note in the answer: they are there by a slip of copying. What customers can read in the ticket anyway is
// nobody's secret, though a note repeats it.

import { type Guard, plain, unlessConfirmed } from '../guard.ts';
import { isInternal, type Said } from '../standing.ts';

/** Shorter stretches are in every letter: a greeting, a link to the shop. */
const STRETCH = 40;
/** A line that is quoted whole counts from here on. */
const LINE = 15;

export const quotesNote: Guard = ({ text, conversation }) => {
  const open = conversation.said.filter((one) => !isInternal(one)).map((one) => plain(one.text));
  const said = plain(text);
  const isSecret = (words: string) => said.includes(words) && !open.some((one) => one.includes(words));
  const notes = conversation.said.filter(isInternal);
  const found = notes.map((note) => lineOf(note, isSecret) ?? stretchOf(note, said, isSecret)).find((one) => one);
  return found ? unlessConfirmed('quotes-note', found.slice(0, 80)) : null;
};

const lineOf = ({ text }: Said, isSecret: (words: string) => boolean): string | undefined =>
  text
    .split('\n')
    .map(plain)
    .find((line) => line.length >= LINE && isSecret(line));

function stretchOf(note: Said, said: string, isSecret: (words: string) => boolean): string | null {
  const stretches = new Set<string>();
  for (let at = 0; at + STRETCH <= said.length; at++) stretches.add(said.slice(at, at + STRETCH));
  const text = plain(note.text);
  for (let at = 0; at + STRETCH <= text.length; at++) {
    const words = text.slice(at, at + STRETCH);
    if (stretches.has(words) && isSecret(words)) return words;
  }
  return null;
}

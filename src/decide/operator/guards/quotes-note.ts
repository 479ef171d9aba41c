// Words of an internal note in the answer, of this ticket or of another one: they are there by a slip of copying. What customers
// can read in the ticket anyway is nobody's secret, though a note repeats it.

import { type Guard, plain, unlessConfirmed } from '../guard.ts';
import { isInternal } from '../standing.ts';

/** Shorter stretches are in every letter: a greeting, a link to the shop. */
const STRETCH = 40;
/** A line that is quoted whole counts from here on. */
const LINE = 15;

export const quotesNote: Guard = ({ text, conversation }) => {
  const notes = [...conversation.said.filter(isInternal).map((note) => note.text), ...conversation.notesElsewhere];
  if (notes.length === 0) return null;
  const said = plain(text);
  const stretches = stretchesOf(said);
  const open = conversation.said.filter((one) => !isInternal(one)).map((one) => plain(one.text));
  const isSecret = (words: string) => !open.some((one) => one.includes(words));
  for (const note of notes) {
    const line = note
      .split('\n')
      .map(plain)
      .find((one) => one.length >= LINE && said.includes(one) && isSecret(one));
    const found = line ?? stretchesOf(plain(note)).intersection(stretches).values().find(isSecret);
    if (found !== undefined) return unlessConfirmed('quotes-note', found.slice(0, 80));
  }
  return null;
};

function stretchesOf(text: string): Set<string> {
  const stretches = new Set<string>();
  for (let at = 0; at + STRETCH <= text.length; at++) stretches.add(text.slice(at, at + STRETCH));
  return stretches;
}

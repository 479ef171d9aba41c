// Words of a text to stems, Russian and English (Snowball): what a search compares.

import snowball from 'snowball-stemmers';

const russian = snowball.newStemmer('russian');
const english = snowball.newStemmer('english');
const WORD = /[\p{L}\p{N}][\p{L}\p{N}_-]*/gu;
const INDEXED_CHARS = 100_000;

/** The stems of a text, in order. Case and ё/е do not count. */
export function stemsOf(text: string): readonly string[] {
  const words = text.slice(0, INDEXED_CHARS).toLowerCase().replaceAll('ё', 'е').match(WORD) ?? [];
  return words
    .flatMap((word) => word.split('-'))
    .filter((word) => word !== '')
    .map(stem);
}

/** Most words of a letter are the same few thousand; stemming one anew costs 10 µs. */
const KNOWN_STEMS = 20_000;
const known = new Map<string, string>();

function stem(word: string): string {
  const before = known.get(word);
  if (before !== undefined) return before;
  const made = (/\p{Script=Cyrillic}/u.test(word) ? russian : english).stem(word);
  if (known.size >= KNOWN_STEMS) known.clear();
  known.set(word, made);
  return made;
}

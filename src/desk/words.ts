// Words and phrases of the configuration, looked for in what a person wrote. The beginning of a word is enough, so that one
// entry takes all forms of a Russian word; letters of either case, ё as е.

import { characterClass } from './characters.ts';
import { remembered } from './remembered.ts';

/** The first phrase that stands in a text, or null. */
export function firstPhraseIn(text: string, phrases: readonly string[]): string | null {
  if (phrases.length === 0) return null;
  const searched = ` ${plain(text)}`;
  const at = plainOf(phrases).findIndex((phrase) => searched.includes(phrase));
  return phrases[at] ?? null;
}

/** Lists of the configuration are asked about for every letter, and are the same each time. */
const plainLists = new WeakMap<readonly string[], readonly string[]>();

const plainOf = (phrases: readonly string[]): readonly string[] =>
  remembered(plainLists, phrases, () => phrases.map((phrase) => ` ${plain(phrase)}`));

/** Phrases of several lists by how they begin, made once for many texts. */
export type PhraseIndex<Name> = ReadonlyMap<string, readonly { readonly phrase: string; readonly of: Name }[]>;

const KEY_CHARS = 3;

/** Makes the index of lists of phrases; a phrase of fewer than three letters is none. */
export function phraseIndex<Name>(
  lists: readonly { readonly name: Name; readonly words: readonly string[] }[],
): PhraseIndex<Name> {
  const all = lists.flatMap(({ name, words }) => words.map((word) => ({ phrase: plain(word), of: name })));
  return Map.groupBy(
    all.filter(({ phrase }) => phrase.length >= KEY_CHARS),
    ({ phrase }) => phrase.slice(0, KEY_CHARS),
  );
}

/** The different phrases that stand in a text, by the list that they are of. Looks once at each word, however many phrases there are. */
export function phrasesIn<Name>(text: string, index: PhraseIndex<Name>): ReadonlyMap<Name, ReadonlySet<string>> {
  const searched = plain(text);
  const found = new Map<Name, Set<string>>();
  for (let at = 0; at >= 0 && at < searched.length; at = after(searched, at)) {
    for (const { phrase, of } of index.get(searched.slice(at, at + KEY_CHARS)) ?? []) {
      if (searched.startsWith(phrase, at)) found.set(of, (found.get(of) ?? new Set()).add(phrase));
    }
  }
  return found;
}

/** Where the next word begins; negative where none does. */
function after(searched: string, at: number): number {
  const space = searched.indexOf(' ', at);
  return space < 0 ? -1 : space + 1;
}

/** A list out of a text in which commas and line breaks stand between phrases. */
export const listed = (text: string): readonly string[] =>
  text
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');

/** Lower case, ё as е, words with one blank between them. */
function plain(text: string): string {
  const lower = text.toLowerCase().replaceAll('ё', 'е');
  const words: string[] = [];
  let from = -1;
  for (let at = 0; at <= lower.length; at++) {
    const inWord = at < lower.length && isOfWord(lower, at);
    if (inWord && from < 0) from = at;
    if (!inWord && from >= 0) words.push(lower.slice(from, at));
    if (!inWord) from = -1;
  }
  return words.join(' ');
}

const isOfWord = characterClass(/[\p{L}\p{N}]/u);

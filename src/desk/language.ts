// In which language a letter was written: the desk answers Russian, or English where the customer wrote no Cyrillic.

import { characterClass } from './characters.ts';
import type { Language } from './tickets.ts';

const ENOUGH_LETTERS = 12;

/** Language of the writer's own words; `fallback` where there is too little to tell. */
export function languageOf(text: string, fallback: Language): Language {
  const sample = text.slice(0, 4000);
  const cyrillic = count(sample, isCyrillic);
  const latin = count(withoutAddresses(sample), isLatin);
  if (cyrillic >= 3 && cyrillic * 4 >= latin) return 'ru';
  return cyrillic === 0 && latin >= ENOUGH_LETTERS ? 'en' : fallback;
}

/** Links, addresses and file names are Latin in every language. */
const withoutAddresses = (text: string) =>
  ADDRESS.test(text)
    ? text
        .split(/\s+/)
        .filter((word) => !ADDRESS.test(word))
        .join(' ')
    : text;
const ADDRESS = /[@/\\.]\S/;

const isCyrillic = characterClass(/\p{Script=Cyrillic}/u);
const isLatin = characterClass(/\p{Script=Latin}/u);

function count(text: string, isOf: (text: string, at: number) => boolean): number {
  let found = 0;
  for (let at = 0; at < text.length; at++) if (isOf(text, at)) found++;
  return found;
}

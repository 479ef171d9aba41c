// In which language a letter was written: the desk answers Russian, or English where the customer wrote no Cyrillic.

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

/** Letters are told by their numbers: a pattern with a script of Unicode takes ten times as long. */
const isCyrillic = (unit: number) => unit >= 0x400 && unit <= 0x52f;
const isLatin = (unit: number) =>
  (unit >= 0x41 && unit <= 0x5a) ||
  (unit >= 0x61 && unit <= 0x7a) ||
  (unit >= 0xc0 && unit <= 0x24f && unit !== 0xd7 && unit !== 0xf7);

function count(text: string, counts: (unit: number) => boolean): number {
  let found = 0;
  for (let at = 0; at < text.length; at++) if (counts(text.charCodeAt(at))) found++;
  return found;
}

// In which language a letter was written: the desk answers Russian, or English where the customer wrote no Cyrillic.

import type { Language } from './tickets.ts';

const ENOUGH_LETTERS = 12;

/** Language of the writer's own words; `fallback` where there is too little to tell. */
export function languageOf(text: string, fallback: Language): Language {
  const sample = text.slice(0, 4000);
  const cyrillic = sample.replace(/\P{Script=Cyrillic}+/gu, '').length;
  const latin = withoutAddresses(sample).replace(/\P{Script=Latin}+/gu, '').length;
  if (cyrillic >= 3 && cyrillic * 4 >= latin) return 'ru';
  return cyrillic === 0 && latin >= ENOUGH_LETTERS ? 'en' : fallback;
}

/** Links, addresses and file names are Latin in every language. */
const withoutAddresses = (text: string) => text.replace(/\S*[@/\\.]\S+/g, ' ');

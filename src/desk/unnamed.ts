// What stands where a letter names nobody: From was empty, or held no address. An empty place in a line looks like a fault.

import type { Language } from './tickets.ts';

const NOBODY: { readonly [language in Language]: string } = {
  ru: 'отправитель не назвал себя',
  en: 'the sender names nobody',
};

/** The name of a writer, else the address, else that there is neither. */
export const writerWords = (name: string, address: string, language: Language): string =>
  name || address || NOBODY[language];

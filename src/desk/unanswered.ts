// Why a customer got no acknowledgement of a letter, for the operator who reads it: he is the one who can still answer.

import { countName } from './report/names.ts';
import type { Language } from './tickets.ts';

/** Silences that are as they should be: nobody waits for an acknowledgement there. */
const EXPECTED: ReadonlySet<string> = new Set([
  'this ticket was acknowledged within the hour',
  'replies are not acknowledged here',
  'the desk has closed this ticket as spam',
]);

/** What is said of every letter of its kind: without numbers, and what stands behind a colon or in parentheses. */
const reasonOf = (silence: string): string =>
  silence
    .replace(/:.*$/s, '')
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/\d+/g, 'N')
    .trim();

const WORDS: { readonly [language in Language]: (why: string) => string } = {
  ru: (why) => `Клиент НЕ получил подтверждения: ${why}`,
  en: (why) => `The customer got NO acknowledgement: ${why}`,
};

/** The line for the desk. Takes the silence as it stands on the letter; null where there is nothing to say. */
export function unansweredLine(silence: string | null, language: Language): string | null {
  if (silence === null || EXPECTED.has(silence)) return null;
  const reason = reasonOf(silence);
  // in English it is told as it stands, with what is special about this letter
  return WORDS[language](language === 'ru' ? countName(reason, 'ru') : silence);
}

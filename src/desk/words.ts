// Words and phrases of the configuration, looked for in what a person wrote. The beginning of a word is enough, so that one
// entry takes all forms of a Russian word; letters of either case, ё as е.

/** The first phrase that stands in a text, or null. */
export function firstPhraseIn(text: string, phrases: readonly string[]): string | null {
  const searched = ` ${plain(text)}`;
  return phrases.find((phrase) => searched.includes(` ${plain(phrase)}`)) ?? null;
}

const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

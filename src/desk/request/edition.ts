// The edition of the product that a request is about (regulation §5.4): «редакция Бизнес», «тариф «Премиум»», "Business edition".

const MARKS = '[\\s:=–—-]{1,3}[«"“\']?';
const WORD = '(?<![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}-])';

const escaped = (name: string) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s{1,2}');

/**
 * The edition, spelled as the desk spells it, or null: where none is named, or two are. Takes the lines that `ownLines` gives
 * and the editions that there are; a word alone is no edition, for «бизнес» is also what people have.
 */
export function editionIn(lines: readonly string[], editions: readonly string[]): string | null {
  const text = lines.join('\n');
  if (!/редакци|edition|тариф|конфигураци|plan/iu.test(text)) return null;
  const found = editions.filter((edition) => names(edition).test(text));
  // «Бизнес» stands in «Бизнес Плюс» too
  const longest = found.filter(
    (one) => !found.some((other) => other !== one && other.toLowerCase().startsWith(`${one.toLowerCase()} `)),
  );
  return longest.length === 1 ? longest[0]! : null;
}

const names = (edition: string) =>
  new RegExp(
    `${WORD}(?:редакци\\p{L}{1,2}|тариф\\p{L}{0,2}|конфигураци\\p{L}{1,2}|edition|plan)${MARKS}${escaped(edition)}${END}` +
      `|${WORD}[«"“']?${escaped(edition)}[»"”']?[\\s-]{1,2}(?:edition|plan|редакци\\p{L}{1,2})${END}`,
    'iu',
  );

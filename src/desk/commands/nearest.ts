// The command that somebody probably meant: a letter too many, two letters swapped, the other keyboard layout.

const LONGEST = 24;

/** Keys of a Russian keyboard by what an English layout makes of them. */
const KEYS = new Map(
  [..."qwertyuiop[]asdfghjkl;'zxcvbnm,."].map((key, i) => [key, 'йцукенгшщзхъфывапролджэячсмитьбю'[i]!]),
);
const BACK = new Map([...KEYS].map(([latin, cyrillic]) => [cyrillic, latin]));

const onOtherLayout = (word: string) => [...word].map((key) => KEYS.get(key) ?? BACK.get(key) ?? key).join('');

/** How many wrong letters a word of this length may have. */
const forgiven = (length: number) => (length <= 3 ? 1 : length <= 6 ? 2 : 3);

/** The word that is nearest to a mistyped one, in lower case; null where none is near. */
export function nearest(typed: string, words: readonly string[]): string | null {
  const word = typed.slice(0, LONGEST).toLowerCase().replaceAll('ё', 'е');
  const other = onOtherLayout(word);
  const whole = words.find((known) => known === other || (word.length >= 3 && known.startsWith(word)));
  if (whole !== undefined) return whole;
  const ranked = words
    .map((known) => ({ known, far: distance(word, known) }))
    .filter(({ known, far }) => far <= forgiven(Math.min(word.length, known.length)))
    .toSorted((a, b) => a.far - b.far);
  return ranked[0]?.known ?? null;
}

/** Edits from one word to another: insert, remove, replace, swap neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? rows[i - 2]![j - 2]! + 1 : Infinity;
      row.push(Math.min(replaced, swapped, rows[i - 1]![j]! + 1, row[j - 1]! + 1));
    }
    rows.push(row);
  }
  return rows[a.length]![b.length]!;
}

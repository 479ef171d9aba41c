// Prints the letter-pair table of src/decode/charset-pairs.ts. In: UTF-8 text files, each as FILE=WEIGHT, the weight
// being the share of its language or register among the letters a desk gets. Out: the costs, one character a pair.
// The table in the tree is counted in the translation catalogues of Debian 12 (Russian 100, Ukrainian 12, Belarusian 2),
// a desk's regulation (30) and sentences of letters to desks (50); a word counts by the square root of its frequency.

import { readFileSync } from 'node:fs';
import { LETTERS } from '../src/decode/charset-pairs.ts';

const SIZE = LETTERS.length;
const counts = new Float64Array(SIZE * SIZE);

for (const argument of process.argv.slice(2)) {
  const [file = '', weight = '1'] = argument.split('=');
  const words = new Map<string, number>();
  for (const word of readFileSync(file, 'utf8')
    .toLowerCase()
    .match(/[\u0400-\u045f\u0490\u0491]+/g) ?? []) {
    if ([...word].every((letter) => LETTERS.includes(letter))) words.set(word, (words.get(word) ?? 0) + 1);
  }
  const total = words.values().reduce((sum, count) => sum + Math.sqrt(count), 0);
  for (const [word, count] of words) addPairs(` ${word} `, (Number(weight) * Math.sqrt(count)) / total);
}

function addPairs(word: string, weight: number): void {
  for (let i = 1; i < word.length; i++) {
    const pair = LETTERS.indexOf(word[i - 1] ?? ' ') * SIZE + LETTERS.indexOf(word[i] ?? ' ');
    counts[pair] = (counts[pair] ?? 0) + weight;
  }
}

for (let first = 0; first < SIZE; first++) {
  const row = counts.subarray(first * SIZE, (first + 1) * SIZE);
  const sum = row.reduce((a, b) => a + b, 0);
  const costs = [...row].map((count) => {
    const share = (count + 1e-5 + sum * 1e-5) / (sum + SIZE * (1e-5 + sum * 1e-5));
    return Math.min(40, Math.round(-4 * Math.log(share)));
  });
  console.log(`  '${String.fromCharCode(...costs.map((cost) => 48 + cost))}',`);
}

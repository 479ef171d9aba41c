// npm run bench:decode: letters a second of decode and of mailparser's simpleParser over the same seeded load, in turns,
// five rounds each, the median of each and their ratio. Arguments: number of letters (400) and seed (1).

import { simpleParser } from 'mailparser';
import { decode } from '../src/decode/decode.ts';
import { letters } from './letters.ts';

const count = Number(process.argv[2] ?? 400);
const seed = Number(process.argv[3] ?? 1);
const load = Array.from(letters(count, seed));
const bytes = load.reduce((sum, { raw }) => sum + raw.length, 0);

/** Letters a second of one round: the load as often as it takes to fill the time, so that no round is a mere moment. */
async function speed(work: (raw: Buffer) => unknown, milliseconds: number): Promise<number> {
  const started = performance.now();
  let read = 0;
  do {
    for (const { raw } of load) await work(raw);
    read += load.length;
  } while (performance.now() - started < milliseconds);
  return (read * 1000) / (performance.now() - started);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A load that is decoded wrongly would be a race won by leaving the road. */
function wrong(): number {
  return load.filter(({ raw, subject, text, file }) => {
    const message = decode(raw);
    return (
      message.subject !== subject ||
      message.text !== text ||
      (message.parts[0]?.filename ?? null) !== (file?.name ?? null)
    );
  }).length;
}

console.log(
  `${count} letters, seed ${seed}, mean ${(bytes / count / 1024).toFixed(1)} KB, decoded wrongly: ${wrong()}`,
);
const ours: number[] = [];
const theirs: number[] = [];
// Both warm, as in a daemon that has run for a minute: the compiler has seen every path of either.
for (let round = 0; round < 10; round++) {
  await speed(decode, 0);
  await speed(simpleParser, 0);
}
for (let round = 0; round < 5; round++) {
  ours.push(await speed(decode, 1000));
  theirs.push(await speed(simpleParser, 1000));
}
const [a, b] = [median(ours), median(theirs)];
console.log(
  `decode ${a.toFixed(0)}/s, simpleParser ${b.toFixed(0)}/s: ${(a / b).toFixed(1)} times as fast (median of five, in turns)`,
);

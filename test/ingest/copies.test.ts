// A copy that was set aside stands in nobody's way: every letter there is, behind copies of itself that bear each mark of a
// robot, and behind one that is read as something else, comes to what it comes to alone.

import fs from 'node:fs';
import path from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { prepare } from '../../src/ingest/prepare.ts';
import type { IngestDeps } from '../../src/ingest.ts';
import { READING, type TestDesk, withDesk } from '../support/desk.ts';

jest.setTimeout(120_000);

const ROOT = path.join(import.meta.dirname, '../..');
/** Letters that nobody here wrote lie beside the project where it is made; a clone has its own alone. */
const PLACES = ['fixtures', '../shared/corpus']
  .map((place) => path.join(ROOT, place))
  .filter((dir) => fs.existsSync(dir));

/** Longer ones say nothing more of copies. */
const BYTES = 20_000;
const LETTERS: readonly Buffer[] = PLACES.flatMap((dir) =>
  fs
    .readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.eml'))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => fs.readFileSync(file))
    .filter((raw) => raw.byteLength < BYTES),
);

interface Copy {
  readonly raw: Buffer;
  readonly from: string;
}
const PERSON = 'ivan@client.example';
const under =
  (...lines: readonly string[]) =>
  (raw: Buffer): Copy => ({
    raw: Buffer.concat([Buffer.from(lines.map((line) => `${line}\r\n`).join('')), raw]),
    from: PERSON,
  });

/** Every mark by which a letter is surely no person's. */
const STRONG: readonly ((raw: Buffer) => Copy)[] = [
  under('Auto-Submitted: auto-replied'),
  (raw) => ({ raw, from: '' }),
  under('Content-Type: multipart/report; report-type=delivery-status; boundary=report'),
  under('X-Autoreply: yes'),
  under('Precedence: auto_reply'),
  under('List-Id: <news.elsewhere.example>', 'List-Unsubscribe: <mailto:leave@elsewhere.example>'),
];
const READ_OTHERWISE: readonly ((raw: Buffer) => Copy)[] = [
  under('Content-Type: application/octet-stream'),
  under('Content-Type: text/plain; charset=ibm866'),
];

/** Letters are read, their files are not judged: what they hold decides nothing here. */
const reading = { ...READING, judge: async () => [] };
const READ: Partial<IngestDeps> = {
  read: async (letter, load) => ({ letter: await prepare({ ...letter, raw: load() }, reading) }),
};

/** Hands each letter over behind its copies; gives what the letters came to, without the copies. */
async function comeTo(
  desk: TestDesk,
  copiesOf: (raw: Buffer, i: number) => readonly Copy[],
): Promise<readonly object[]> {
  const own: number[] = [];
  const receivedAt = desk.clock.now;
  const all = LETTERS.flatMap((raw, i) => {
    const copies = [...copiesOf(raw, i), { raw, from: PERSON }];
    own.push((own.at(-1) ?? 0) + copies.length);
    return copies;
  });
  // few commits: each waits for the disk
  for (let at = 0; at < all.length; at += 1000) {
    await desk.ingest.keep(
      all.slice(at, at + 1000).map((copy, n) => ({
        source: 'test',
        key: `copies:${at + n}`,
        receivedAt,
        envelope: { from: copy.from, to: ['support@desk.example'] },
        raw: Uint8Array.from(copy.raw),
      })),
    );
  }
  await desk.workOff();
  const rows = await desk.store.db.selectFrom('letters').select(['id', 'disposition', 'aside', 'same_as']).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  // a copy whose words alone outweigh the mark is a person's itself: then the letter is where that one is
  return own.map((one) => {
    const row = byId.get(one)!;
    const { disposition, aside } = row.same_as === null ? row : byId.get(row.same_as)!;
    return { disposition, aside };
  });
}

test('there are letters to try', () => expect(LETTERS.length).toBeGreaterThan(100));

test('a letter behind copies of itself with each strong mark, or read as something else, is dealt with as if alone', async () => {
  const alone = await withDesk((desk) => comeTo(desk, () => []), READ);
  // each mark is the first that is met for some of the letters
  const turned = (raw: Buffer, i: number) => STRONG.map((_, n) => STRONG[(i + n) % STRONG.length]!(raw));
  const behind = await withDesk((desk) => comeTo(desk, turned), READ);
  const otherwise = (raw: Buffer, i: number) => [READ_OTHERWISE[i % READ_OTHERWISE.length]!(raw)];
  const beside = await withDesk((desk) => comeTo(desk, otherwise), READ);
  const persons = alone.flatMap((fate, i) => (isPersons(fate) ? [i] : []));
  expect(persons.length).toBeGreaterThan(LETTERS.length / 4);
  expect(persons.map((i) => [i, behind[i]])).toEqual(persons.map((i) => [i, alone[i]]));
  // such a copy may open a ticket of its own, so that a number names another one
  expect(persons.filter((i) => !isPersons(beside[i]!))).toEqual([]);
});

const isPersons = (fate: object): boolean =>
  'disposition' in fate && (fate.disposition === 'opened' || fate.disposition === 'appended');

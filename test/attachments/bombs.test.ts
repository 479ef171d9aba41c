import { deflateSync } from 'node:zlib';
import { afterAll, expect, test } from '@jest/globals';
import { openJudge } from '../../src/attachments/judge.ts';
import { REGULATION } from '../../src/attachments/policy.ts';
import { openPool } from '../../src/attachments/pool.ts';
import { cpuMs } from '../support/cpu.ts';
import { rar5, zip } from './archives.ts';
import { part } from './asking.ts';
import { bmp, gif, png } from './pictures.ts';

const MB = 1024 * 1024;
const pool = openPool(1);
const judge = openJudge(pool);
afterAll(() => judge.close());

/** A sound BMP of 49 MB that packs to some 50 KB. */
const large = bmp(4_096, 4_180);

/** What the process grows by, at the most, while `work` goes on. */
async function growth(work: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 2);
  await work();
  clearInterval(watch);
  return Math.max(most, process.memoryUsage().rss) - before;
}

const BOMBS: [string, string, Uint8Array, string | null][] = [
  ['a ZIP just within the limit', 'a.zip', zip([{ name: 'a.bmp', data: large }]), null],
  [
    'a ZIP beyond the limit',
    'a.zip',
    zip([
      { name: 'a.bmp', data: large },
      { name: 'b.bmp', data: large },
    ]),
    'archive-too-large',
  ],
  [
    'a ZIP that says 100 bytes and holds 49 MB',
    'a.zip',
    zip([{ name: 'a.bmp', data: large, declaredSize: 100 }]),
    'damaged',
  ],
  [
    'a RAR that wants its whole dictionary',
    'a.rar',
    rar5([{ name: 'a.bmp', data: Buffer.alloc(5_000, 7), declaredSize: 49 * MB, compression: 0x80 | (9 << 10) }]),
    'damaged',
  ],
  ['a PNG of 16 pixels that inflates to 100 MB', 'a.png', png(4, 4, deflateSync(Buffer.alloc(100 * MB))), null],
  ['a GIF of 100,000 frames', 'a.gif', gif(1, 1, 100_000), 'too-many-frames'],
];

test.each(BOMBS)('%s costs under 200 MB and 5 s', async (_, name, bytes, reason) => {
  await judge.judge([part('warm.png', png())], REGULATION);
  const started = cpuMs();
  const grown = await growth(async () => {
    const [verdict] = await judge.judge([part(name, bytes)], REGULATION);
    expect(verdict?.reason).toBe(reason);
  });
  expect(cpuMs() - started).toBeLessThan(5_000);
  expect(grown).toBeLessThan(200 * MB);
});

test('a file that takes too long is left unchecked, and the next one is judged by a new thread', async () => {
  const slow = part('slow.zip', zip([{ name: 'a.bmp', data: large }]));
  const [unchecked] = await judge.judge([slow], { ...REGULATION, fileMs: 1 });
  expect(unchecked).toMatchObject({ verdict: 'unchecked', reason: 'could-not-be-checked' });
  const [next] = await judge.judge([part('a.png', png())], REGULATION);
  expect(next).toMatchObject({ verdict: 'accepted' });
});

test('a letter that takes too long in all keeps the verdicts it has', async () => {
  const heavy = ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((name) => ({ name: `${name}.bmp`, data: large }));
  const parts = [part('a.png', png()), part('b.zip', zip(heavy)), part('c.png', png())];
  const verdicts = await judge.judge(parts, { ...REGULATION, letterMs: 150, archiveBytes: 1200 * MB });
  expect(verdicts.map(({ verdict }) => verdict)).toEqual(['accepted', 'unchecked', 'unchecked']);
});

test('letters that arrive together share few threads and all get their verdicts', async () => {
  const letters = Array.from({ length: 30 }, () => judge.judge([part('a.png', png())], REGULATION));
  for (const [verdict] of await Promise.all(letters)) expect(verdict?.verdict).toBe('accepted');
});

// Mutates good pictures and archives and holds the verdicts against other programs: `npm run fuzz -- --seed 1 --count 2000`.
// Asks Debian's file and ImageMagick's identify about accepted pictures, bsdtar and unar about accepted archives; says
// which of them is not installed, and installs nothing. The decoders of transfer encodings are held to plain ones.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { openJudge } from '../src/attachments/judge.ts';
import { REGULATION } from '../src/attachments/policy.ts';
import { mutant, random } from './fuzz-mutate.ts';
import { oracles } from './fuzz-oracles.ts';
import { seeds } from './fuzz-seeds.ts';
import { fuzzTransfer } from './fuzz-transfer.ts';

const HANG_MS = 5_000;
/** Share of the mutants that may be accepted while bsdtar or unar calls them broken; for pictures no disagreement is allowed. */
const ARCHIVE_SLACK = 0.005;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '2000' },
    keep: { type: 'string' },
  },
});
const next = random(Number(values.seed));
const count = Number(values.count);
const folder = values.keep ?? mkdtempSync(join(tmpdir(), 'fuzz-'));
const judge = openJudge();
const ask = oracles();
let failed = false;

for (const [format, good] of Object.entries(seeds())) {
  const accepted: string[] = [];
  let slowest = 0;
  let unchecked = 0;
  for (let i = 0; i < count; i++) {
    const bytes = mutant(format, good, next);
    const name = `${format}-${values.seed}-${i}.${format.replace(/\d/, '')}`;
    const started = performance.now();
    const part = {
      path: '2',
      filename: name,
      contentType: 'application/octet-stream',
      bytes,
      ambiguous: false,
    } as const;
    const [verdict] = await judge.judge([{ ...part, disposition: 'attachment', contentId: null }], REGULATION);
    slowest = Math.max(slowest, performance.now() - started);
    if (verdict?.verdict === 'unchecked') unchecked++;
    // A bare BMP is whole when only its lack of an archive speaks against it.
    if (verdict?.verdict !== 'accepted' && verdict?.reason !== 'bmp-not-archived') continue;
    if (verdict.type !== format.replace(/\d/, '')) continue;
    const path = join(folder, name);
    writeFileSync(path, bytes.subarray(0, verdict.keep));
    accepted.push(path);
  }
  const disputed = ask(format, accepted);
  const archive = /^(?:zip|rar)/.test(format);
  const wrong = disputed.length > (archive ? count * ARCHIVE_SLACK : 0) || unchecked > 0 || slowest > HANG_MS;
  failed ||= wrong;
  console.log(
    `${format.padEnd(5)} ${count} mutants, accepted ${accepted.length}, disputed ${disputed.length}, unchecked ${unchecked}, ` +
      `slowest ${slowest.toFixed(0)} ms${wrong ? '  FAILED' : ''}`,
  );
  for (const { path, says } of disputed.slice(0, 20)) console.log(`      ${path}: ${says}`);
}

for (const { encoding, sound, unlike } of fuzzTransfer(next, count)) {
  const wrong = unlike.length > 0;
  failed ||= wrong;
  console.log(`${encoding} ${count} shapes, sound ${sound}, unlike ${unlike.length}${wrong ? '  FAILED' : ''}`);
  for (const [i, encoded] of unlike.slice(0, 20).entries()) {
    const path = join(folder, `${encoding}-${values.seed}-${i}.txt`);
    writeFileSync(path, encoded);
    console.log(`      ${path}`);
  }
}

await judge.close();
if (values.keep === undefined && !failed) rmSync(folder, { recursive: true });
process.exitCode = failed ? 1 : 0;

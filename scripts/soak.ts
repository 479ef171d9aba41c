// npm run soak [-- --letters 500 --kills 2 --seed N --wave N --idle SECONDS]: mixed letters go into a real mailbox while the
// daemon runs and is killed in the middle; then every letter is accounted for. Ends with 1 where a promise is broken.

import { parseArgs } from 'node:util';
import { bold, table } from '../src/admin/page.ts';
import { account } from './soak/account.ts';
import { soak } from './soak/run.ts';

const { values } = parseArgs({
  options: {
    letters: { type: 'string', default: '500' },
    kills: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    wave: { type: 'string' },
    idle: { type: 'string', default: '10' },
  },
});
const letters = Number(values.letters);
const wave = Number(values.wave ?? Math.max(8, Math.round(letters / 20)));
const say = (line: string) => void process.stdout.write(`${line}\n`);

say(`${letters} letters, ${values.kills} kills; to repeat it: --seed ${values.seed}`);
const started = performance.now();
const evidence = await soak(
  { letters, seed: Number(values.seed), kills: Number(values.kills), wave, idleMs: Number(values.idle) * 1000 },
  say,
);
const findings = account(evidence);
const rows = findings.map(({ promise, found, kept }) => [kept ? 'kept' : bold('BROKEN'), promise, found]);
say('');
say(table(['', 'promise', 'found'], rows, 1));
for (const { promise, examples } of findings) {
  if (examples.length > 0) say(`${promise}: ${examples.slice(0, 10).join(' ')}`);
}
const broken = findings.filter(({ kept }) => !kept).length;
say(
  `${findings.length - broken} promises kept, ${broken} broken, ${Math.round((performance.now() - started) / 1000)} s`,
);
process.exitCode = broken > 0 ? 1 : 0;

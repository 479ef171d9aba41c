// npm run torture [-- --minutes 30 --seed N --letters N --only PART]: letters go into a real mailbox and a real listener while
// the daemon, the wires and the servers are tortured; then every letter is accounted for. Ends with 1 where a promise is broken.

import { parseArgs } from 'node:util';
import { bold, table } from '../src/admin/page.ts';
import { account, type Evidence, summary } from './torture/account.ts';
import { PARTS, type Part } from './torture/parts.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '0' },
    letters: { type: 'string', default: '2000' },
    seed: { type: 'string', default: String(Date.now() % 100_000) },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
});
const say = (line: string) => void process.stdout.write(`${line}\n`);
const began = performance.now();
const minutes = () => (performance.now() - began) / 60_000;
let broken = 0;
// whoever ends it ends its servers too
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

async function run(part: Part, seed: number): Promise<void> {
  say(bold(`${part.name}: ${part.what}`));
  say(`to repeat it: npm run torture -- --only ${part.name} --seed ${seed} --letters ${values.letters}`);
  const tell = (line: string) => {
    if (values.verbose) say(`  ${line}`);
  };
  try {
    const evidence = await part.run({ seed, letters: Number(values.letters), tell });
    for (const each of evidence) report(each);
  } catch (error) {
    broken += 1;
    say(`${bold('BROKEN')} ${(error as Error).message}`);
  }
  say(`${minutes().toFixed(1)} min so far`);
}

function report(evidence: Evidence): void {
  const findings = account(evidence);
  const rows = findings.map(({ promise, found, kept }) => [kept ? 'kept' : bold('BROKEN'), promise, found]);
  say(table(['', 'promise', 'found'], rows, 1));
  for (const { promise, examples, kept } of findings) {
    if (examples.length > 0) say(`${kept ? '' : 'BROKEN '}${promise}: ${examples.slice(0, 20).join(' ')}`);
  }
  broken += findings.filter(({ kept }) => !kept).length;
  say(summary(evidence));
}

let seed = Number(values.seed);
for (const part of PARTS) if (values.only === undefined || values.only === part.name) await run(part, seed);
const random = PARTS.find(({ name }) => name === (values.only ?? 'history'));
while (random && minutes() < Number(values.minutes)) {
  seed += 1;
  await run(random, seed);
}
say(broken === 0 ? 'every promise kept' : `${broken} promises broken`);
process.exitCode = broken > 0 ? 1 : 0;

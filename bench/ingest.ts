// npm run bench:ingest [-- --quick --letters 5000 --rounds 5 --tickets 200000 --seed 1 --slower 0]: kvitok's whole path beside
// mbsync, which only copies, over the same mailbox in turns; the same in a grown store; how fast acknowledgements leave beside
// nodemailer alone; how long one letter takes. docs/speed.md says how each is measured. Ends with 1 where a ratio is missed.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { table } from '../src/admin/page.ts';
import { type Dovecot, startDovecot } from '../test/support/dovecot.ts';
import { nodemailerRate, outboxRate } from './ingest/acknowledgements.ts';
import { slowedBy, syncCosts } from './ingest/disk.ts';
import { growStore } from './ingest/grown.ts';
import { latencies } from './ingest/latency.ts';
import { fillInbox, writeLoad } from './ingest/load.ts';
import { mbsyncRate } from './ingest/mbsync.ts';
import { pathRun } from './ingest/path.ts';
import { startSink } from './ingest/sink.ts';

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    letters: { type: 'string' },
    rounds: { type: 'string' },
    tickets: { type: 'string' },
    seed: { type: 'string', default: '1' },
    slower: { type: 'string', default: '0' },
    only: { type: 'string', default: 'path,grown,acknowledgements,latency' },
  },
});
const count = Number(values.letters ?? (values.quick ? 1000 : 5000));
const rounds = Number(values.rounds ?? (values.quick ? 2 : 5));
const tickets = Number(values.tickets ?? (values.quick ? 20_000 : 200_000));
const seed = Number(values.seed);
const slower = Number(values.slower);
const under = slowedBy(slower);
const asked = new Set(values.only.split(','));
const WARM_UP = 300;
const MB = 1024 * 1024;

const say = (line: string) => void process.stdout.write(`${line}\n`);
const median = (all: readonly number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)] ?? Number.NaN;
const each = (all: readonly number[]) => all.map((one) => one.toFixed(0)).join(' ');

interface Line {
  readonly what: string;
  readonly found: string;
  readonly wanted: string;
  readonly kept: boolean;
}
const lines: Line[] = [];
const note = (what: string, found: string, wanted: string, kept: boolean) => lines.push({ what, found, wanted, kept });

const dir = mkdtempSync(join(tmpdir(), 'kvitok-bench-'));
const users = Array.from({ length: 3 * rounds + 1 }, (_, n) => `race${n}`);
const fresh = () => users.shift() ?? 'nobody';
const [warmUp, load, grown] = ['warm', 'load', 'grown'].map((name) => join(dir, name)) as [string, string, string];
const bytes = writeLoad(load, 0, count, seed);
writeLoad(warmUp, 0, WARM_UP, seed + 1000);
say(`${count} letters of ${(bytes / count / 1024).toFixed(1)} KB, seed ${seed}`);
say(
  `a sync of this disk takes ${median(syncCosts(dir)).toFixed(2)} ms${slower > 0 ? `, and ${slower} ms more for both sides` : ''}`,
);

const sink = await startSink();
const dovecot = await startDovecot({ users: Object.fromEntries(users.map((user) => [user, 'secret'])) });
try {
  if (asked.has('path')) await race(dovecot);
  if (asked.has('latency')) await lone(dovecot);
} finally {
  await dovecot.stop();
  sink.stop();
  rmSync(dir, { recursive: true, force: true });
}
say(
  table(
    ['', 'found', 'wanted', ''],
    lines.map(({ what, found, wanted, kept }) => [what, found, wanted, kept ? 'kept' : 'MISSED']),
    1,
  ),
);
process.exitCode = lines.every(({ kept }) => kept) ? 0 : 1;

async function race(server: Dovecot): Promise<void> {
  const rates = { mbsync: [] as number[], empty: [] as number[], grown: [] as number[] };
  const sent = { ours: [] as number[], theirs: [] as number[] };
  const peaks: number[] = [];
  if (asked.has('grown')) await growStore(grown, tickets, seed);
  for (let round = 1; round <= rounds; round++) {
    const rival = fresh();
    fillInbox(server.maildir(rival), load);
    await server.count(rival);
    rates.mbsync.push(await mbsyncRate({ dir, port: server.port, user: rival, letters: count, under }));
    const run = await pathRun({ dovecot: server, user: fresh(), warmUp, load, under });
    rates.empty.push(run.rate);
    peaks.push(run.peak);
    say(
      `${round}: mbsync ${each(rates.mbsync.slice(-1))}/s, kvitok ${each([run.rate])}/s, ${run.cpu.toFixed(2)} ms of processor a letter, ${(run.peak / MB).toFixed(0)} MB`,
    );
    if (asked.has('acknowledgements')) {
      sent.theirs.push(await nodemailerRate(run.queued, sink));
      sent.ours.push(await outboxRate(run.room, run.queued, sink));
      say(
        `${round}: ${run.queued} acknowledgements: nodemailer alone ${each(sent.theirs.slice(-1))}/s, kvitok ${each(sent.ours.slice(-1))}/s`,
      );
    }
    await run.room.remove();
    if (!asked.has('grown')) continue;
    const old = await pathRun({ dovecot: server, user: fresh(), warmUp, load, grown, under });
    await old.room.remove();
    rates.grown.push(old.rate);
    peaks.push(old.peak);
    say(`${round}: with ${tickets} tickets in the store ${each([old.rate])}/s, ${(old.peak / MB).toFixed(0)} MB`);
  }
  ratio('the whole path beside mbsync', rates.empty, rates.mbsync, 1);
  if (asked.has('grown')) ratio(`with ${tickets} tickets beside an empty store`, rates.grown, rates.empty, 0.85);
  if (asked.has('acknowledgements')) ratio('acknowledgements beside nodemailer alone', sent.ours, sent.theirs, 0.7);
  const peak = Math.max(...peaks) / MB;
  note('resident memory at the highest', `${peak.toFixed(0)} MB`, 'under 300 MB', peak < 300);
}

function ratio(what: string, ours: readonly number[], theirs: readonly number[], wanted: number): void {
  const found = median(ours) / median(theirs);
  const medians = `${each([median(ours)])}/s to ${each([median(theirs)])}/s`;
  note(what, `${found.toFixed(2)} (${medians})`, `at least ${wanted}`, found >= wanted);
}

async function lone(server: Dovecot): Promise<void> {
  const took = await latencies(server, fresh(), sink, values.quick ? 20 : 100);
  for (const [what, list, wanted] of [
    ['LMTP’s final dot to the acknowledgement', took.lmtp, 100],
    ['the notice in IDLE to the acknowledgement', took.idle, 200],
  ] as const) {
    const slow = list[Math.floor(list.length * 0.95)] ?? Number.NaN;
    note(
      what,
      `median ${median(list).toFixed(0)} ms, of 95 % ${slow.toFixed(0)} ms`,
      `median under ${wanted} ms`,
      median(list) < wanted,
    );
  }
}

// One soak: a real Dovecot, a real SMTP server, the real daemon, killed and started again while letters come in.
// In: how many letters and kills; out: the evidence for the checker.

import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../../src/store/store.ts';
import { until } from '../../test/support/condition.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../../test/support/daemon.ts';
import { startDovecot } from '../../test/support/dovecot.ts';
import { startSmtpSink } from '../../test/support/smtp-sink.ts';
import type { Evidence, KeptLetter } from './account.ts';
import { customers, sha256 } from './letters.ts';
import { type Customers, customersOf } from './mailbox.ts';
import { type Cost, costOf } from './process.ts';

export interface SoakOptions {
  readonly letters: number;
  readonly seed: number;
  readonly kills: number;
  /** Customers who write at the same moment. */
  readonly wave: number;
  readonly idleMs: number;
}

const CONNECTIONS = 4;
/** The SMTP server takes its time, as servers do, so that letters are under way when the daemon is killed. */
const DOT_MS = 20;
/** How long the daemon may take before it is said to stand still: slow machines are busy with other things as well. */
const patience = (letters: number) => 120_000 + 100 * letters;

/** Runs a soak; `tell` is called with lines about what happens. Throws where the daemon stands still. */
export async function soak(options: SoakOptions, tell: (line: string) => void): Promise<Evidence> {
  const dovecot = await startDovecot();
  const sink = await startSmtpSink();
  sink.trouble({ stage: 'dot', delay: DOT_MS });
  const room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, 'support')],
    smtp: { host: sink.host, port: sink.port, security: 'none', connections: CONNECTIONS },
    acknowledge: { perHour: 1_000_000 },
  });
  try {
    const people = customersOf(dovecot, sink);
    const life = await lifeOf(room, tell);
    const { resident } = await settled(life);
    await letAllWrite(options, people, life, tell);
    await untilDealtWith(room, people);
    people.writeAgain(true);
    await untilDealtWith(room, people);
    const idle = await idleCpu(life, options.idleMs);
    await until(async () => (await dovecot.count('support')) === 0, 10_000, 'INBOX is empty').catch(() => {});
    const peakMemory = life.peak();
    await life.end();
    return {
      sent: people.sent,
      ...(await room.store(ledgerOf)),
      acknowledged: people.acknowledged(),
      kills: options.kills,
      connections: CONNECTIONS,
      inbox: await dovecot.count('support'),
      done: await dovecot.count('support', 'Kvitok.Done'),
      idleMemory: resident,
      peakMemory,
      idleCpu: idle,
      idleMs: options.idleMs,
    };
  } finally {
    await room.remove();
    await sink.stop();
    await dovecot.stop();
  }
}

/** The daemon through all its deaths. */
interface Life {
  readonly cost: () => Cost;
  /** Highest resident memory of any of its processes, bytes. */
  readonly peak: () => number;
  readonly killAndRestart: () => Promise<void>;
  readonly end: () => Promise<void>;
}

async function lifeOf(room: PostRoom, tell: (line: string) => void): Promise<Life> {
  let daemon: DaemonProcess = await room.start();
  let before = 0;
  const peak = () => Math.max(before, costOf(daemon.pid).peak);
  return {
    cost: () => costOf(daemon.pid),
    peak,
    killAndRestart: async () => {
      before = peak();
      await daemon.kill('SIGKILL');
      daemon = await room.start();
      const lost = daemon.log.find((line) => /were under way/.test(line.msg));
      tell(`killed and started again; ${lost?.letters ?? 0} acknowledgements were under way`);
    },
    end: async () => {
      const { code } = await daemon.kill('SIGTERM');
      if (code !== 0) throw new Error(`the daemon ended with ${code}: ${daemon.stderr()}`);
    },
  };
}

/** The start's own garbage is collected when nothing has happened for a while. */
async function settled(life: Life): Promise<Cost> {
  await wait(2_000);
  return life.cost();
}

async function letAllWrite(
  { letters, seed, kills, wave }: SoakOptions,
  people: Customers,
  life: Life,
  tell: (line: string) => void,
): Promise<void> {
  const all = waves(customers(letters, seed), wave);
  let killed = 0;
  for (const some of all) {
    const before = people.acknowledged().length;
    people.write(some);
    people.writeAgain(false);
    const share = people.sent.length / letters;
    const answers = Math.ceil(some.length / 3);
    // the wave is in the middle of its way: some are answered, others under way, others not fetched
    await until(() => people.acknowledged().length >= before + answers, patience(letters), 'a wave is being answered');
    if (killed < kills && share >= (killed + 1) / (kills + 1.5)) {
      killed += 1;
      await life.killAndRestart();
      tell(`${people.sent.length} of ${letters} letters are in, ${people.acknowledged().length} acknowledged`);
    }
  }
  if (killed < kills) throw new Error(`only ${killed} of ${kills} kills found their moment; write in smaller waves`);
}

function* waves<T>(all: Iterable<T>, size: number): Generator<readonly T[]> {
  let wave: T[] = [];
  for (const one of all) {
    wave.push(one);
    if (wave.length < size) continue;
    yield wave;
    wave = [];
  }
  if (wave.length > 0) yield wave;
}

/** Until every letter so far has its disposition and nothing waits in the outbox. */
async function untilDealtWith(room: PostRoom, people: Customers): Promise<void> {
  await room.store(({ db }) =>
    until(
      async () => {
        // not every 5 ms: the daemon's own work is what is measured
        await wait(100);
        const letters = await db
          .selectFrom('letters')
          .select((l) => l.fn.countAll<number>().as('n'))
          .where('disposition', 'is not', null)
          .executeTakeFirstOrThrow();
        const leaving = await db
          .selectFrom('outbox')
          .select('id')
          .where('state', 'in', ['queued', 'sending'])
          .limit(1)
          .executeTakeFirst();
        return letters.n >= people.sent.length && !leaving;
      },
      patience(people.sent.length),
      `${people.sent.length} letters are dealt with and every answer has left`,
    ),
  );
}

async function idleCpu(life: Life, ms: number): Promise<number> {
  const before = life.cost().cpu;
  await wait(ms);
  return life.cost().cpu - before;
}

async function ledgerOf({ db, spool }: Store): Promise<Pick<Evidence, 'kept' | 'unknown'>> {
  const rows = await db.selectFrom('letters').select(['id', 'message_id', 'disposition', 'ticket_id']).execute();
  const dealt = new Map(rows.map((row) => [row.id, row]));
  const kept: KeptLetter[] = [];
  for (let last = 0, some = spool.after(0, 500); some.length > 0; some = spool.after(last, 500)) {
    for (const { id } of some) {
      const row = dealt.get(id);
      kept.push({
        messageId: row?.message_id ?? null,
        sha256: sha256(spool.raw(id) ?? ''),
        disposition: row?.disposition ?? null,
        ticket: row?.ticket_id ?? null,
      });
      last = id;
    }
  }
  const unknown = await db
    .selectFrom('outbox')
    .innerJoin('letters', 'letters.id', 'outbox.letter_id')
    .select('letters.message_id')
    .where('outbox.state', '=', 'unknown')
    .execute();
  return { kept, unknown: unknown.map((row) => row.message_id ?? '') };
}

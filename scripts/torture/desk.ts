// The desk under torture: a real Dovecot and a real SMTP server, each behind a wire that can go wrong, an MTA for the LMTP
// listener, customers, and the daemon through its deaths. Out, at the end: the evidence for the checker.

import { setTimeout as wait } from 'node:timers/promises';
import { chance } from '../../bench/words.ts';
import { countLetters, findMissing } from '../../src/store/conservation.ts';
import { retryLetter } from '../../src/store/set-aside.ts';
import type { Store } from '../../src/store/store.ts';
import { until } from '../../test/support/condition.ts';
import { mailboxOf, type PostRoom, postRoom } from '../../test/support/daemon.ts';
import { type Dovecot, startDovecot } from '../../test/support/dovecot.ts';
import { freePort } from '../../test/support/free-port.ts';
import { type SmtpSink, startSmtpSink, type Trouble } from '../../test/support/smtp-sink.ts';
import { startWire, type Wire } from '../../test/support/wire.ts';
import type { Allowed, Evidence, KeptLetter } from './account.ts';
import { type Customers, customersOf } from './customers.ts';
import { sha256 } from './letters.ts';
import { type Life, lifeOf } from './life.ts';
import { type Mta, mtaOf } from './mta.ts';
import { costOf } from './process.ts';

export interface TorturedDesk {
  readonly dovecot: Dovecot;
  readonly sink: SmtpSink;
  readonly imap: Wire;
  readonly smtp: Wire;
  readonly mta: Mta;
  readonly room: PostRoom;
  readonly life: Life;
  readonly people: Customers;
  /** What was done that may cost something; added to by whoever does it. */
  readonly done: { -readonly [what in keyof Omit<Allowed, 'unknown'>]: number } & { cuts: number };
}

/** Connections to the SMTP server, each of which can hold one letter under way. */
const CONNECTIONS = 4;
/** The SMTP server takes its time, as servers do, so that letters are under way when the daemon is killed. */
export const SLOW_DOT: Trouble = { stage: 'dot', delay: 20 };

/** Opens a desk, hands it to `use`, ends and removes everything. The daemon is not started yet. */
export async function withTorturedDesk<T>(seed: number, use: (desk: TorturedDesk) => Promise<T>): Promise<T> {
  const dovecot = await startDovecot();
  const sink = await startSmtpSink();
  sink.trouble(SLOW_DOT);
  const imap = await startWire(dovecot.port, 'imap');
  const smtp = await startWire(sink.port, 'smtp');
  const port = await freePort();
  const mta = mtaOf(port);
  const room = postRoom({
    mailboxes: [mailboxOf(imap.port, 'support', { poll: '*/5 * * * * *' })],
    listeners: [{ at: { host: '127.0.0.1', port } }],
    smtp: { host: '127.0.0.1', port: smtp.port, security: 'none', connections: CONNECTIONS },
    acknowledge: { perHour: 1_000_000, perDomainHour: 1_000_000 },
  });
  try {
    const people = customersOf(dovecot, mta, sink, chance(seed));
    const done = { failed: 0, again: 0, copies: 0, cuts: 0 };
    return await use({ dovecot, sink, imap, smtp, mta, room, life: lifeOf(room), people, done });
  } finally {
    await mta.stop();
    await room.remove();
    await Promise.all([imap.stop(), smtp.stop()]);
    await sink.stop();
    await dovecot.stop();
  }
}

/** From now on nothing goes wrong any more. */
export function calm({ imap, smtp }: TorturedDesk): void {
  for (const wire of [imap, smtp]) wire.onCommand(() => 'pass');
}

/**
 * Waits until every letter so far is dealt with and everything that was to leave has left, `ms` at most. A daemon that died is
 * started again, waits for another attempt are cut short, and what was set aside is tried again.
 */
export async function drain(desk: TorturedDesk, ms: number): Promise<void> {
  const { life, mta, people, room, dovecot } = desk;
  await life.start();
  const look = async () => {
    // not every 5 ms: the daemon has work to do
    await wait(150);
    await life.start();
    if (mta.queued() > 0) return false;
    return room.store(async (store) => {
      await hurry(store);
      return (await isDone(store, people)) && (await dovecot.count('support')) === 0;
    });
  };
  try {
    await until(look, ms, `${people.sent.length} letters are dealt with and every answer has left`);
  } catch (error) {
    throw new Error(`${(error as Error).message}; ${await leftOver(desk)}`);
  }
}

/** What a desk stands still over, for whoever has to find out why. */
async function leftOver({ life, mta, room, dovecot }: TorturedDesk): Promise<string> {
  const rows = await room.store(async ({ db }) => ({
    letters: await db.selectFrom('letters').select(['id', 'error']).where('disposition', 'is', null).execute(),
    outbox: await db
      .selectFrom('outbox')
      .select(['id', 'state', 'not_before', 'last_error'])
      .where('state', 'in', ['queued', 'sending'])
      .execute(),
  }));
  const inbox = await dovecot.count('support');
  const log = life.log().slice(-10);
  return JSON.stringify({ ...rows, inbox, atTheMta: mta.queued(), runs: life.runs(), ends: life.strangeEnds(), log });
}

/** What waits for its next attempt has waited long enough. */
async function hurry({ db }: Store): Promise<void> {
  const queued = db
    .selectFrom('outbox')
    .select('id')
    .where('state', '=', 'queued')
    .where('not_before', '>', Date.now());
  if (await queued.limit(1).executeTakeFirst())
    await db.updateTable('outbox').set({ not_before: 0 }).where('state', '=', 'queued').execute();
  const aside = await db.selectFrom('letters').select('id').where('disposition', '=', 'quarantined').execute();
  for (const { id } of aside) await retryLetter(db, id, Date.now());
}

async function isDone(store: Store, { sent }: Customers): Promise<boolean> {
  const { handedOver, inWork } = await countLetters(store);
  const certain = sent.filter(({ kind }) => kind !== 'gone').length;
  const leaving = store.db.selectFrom('outbox').select('id').where('state', 'in', ['queued', 'sending']);
  return handedOver >= certain && inWork === 0 && (await leaving.limit(1).executeTakeFirst()) === undefined;
}

/** Starts the daemon once more and leaves it alone; ends it again. */
async function atRest(life: Life, ms: number): Promise<Evidence['rest']> {
  await life.start();
  // its start is over, and the garbage of it collected
  await wait(ms);
  const { resident, cpu } = costOf(life.pid());
  await wait(ms);
  const idleCpu = costOf(life.pid()).cpu - cpu;
  await life.end();
  return { idleMemory: resident, idleCpu, idleMs: ms };
}

/** Points at which a throw leaves open whether a letter arrived. */
const UNKNOWABLE = ['outgoing-claimed', 'data', 'dot', 'sent'];

/** Ends the daemon and gathers what there is to know; `restMs` is how long it is looked at while nothing comes. */
export async function evidenceOf({ life, room, people, dovecot, done }: TorturedDesk, restMs = 0): Promise<Evidence> {
  await life.end();
  const { cuts, ...allowed } = done;
  const rest = restMs > 0 ? await atRest(life, restMs) : null;
  const thrown = UNKNOWABLE.reduce((sum, point) => sum + (life.faults().get(point) ?? 0), 0);
  return {
    sent: people.sent,
    ...(await room.store(stored)),
    acknowledged: people.acknowledged(),
    allowed: { ...allowed, unknown: life.deaths() * CONNECTIONS + thrown + cuts },
    strangeEnds: life.strangeEnds(),
    peakMemory: life.peak(),
    rest,
    inbox: await dovecot.count('support'),
    done: await dovecot.count('support', 'Kvitok.Done'),
  };
}

async function stored(store: Store): Promise<Pick<Evidence, 'kept' | 'counts' | 'missing' | 'unknown' | 'failed'>> {
  const { db, spool } = store;
  const rows = await db.selectFrom('letters').selectAll().execute();
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
        silence: row?.silence ?? null,
      });
      last = id;
    }
  }
  const ended = async (state: 'unknown' | 'failed') => {
    const letters = await db
      .selectFrom('outbox')
      .innerJoin('letters', 'letters.id', 'outbox.letter_id')
      .select('letters.message_id')
      .where('outbox.state', '=', state)
      .execute();
    return letters.map((row) => row.message_id ?? '');
  };
  return {
    kept,
    counts: await countLetters(store),
    missing: await findMissing(store),
    unknown: await ended('unknown'),
    failed: await ended('failed'),
  };
}

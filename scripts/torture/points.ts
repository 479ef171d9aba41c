// Faults at each step of a letter's way, as SQLite tests its own: the first call fails, then the second, and so on until a life
// passes without a fault. After each life everything is started again and has to come right.

import { setTimeout as wait } from 'node:timers/promises';
import { between, type Chance } from '../../bench/words.ts';
import { FAULT_POINTS, type FaultPoint } from '../../src/config/fault.ts';
import type { Store } from '../../src/store/store.ts';
import { until } from '../../test/support/condition.ts';
import { drain, type TorturedDesk } from './desk.ts';
import type { Customer } from './letters.ts';

/** What a point is made to do: once, or at every call from then on. */
export type Act = 'kill' | 'throw' | 'throw+' | 'stall' | 'stall+';
export const ACTS: readonly Act[] = ['kill', 'throw', 'throw+', 'stall', 'stall+'];

/** How long a fault may need to strike, on a machine that does other things as well. */
const STRIKE_MS = 60_000;
const DRAIN_MS = 120_000;

/** Such as `throw@kept:2+`. */
export const order = (act: Act, point: FaultPoint, nth: number) =>
  `${act.replace('+', '')}@${point}:${nth}${act.endsWith('+') ? '+' : ''}`;

/** One letter into the mailbox and one to the listener, during a life with these orders. True where a fault struck. */
async function oneLife(desk: TorturedDesk, orders: string, next: () => Customer): Promise<boolean> {
  const { life, people } = desk;
  await life.end();
  await life.start(orders);
  const [byImap, byLmtp] = [next(), next()];
  people.write([byImap], 'imap');
  people.write([byLmtp], 'lmtp');
  // said when the outcome is written down, behind the last of the points
  const settled = ({ first }: Customer) => life.log().some(({ to }) => to === first.from.address);
  const all = orders.split(',').length;
  const over = () => life.strikes() >= all || (settled(byImap) && settled(byLmtp));
  await until(over, STRIKE_MS, 'every fault strikes, or both letters are answered').catch(() => {});
  return life.strikes() > 0;
}

/** The first start, which makes the tables and takes the mailbox on; first it dies in the middle of each migration, `most` of them. */
export async function firstStart({ life, room }: TorturedDesk, most = Number.POSITIVE_INFINITY): Promise<void> {
  for (let nth = 1; nth <= most; nth++) {
    await life.start(order('kill', 'migrating', nth));
    if (life.strikes() === 0) break;
  }
  await life.start();
  const isTakenOn = () => room.store(async ({ spool }) => spool.audit.mailboxes() > 0);
  await until(isTakenOn, 20_000, 'the mailbox is taken on');
}

export const POINTS = FAULT_POINTS.filter((point) => point !== 'migrating');

/** One life after the other over one data folder, each with its orders. Throws where none of its faults struck. */
export async function livesOf(desk: TorturedDesk, lives: readonly string[], next: () => Customer): Promise<void> {
  for (const orders of lives) {
    if (!(await oneLife(desk, orders, next))) throw new Error(`no letter came by ${orders}`);
  }
}

/** Every point with every act, each until a life passes without a fault, the desk brought in order after each. */
export async function everyPoint(
  desk: TorturedDesk,
  next: () => Customer,
  tell: (line: string) => void,
): Promise<void> {
  for (const point of POINTS) {
    for (const act of ACTS) {
      let nth = 1;
      while (await oneLife(desk, order(act, point, nth), next)) {
        // what fails for ever is ended by somebody, and begins anew
        if (act.endsWith('+')) await desk.life.kill();
        await drain(desk, DRAIN_MS);
        nth += 1;
      }
      tell(`${act} at ${point}: ${nth - 1} times, then it passed`);
    }
  }
}

/**
 * Ends the daemon so often by SIGTERM, each time at a random moment up to `ms` milliseconds after it began to work, while
 * letters come in; each end is looked at, and after each nothing may be left under a lease.
 */
export async function endAtRandom(
  desk: TorturedDesk,
  { times, ms, random, next }: { times: number; ms: number; random: Chance; next: () => Customer },
  tell: (line: string) => void,
): Promise<void> {
  const { life, people, room } = desk;
  for (let n = 0; n < times; n++) {
    await life.start();
    people.write([next(), next()], 'imap');
    people.write([next()], 'lmtp');
    const after = between(random, 0, ms);
    await wait(after);
    const began = performance.now();
    await life.end();
    const took = Math.round(performance.now() - began);
    const leases = await room.store(({ db }) => leasesOf(db));
    if (leases > 0) throw new Error(`${leases} leases were left by an end after ${after} ms`);
    tell(`SIGTERM after ${after} ms, ended in ${took} ms`);
  }
}

async function leasesOf(db: Store['db']): Promise<number> {
  const letters = await db.selectFrom('letters').select('id').where('lease_until', 'is not', null).execute();
  const leaving = await db.selectFrom('outbox').select('id').where('lease_owner', 'is not', null).execute();
  return letters.length + leaving.length;
}

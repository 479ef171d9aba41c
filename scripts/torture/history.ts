// A random history from a seed: customers write in waves, and between the waves something happens to the daemon, to the wires,
// to the servers or to the mailbox. In: how many letters; out: nothing, the desk holds what became of them.

import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { between, type Chance, chance, one } from '../../bench/words.ts';
import { DESK_FILE } from '../../src/store/store.ts';
import { until } from '../../test/support/condition.ts';
import { calm, drain, type TorturedDesk } from './desk.ts';
import { type Customer, customers } from './letters.ts';
import { ACTS, order, POINTS } from './points.ts';
import { arm, WIRE_TROUBLES } from './wires.ts';

export interface HistoryOptions {
  readonly letters: number;
  readonly seed: number;
  /** Customers who write at the same moment. */
  readonly wave: number;
  /** Share of the waves behind which something happens. */
  readonly trouble: number;
}

/** What is at hand when something happens. */
interface Moment {
  readonly desk: TorturedDesk;
  readonly random: Chance;
  readonly next: () => Customer;
}

interface Happening {
  readonly name: string;
  /** How often, compared with the others. */
  readonly weight: number;
  /** Gives what to tell of it. */
  readonly happen: (moment: Moment) => Promise<string>;
}

const HAPPENINGS: readonly Happening[] = [
  {
    name: 'killed',
    weight: 4,
    happen: async ({ desk: { life }, random }) => {
      const ms = between(random, 0, 400);
      await wait(ms);
      await life.kill();
      await life.start();
      return `after ${ms} ms`;
    },
  },
  {
    name: 'ended',
    weight: 4,
    happen: async ({ desk: { life }, random }) => {
      const ms = between(random, 0, 400);
      await wait(ms);
      await life.end();
      await life.start();
      return `after ${ms} ms`;
    },
  },
  {
    name: 'a life with a fault',
    weight: 6,
    happen: async ({ desk: { life }, random }) => {
      const orders = order(one(random, ACTS), one(random, POINTS), between(random, 1, 4));
      await life.end();
      await life.start(orders);
      return orders;
    },
  },
  {
    name: 'trouble on the wire',
    weight: 6,
    happen: async ({ desk, random }) => {
      // silence takes 25 s; each kind of it has its turn elsewhere
      const trouble = one(
        random,
        WIRE_TROUBLES.filter(({ fate }) => fate !== 'swallow'),
      );
      arm(desk, trouble);
      return trouble.name;
    },
  },
  {
    name: 'the mail server is killed and comes back',
    weight: 1,
    happen: async ({ desk: { dovecot, done } }) => {
      done.copies += await dovecot.count('support');
      await dovecot.down();
      await dovecot.up();
      return '';
    },
  },
  {
    name: 'the mailbox is renumbered',
    weight: 1,
    happen: async ({ desk: { dovecot, done }, random }) => {
      done.again += await dovecot.count('support');
      const validity = between(random, 1_800_000_000, 2_000_000_000);
      await dovecot.renumber('support', validity);
      return String(validity);
    },
  },
  {
    name: 'a person deletes a letter',
    weight: 2,
    happen: async ({ desk: { dovecot, people }, next }) => {
      const customer = next();
      people.writeInVain([customer]);
      const { messageId } = customer.first;
      await dovecot.doveadm('support', 'expunge', 'mailbox', 'INBOX', 'HEADER', 'Message-ID', messageId);
      return messageId;
    },
  },
  {
    name: 'another program holds the database',
    weight: 0.5,
    happen: async ({ desk: { room } }) => {
      const holder = new Database(path.join(room.data, DESK_FILE), { timeout: 20_000 });
      holder.exec('begin immediate');
      await wait(6_000);
      holder.exec('rollback');
      holder.close();
      return 'for 6 s';
    },
  },
];

/** Lives through a history, until everything in it is dealt with. Throws where the desk stands still. */
export async function history(
  desk: TorturedDesk,
  { letters, seed, wave, trouble }: HistoryOptions,
  tell: (line: string) => void,
): Promise<void> {
  const random = chance(seed);
  // an endless source of people for what the events need beside
  const others = customers(letters, seed + 1);
  const next = () => ({ ...others.next().value!, next: 'nothing' as const });
  const { people, life } = desk;
  const happenings = inTurn(random);
  for (const some of waves(customers(letters, seed), wave)) {
    people.write(some);
    people.writeAgain(false);
    if (random() < trouble) {
      const { name, happen } = happenings.next().value;
      tell(`${people.sent.length} letters: ${name} ${await happen({ desk, random, next })}`.trim());
    }
    await underWay(desk, some.length);
    // what fails for ever, or hangs, is ended by somebody
    if (life.strikes() > 0) await life.kill();
    await life.start();
  }
  calm(desk);
  await drain(desk, patience(people.sent.length));
  people.writeAgain(true);
  await drain(desk, patience(people.sent.length));
}

/** How long the daemon may take before it is said to stand still: slow machines are busy with other things as well. */
const patience = (letters: number) => 180_000 + 100 * letters;

/** The middle of a wave's way: some are answered, others under way, others not fetched. */
async function underWay({ people }: TorturedDesk, written: number): Promise<void> {
  const enough = people.acknowledged().length + Math.ceil(written / 3);
  await until(() => people.acknowledged().length >= enough, 2_000, 'a wave is being answered').catch(() => {});
}

/** Each once, for what is rare would be missing from most histories; then by their weights, without end. */
function* inTurn(random: Chance): Generator<Happening, never> {
  const left = [...HAPPENINGS];
  while (left.length > 0) yield* left.splice(between(random, 0, left.length - 1), 1);
  for (;;) yield pick(random);
}

function pick(random: Chance): Happening {
  let at = random() * HAPPENINGS.reduce((sum, { weight }) => sum + weight, 0);
  for (const happening of HAPPENINGS) {
    at -= happening.weight;
    if (at < 0) return happening;
  }
  return HAPPENINGS[0]!;
}

function* waves<T>(all: Iterable<T>, size: number): Generator<readonly T[]> {
  let wave: T[] = [];
  for (const each of all) {
    wave.push(each);
    if (wave.length < size) continue;
    yield wave;
    wave = [];
  }
  if (wave.length > 0) yield wave;
}

// The parts of a torture, in their order; each opens a desk of its own.

import { chance } from '../../bench/words.ts';
import type { Evidence } from './account.ts';
import { drain, evidenceOf, withTorturedDesk } from './desk.ts';
import { history } from './history.ts';
import { type Customer, customers } from './letters.ts';
import { endAtRandom, everyPoint, firstStart } from './points.ts';
import { everyWireTrouble } from './wires.ts';

export interface PartOptions {
  readonly seed: number;
  readonly letters: number;
  readonly tell: (line: string) => void;
}

export interface Part {
  readonly name: string;
  readonly what: string;
  /** Throws where the desk stands still. */
  readonly run: (options: PartOptions) => Promise<readonly Evidence[]>;
}

const DRAIN_MS = 180_000;
const REST_MS = 10_000;

export const PARTS: readonly Part[] = [
  {
    name: 'points',
    what: 'at each step of a letter the daemon is killed, stumbles, stands still; the first time, the second, … until it passes',
    run: ({ seed, tell }) =>
      withTorturedDesk(seed, async (desk) => {
        await firstStart(desk);
        await everyPoint(desk, writers(seed), tell);
        await drain(desk, DRAIN_MS);
        return [await evidenceOf(desk)];
      }),
  },
  {
    name: 'wires',
    what: 'at each command of IMAP and SMTP the connection is cut, the answer is a refusal, slow, or never comes',
    run: ({ seed, tell }) =>
      withTorturedDesk(seed, async (desk) => {
        await firstStart(desk);
        await everyWireTrouble(desk, writers(seed), tell);
        return [await evidenceOf(desk)];
      }),
  },
  {
    name: 'ends',
    what: 'SIGTERM a hundred times, at moments of chance: ended in order within 20 s, and the next start goes on',
    run: ({ seed, tell }) =>
      withTorturedDesk(seed, async (desk) => {
        await firstStart(desk);
        await endAtRandom(desk, { times: 100, ms: 600, random: chance(seed), next: writers(seed) }, tell);
        await drain(desk, DRAIN_MS);
        return [await evidenceOf(desk)];
      }),
  },
  {
    name: 'history',
    what: 'all of it at random, and servers that die, mailboxes that are renumbered, letters that are deleted',
    run: ({ seed, letters, tell }) =>
      withTorturedDesk(seed, async (desk) => {
        await firstStart(desk);
        await history(desk, { letters, seed, wave: Math.max(8, Math.round(letters / 50)), trouble: 0.8 }, tell);
        return [await evidenceOf(desk, REST_MS)];
      }),
  },
];

/** People who write one letter each, without end. */
export function writers(seed: number): () => Customer {
  const people = customers(10_000, seed);
  return () => {
    for (;;) {
      const { value, done } = people.next();
      if (done) throw new Error('so many people there are not');
      if (value.kind === 'opens') return { ...value, next: 'nothing' };
    }
  };
}

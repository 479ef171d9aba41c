// Chance that is the same in every run: numbers by a seed (mulberry32), and what is chosen by them.

export interface Chance {
  /** From 0 to below 1. */
  next(): number;
  pick<T>(of: readonly T[]): T;
  /** A whole number from 0 to below `below`. */
  upTo(below: number): number;
}

export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const upTo = (below: number) => Math.floor(next() * below);
  return { next, upTo, pick: (of) => of[upTo(of.length)]! };
}

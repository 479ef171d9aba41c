// A broken database file shows wherever it is read: in the ledger too, which a source would take for trouble with its server.

import type { Ledger } from '../store/ledger.ts';
import { isDamage } from '../store/trouble.ts';

/** The same ledger, which tells of damage before it throws. */
export function watchedLedger(ledger: Ledger, onDamage: (error: unknown) => void): Ledger {
  const watched =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      try {
        return call(...args);
      } catch (error) {
        if (isDamage(error)) onDamage(error);
        throw error;
      }
    };
  return {
    ...ledger,
    open: watched(ledger.open),
    known: watched(ledger.known),
    record: watched(ledger.record),
    unfinished: watched(ledger.unfinished),
    finish: watched(ledger.finish),
  };
}

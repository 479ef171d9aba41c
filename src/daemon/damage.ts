// A broken database file shows wherever it is read: in the ledger too, which a source would take for trouble with its server.

import type { Ledger } from '../store/ledger.ts';
import { isDamage } from '../store/trouble.ts';

/** The same ledger, which tells of damage before it throws. */
export function watchedLedger(ledger: Ledger, onDamage: (error: unknown) => void): Ledger {
  const told = (error: unknown): unknown => {
    if (isDamage(error)) onDamage(error);
    return error;
  };
  const watched =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      try {
        return call(...args);
      } catch (error) {
        throw told(error);
      }
    };
  return {
    ...ledger,
    open: watched(ledger.open),
    known: watched(ledger.known),
    record: watched(ledger.record),
    unfinished: watched(ledger.unfinished),
    finish: async (box, uids) => {
      try {
        await ledger.finish(box, uids);
      } catch (error) {
        throw told(error);
      }
    },
  };
}

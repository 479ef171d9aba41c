// The breaker of automatic mail: when most of what leaves is refused for good, something is answering forged senders, and
// every further letter hurts somebody. It opens for a while, says so once, and closes by itself.

/** Refusals within the window that open it, when they are also at least half of all letters. */
const REFUSALS = 20;
const WINDOW_MS = 600_000;
const OPEN_MS = 600_000;

export interface Breaker {
  /** Notes how a letter ended: taken by a server, or refused for good. Times are milliseconds of a clock that never jumps. */
  note(taken: boolean, at: number): void;
  /** For how many milliseconds no automatic letter leaves; null while it is closed. */
  openFor(at: number): number | null;
}

/** A closed breaker. */
export function makeBreaker(): Breaker {
  let outcomes: { readonly taken: boolean; readonly at: number }[] = [];
  let refused = 0;
  let until = 0;
  return {
    note: (taken, at) => {
      outcomes.push({ taken, at });
      if (!taken) refused++;
      while (outcomes[0]!.at <= at - WINDOW_MS) if (!outcomes.shift()!.taken) refused--;
      if (refused < REFUSALS || refused * 2 < outcomes.length) return;
      until = at + OPEN_MS;
      outcomes = [];
      refused = 0;
    },
    openFor: (at) => (at < until ? until - at : null),
  };
}

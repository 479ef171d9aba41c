// The surroundings of every test file: when its last hook is done, no socket, server, timer, child or thread may be left that
// was not there before; else the file fails with the list of them.
// An environment and not a hook: hooks of a file run after those of its setup files, and would be blamed for what they still close.

import { TestEnvironment } from 'jest-environment-node';

/** What closing things takes at most: sockets say goodbye, children are reaped. Waited for, never slept through. */
const GRACE_MS = 3_000;

// Files, name look-ups and the like end by themselves; these stay until somebody closes them.
const STAYING = /Socket|Server|Pipe|Process|Timeout|Immediate|MessagePort|FSEvent|UDP|TTY|Signal|Worker|StatWatcher/;

type Counts = ReadonlyMap<string, number>;

/** jest's own node environment, which fails what leaks. */
export default class LeakWatch extends TestEnvironment {
  #before: Counts = new Map();

  override async setup(): Promise<void> {
    await super.setup();
    // made when first looked at, and kept by the process ever after
    void [process.stdin, process.stdout, process.stderr];
    this.#before = open();
  }

  /** Called by jest-circus at each step of a file; an error among `unhandledErrors` fails it beside what its tests say. */
  async handleTestEvent(
    event: { readonly name: string },
    state: { readonly unhandledErrors: unknown[] },
  ): Promise<void> {
    if (event.name !== 'run_finish') return;
    const left = await leftOver(this.#before);
    if (left.length === 0) return;
    const error = new Error(`this test file left open: ${left.join(', ')}`);
    error.stack = error.message;
    state.unhandledErrors.push(error);
  }
}

function open(): Counts {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (STAYING.test(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Asks until nothing is left or the grace is over; gives what is. */
async function leftOver(before: Counts): Promise<readonly string[]> {
  const end = performance.now() + GRACE_MS;
  for (;;) {
    // asked in an immediate of our own, so that neither it nor the timer of the wait is counted
    await new Promise((resolve) => setImmediate(resolve));
    const left = [...open()].flatMap(([kind, n]) => {
      const more = n - (before.get(kind) ?? 0);
      return more > 0 ? [`${more} ${kind}`] : [];
    });
    if (left.length === 0 || performance.now() > end) return left;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

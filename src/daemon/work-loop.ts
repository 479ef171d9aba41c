// The work on letters, turn after turn, until it is stopped.

import { setTimeout as wait } from 'node:timers/promises';
import type { Log } from '../config/log.ts';
import { type ToldOnce, toldOnce } from '../config/told-once.ts';
import type { Ingest } from '../ingest.ts';
import { isDamage } from '../store/trouble.ts';

/** Letters are looked for this often at least: another process may have put some into the spool. */
const LOOK_MS = 2_000;
/** A hostile letter that is as slow as its limits allow takes a minute; work that takes so much longer never ends. */
const STANDSTILL_MS = 600_000;

/** Called when a database file turns out to be broken: nothing may be written any more. */
type OnDamage = (error: unknown) => void;

/** Calls `work` while there is some, else waits for a nudge or the next look. */
export class WorkLoop {
  readonly #work: Ingest['work'];
  readonly #trouble: ToldOnce;
  readonly #onDamage: OnDamage;
  #stopping = new AbortController();
  #wake = Promise.withResolvers<void>();
  #running: Promise<void> | null = null;
  /** On the monotonic clock. */
  #turnedAt = performance.now();

  constructor(work: Ingest['work'], log: Log, onDamage: OnDamage) {
    this.#work = work;
    this.#trouble = toldOnce(
      log,
      'work',
      'letters could not be worked on, trying again',
      'letters are worked on again',
    );
    this.#onDamage = onDamage;
  }

  start(): void {
    this.#running = this.#run();
  }

  standstillMs(): number | null {
    const ms = performance.now() - this.#turnedAt;
    return ms < STANDSTILL_MS ? null : ms;
  }

  nudge(): void {
    this.#wake.resolve();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.nudge();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      this.#wake = Promise.withResolvers();
      this.#turnedAt = performance.now();
      const done = await this.#step();
      if (done > 0 || signal.aborted) continue;
      const look = new AbortController();
      await Promise.race([this.#wake.promise, wait(LOOK_MS, undefined, { signal: look.signal }).catch(() => {})]);
      look.abort();
    }
  }

  /** Fifty slow letters are one turn and no standstill. */
  #atNextLetter(): boolean {
    this.#turnedAt = performance.now();
    return this.#stopping.signal.aborted;
  }

  async #step(): Promise<number> {
    try {
      const done = await this.#work(() => this.#atNextLetter());
      this.#trouble.well();
      return done;
    } catch (error) {
      if (isDamage(error)) this.#onDamage(error);
      this.#trouble.wrong((error as Error).message);
      return 0;
    }
  }
}

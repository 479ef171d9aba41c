// Sends what the outbox holds: claims as many letters as the transport can take, sends them with no transaction open,
// settles each where its lease is still its own; one commit settles what has ended and claims what goes next. Woken by a
// nudge after a commit, by a slot that got free, or by the next look.

import type { Kysely } from 'kysely';
import type { Count } from '../config/count.ts';
import type { Fault } from '../config/fault.ts';
import type { Log } from '../config/log.ts';
import { type ToldOnce, toldOnce } from '../config/told-once.ts';
import { OUTGOING, type OutgoingKind, type OutgoingRules } from '../desk/outgoing.ts';
import {
  type Consequence,
  claimOutgoing,
  isOutgoingDue,
  type OutgoingLetter,
  renewOutgoing,
  type Settlement,
  settleOrphans,
  settleOutgoing,
} from '../store/outbox.ts';
import type { Tables } from '../store/schema.ts';
import { isDamage } from '../store/trouble.ts';
import { type AttemptDeps, attempt } from './attempt.ts';
import { makeBreaker } from './breaker.ts';
import { gate } from './gate.ts';
import { type Failure, isLasting, reduced, settledAs, settleFailure, settleUncomposed } from './retry.ts';
import { type Outcome, tellOutcome } from './tell.ts';

const RENEW_MS = 20_000;
/** Letters that were put off get due, and no nudge tells of what another process wrote, so the outbox is looked at this often at least. */
const LOOK_MS = 2_000;
/** While the server can't be reached all letters wait together, at most this long. */
const MAX_PAUSE_MS = 60_000;

export interface OutboxDeps extends AttemptDeps {
  readonly db: Kysely<Tables>;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  /** Unique to this process. */
  readonly owner: string;
  /** Called when a database file turns out to be broken: nothing may be written any more. */
  readonly onDamage: (error: unknown) => void;
  /** When letters are given up, by `givenUp` of their kind. */
  readonly giveUpAfterMs: { readonly [when in OutgoingRules['givenUp']]: number };
  /** What the end of an attempt brings with it on the ticket; null for kinds that bring nothing. */
  readonly consequenceOf: (kind: OutgoingKind) => Consequence | null;
  /** Acknowledgements an hour, all together; what is over it leaves later. */
  readonly perHour: () => number;
  readonly count?: Count | undefined;
  readonly fault?: Fault | undefined;
}

export interface OutboxWorker {
  start(): Promise<void>;
  /** Looks at the outbox now. */
  nudge(): void;
  /** Sends what is due and waits until nothing is; gives the number of letters that left. */
  drain(): Promise<number>;
  /** Lets letters under way finish, at most `ms`, then closes the transport. */
  stop(ms: number): Promise<void>;
}

/** The worker of one outbox. */
export function outboxWorker(deps: OutboxDeps): OutboxWorker {
  return new Worker(deps);
}

class Worker implements OutboxWorker {
  readonly #deps: OutboxDeps;
  readonly #underWay = new Set<Promise<void>>();
  #timer: NodeJS.Timeout | null = null;
  #renewal: NodeJS.Timeout | null = null;
  #filling: Promise<number> | null = null;
  #again = false;
  #stopped = false;
  /** On the monotonic clock, like the breaker: the machine's may be set back while letters wait. */
  #pausedUntil = 0;
  #unreachable = 0;
  #sent = 0;
  /** Outcomes that are not written yet, some because the database could not take them. */
  readonly #owed: Outcome[] = [];
  readonly #breaker = makeBreaker();
  /** How many guarded letters may leave now. */
  readonly #allowed: () => Promise<number>;
  readonly #trouble: ToldOnce;
  readonly #way: ToldOnce;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    this.#allowed = gate({ ...deps, breaker: this.#breaker });
    const begun = 'the outbox could not be worked on, trying again';
    this.#trouble = toldOnce(deps.log, 'outbox', begun, 'the outbox is worked on again');
    this.#way = toldOnce(deps.log, 'smtp', 'letters cannot be sent, trying again', 'letters can be sent again');
  }

  async start(): Promise<void> {
    const { db, owner, now } = this.#deps;
    await this.#settleOrphans();
    this.#renewal = setInterval(() => {
      if (this.#underWay.size > 0) renewOutgoing(db, owner, now()).catch((error) => this.#complain(error));
    }, RENEW_MS);
    this.nudge();
  }

  async #settleOrphans(): Promise<void> {
    const { db, owner, now, log } = this.#deps;
    const { closed, again } = await settleOrphans(db, owner, now());
    const begun = 'letters were under way when kvitok was stopped: whether they arrived is unknown';
    if (closed > 0) log.warn({ letters: closed }, `${begun}, they are not sent again`);
    if (again > 0) log.warn({ letters: again }, `${begun}, they are sent once more, with the same Message-ID`);
  }

  nudge(): void {
    if (this.#stopped || !this.#renewal) return;
    if (this.#filling) {
      this.#again = true;
      return;
    }
    if (this.#timer) clearTimeout(this.#timer);
    this.#filling = this.#fill()
      .then((wait) => {
        this.#trouble.well();
        return wait;
      })
      .catch((error) => {
        this.#complain(error);
        return LOOK_MS;
      })
      .then((wait) => {
        this.#filling = null;
        if (this.#stopped) return 0;
        if (this.#again) {
          this.#again = false;
          this.nudge();
        } else {
          this.#timer = setTimeout(() => this.nudge(), wait);
        }
        return wait;
      });
  }

  async drain(): Promise<number> {
    await this.#settleOrphans();
    const before = this.#sent;
    for (;;) {
      await this.#fill();
      if (this.#underWay.size === 0 && this.#owed.length === 0) return this.#sent - before;
      await Promise.race(this.#underWay);
    }
  }

  async stop(ms: number): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    if (this.#renewal) clearInterval(this.#renewal);
    await this.#filling;
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, ms);
    await Promise.race([Promise.all(this.#underWay), late]);
    clearTimeout(timer);
    this.#deps.transport.close();
    await Promise.all(this.#underWay);
    await this.#turnOver(0, false).catch((error) => this.#complain(error));
  }

  /** Fills the free slots; gives after how many ms to look again. */
  async #fill(): Promise<number> {
    // what ends in the same moment is written in the same commit
    await new Promise(setImmediate);
    const { most, guarded, wait } = await this.#room();
    for (const letter of await this.#turnOver(most, guarded)) {
      const work = this.#send(letter)
        .catch((error) => this.#complain(error))
        .finally(() => {
          this.#underWay.delete(work);
          this.nudge();
        });
      this.#underWay.add(work);
    }
    return wait;
  }

  /** How many letters may be claimed now, whether guarded ones are among them, and after how many ms to look again. */
  async #room(): Promise<{ readonly most: number; readonly guarded: boolean; readonly wait: number }> {
    const { db, transport, now } = this.#deps;
    const pause = this.#pausedUntil - performance.now();
    const free = transport.width - this.#underWay.size;
    if (pause > 0 || free <= 0 || !(await isOutgoingDue(db, now())))
      return { most: 0, guarded: false, wait: pause > 0 ? Math.min(pause, LOOK_MS) : LOOK_MS };
    const allowed = await this.#allowed();
    const guarded = allowed > 0;
    return { most: guarded ? Math.min(free, allowed) : free, guarded, wait: LOOK_MS };
  }

  /** Writes every outcome that is owed and claims up to `most` letters. Rejects where the database is in trouble. */
  async #turnOver(most: number, guarded: boolean): Promise<readonly OutgoingLetter[]> {
    const { db, owner, now, consequenceOf } = this.#deps;
    const ended = this.#owed.slice();
    if (ended.length === 0 && most === 0) return [];
    const { ours, claimed } = await db.transaction().execute(async (trx) => {
      const ours: boolean[] = [];
      for (const { letter, settlement, at } of ended)
        ours.push(await settleOutgoing(trx, letter, owner, settlement, at, consequenceOf(letter.kind)));
      return { ours, claimed: most > 0 ? await claimOutgoing(trx, owner, now(), most, guarded) : [] };
    });
    this.#owed.splice(0, ended.length);
    for (const [i, outcome] of ended.entries()) {
      tellOutcome(this.#deps, outcome, ours[i]!);
      if (ours[i] && outcome.settlement.state === 'sent') this.#sent++;
    }
    return claimed;
  }

  async #send(letter: OutgoingLetter): Promise<void> {
    // nobody knows how far it got
    const settlement = await this.#attempt(letter).catch(
      ({ message }: Error): Settlement => this.#failed(letter, { message, reply: null, reached: 'after-dot' }),
    );
    this.#owed.push({ letter, settlement, at: this.#deps.now() });
  }

  async #attempt(letter: OutgoingLetter): Promise<Settlement> {
    const { now, random, fault } = this.#deps;
    fault?.('outgoing-claimed');
    const tried = await attempt(this.#deps, letter);
    if (tried.kind === 'uncomposed')
      return settleUncomposed(tried, { attempts: letter.attempts, giveUpAt: this.#giveUpAt(letter) }, now(), random());
    const { result, composed, error } = tried;
    // what was given up was refused by nobody
    if (OUTGOING[letter.kind].guarded && (result.ok || isLasting(result.failure)))
      this.#breaker.note(result.ok, performance.now());
    if (result.ok) {
      fault?.('sent');
      this.#unreachable = 0;
      this.#way.well();
      const settled = settledAs(result.refused ?? [], this.#giveUpAt(letter), now(), random());
      return composed === null && error === null ? settled : { ...settled, ...reduced(settled, composed, error) };
    }
    if (result.failure.reached === 'nobody') this.#pause(result.failure.message);
    return this.#failed(letter, result.failure);
  }

  #failed(letter: OutgoingLetter, failure: Failure): Settlement {
    const { now, random } = this.#deps;
    const { attempts, doubtful, kind } = letter;
    const { afterCrash } = OUTGOING[kind];
    return settleFailure(
      failure,
      { attempts, giveUpAt: this.#giveUpAt(letter), afterCrash, doubtful },
      now(),
      random(),
    );
  }

  #giveUpAt = ({ createdAt, kind }: OutgoingLetter): number =>
    createdAt + this.#deps.giveUpAfterMs[OUTGOING[kind].givenUp];

  /** A server that can't be reached is no fault of a letter: all of them wait, and one line says so. */
  #pause(reason: string): void {
    const { random, transport } = this.#deps;
    if (this.#pausedUntil > performance.now()) return;
    const ms = Math.min(1000 * 2 ** this.#unreachable, MAX_PAUSE_MS) * (0.9 + 0.2 * random());
    this.#unreachable++;
    this.#pausedUntil = performance.now() + ms;
    this.#way.wrong(reason, { server: transport.to, seconds: Math.round(ms / 1000) });
  }

  #complain(error: unknown): void {
    if (isDamage(error)) this.#deps.onDamage(error);
    this.#trouble.wrong((error as Error).message);
  }
}

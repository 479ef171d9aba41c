// Sends what the outbox holds: claims as many letters as the transport can take, sends them with no transaction open,
// settles each where its lease is still its own. Woken by a nudge after a commit, by a slot that got free, or by the next look.

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
import { ticketNumber } from '../thread/damm.ts';
import { makeBreaker } from './breaker.ts';
import { compose, type Material, type Sender } from './compose.ts';
import { gate } from './gate.ts';
import { type Failure, isLasting, settledAs, settleFailure } from './retry.ts';
import type { Templates } from './templates.ts';
import type { Transport } from './transport.ts';

const RENEW_MS = 20_000;
/** Letters that were put off get due, and no nudge tells of what another process wrote, so the outbox is looked at this often at least. */
const LOOK_MS = 2_000;
/** While the server can't be reached all letters wait together, at most this long. */
const MAX_PAUSE_MS = 60_000;

export interface OutboxDeps {
  readonly db: Kysely<Tables>;
  readonly transport: Transport;
  readonly templates: Templates;
  readonly sender: Sender;
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  /** Unique to this process. */
  readonly owner: string;
  /** Called when a database file turns out to be broken: nothing may be written any more. */
  readonly onDamage: (error: unknown) => void;
  /** When letters are given up, by `givenUp` of their kind. */
  readonly giveUpAfterMs: { readonly [when in OutgoingRules['givenUp']]: number };
  /** Reads what a letter says beside its row; rejects where the database is in trouble. */
  readonly material: (letter: OutgoingLetter) => Promise<Material>;
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

/** How an attempt on a letter ended, and when (epoch milliseconds). */
interface Outcome {
  readonly letter: OutgoingLetter;
  readonly settlement: Settlement;
  readonly at: number;
}

/** How an attempt ended, as it is counted. */
const OUTCOMES = { sent: 'sent', failed: 'failed', unknown: 'unknown', queued: 'put-off' } as const;

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
  /** Outcomes that the database could not take: unwritten, a letter would be neither sent nor tried again. */
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
      if (this.#underWay.size === 0) return this.#sent - before;
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
    await this.#settleOwed().catch((error) => this.#complain(error));
  }

  /** Fills the free slots; gives after how many ms to look again. */
  async #fill(): Promise<number> {
    const { db, owner, transport, now } = this.#deps;
    await this.#settleOwed();
    const pause = this.#pausedUntil - performance.now();
    if (pause > 0) return Math.min(pause, LOOK_MS);
    const free = transport.width - this.#underWay.size;
    if (free <= 0) return LOOK_MS;
    if (!(await isOutgoingDue(db, now(), true))) return LOOK_MS;
    const allowed = await this.#allowed();
    const guarded = allowed > 0;
    for (const letter of await claimOutgoing(db, owner, now(), guarded ? Math.min(free, allowed) : free, guarded)) {
      const work = this.#send(letter)
        .catch((error) => this.#complain(error))
        .finally(() => {
          this.#underWay.delete(work);
          this.nudge();
        });
      this.#underWay.add(work);
    }
    return LOOK_MS;
  }

  async #send(letter: OutgoingLetter): Promise<void> {
    // nobody knows how far it got
    const settlement = await this.#attempt(letter).catch(
      ({ message }: Error): Settlement => this.#failed(letter, { message, reply: null, reached: 'after-dot' }),
    );
    await this.#settle({ letter, settlement, at: this.#deps.now() });
  }

  async #settleOwed(): Promise<void> {
    for (let one = this.#owed.shift(); one; one = this.#owed.shift()) await this.#settle(one);
  }

  /** Writes an outcome and tells of it; rejects, and owes it, where the database is in trouble. */
  async #settle(outcome: Outcome): Promise<void> {
    const { db, owner, log, count, consequenceOf } = this.#deps;
    const { letter, settlement, at } = outcome;
    const ours = await settleOutgoing(db, letter, owner, settlement, at, consequenceOf(letter.kind)).catch((error) => {
      this.#owed.push(outcome);
      throw error;
    });
    const fields = {
      ...(letter.letter === null ? {} : { letter: letter.letter }),
      outbox: letter.id,
      ...(letter.ticket === null ? {} : { ticket: ticketNumber(letter.ticket) }),
      to: letter.model.to.address,
    };
    if (ours) count?.('sendings', { kind: letter.kind, outcome: OUTCOMES[settlement.state] });
    if (!ours) log.warn(fields, 'the lease of this letter was lost while it was being sent');
    else if (settlement.state === 'sent') {
      this.#sent++;
      log.info({ ...fields, ms: at - letter.createdAt }, `${letter.kind} sent`);
    } else if (settlement.state === 'queued')
      log.warn({ ...fields, error: settlement.error, attempt: letter.attempts }, 'not sent, tried again later');
    else log.error({ ...fields, error: settlement.error, state: settlement.state }, 'not sent, and not tried again');
  }

  async #attempt(letter: OutgoingLetter): Promise<Settlement> {
    const { transport, templates, sender, material, fault } = this.#deps;
    const failed = (failure: Failure) => this.#failed(letter, failure);
    fault?.('outgoing-claimed');
    let composed: ReturnType<typeof compose>;
    try {
      composed = compose(letter, await material(letter), sender, templates);
    } catch (error) {
      // a template that somebody is editing, or a database that is busy: the letter waits for it
      return failed({ message: `could not be composed: ${(error as Error).message}`, reply: null, reached: 'server' });
    }
    const result = await transport.send(composed);
    // what was given up was refused by nobody
    if (OUTGOING[letter.kind].guarded && (result.ok || isLasting(result.failure)))
      this.#breaker.note(result.ok, performance.now());
    if (result.ok) {
      fault?.('sent');
      this.#unreachable = 0;
      this.#way.well();
      return settledAs(result.refused);
    }
    if (result.failure.reached === 'nobody') this.#pause(result.failure.message);
    return failed(result.failure);
  }

  #failed(letter: OutgoingLetter, failure: Failure): Settlement {
    const { now, random, giveUpAfterMs } = this.#deps;
    const { afterCrash, givenUp } = OUTGOING[letter.kind];
    const giveUpAt = letter.createdAt + giveUpAfterMs[givenUp];
    return settleFailure(
      failure,
      { attempts: letter.attempts, giveUpAt, afterCrash, doubtful: letter.doubtful },
      now(),
      random(),
    );
  }

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

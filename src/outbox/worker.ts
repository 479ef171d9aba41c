// Sends what the outbox holds: claims as many letters as the transport can take, sends them with no transaction open,
// settles each where its lease is still its own. Woken by a nudge after a commit, by the next due time, or by a slot that got free.

import type { Kysely } from 'kysely';
import type { Log } from '../config/log.ts';
import { type ToldOnce, toldOnce } from '../config/told-once.ts';
import {
  claimOutgoing,
  closeOrphans,
  countSentSince,
  nextOutgoingAt,
  type OutgoingLetter,
  renewOutgoing,
  type Settlement,
  settleOutgoing,
} from '../store/outbox.ts';
import type { Tables } from '../store/schema.ts';
import { isDamage } from '../store/trouble.ts';
import { ticketNumber } from '../thread/damm.ts';
import { makeBreaker } from './breaker.ts';
import { compose, type Sender } from './compose.ts';
import { backoff, settleFailure } from './retry.ts';
import type { Templates } from './templates.ts';
import type { Transport } from './transport.ts';

const HOUR = 3_600_000;
const RENEW_MS = 20_000;
/** A nudge may be missed (another process wrote the row), so the outbox is looked at this often at least. */
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
  readonly giveUpAfterMs: number;
  /** Acknowledgements an hour, all together; what is over it leaves later. */
  readonly perHour: () => number;
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

const HELD = {
  breaker:
    'most acknowledgements are refused: automatic letters are held back for a while; look at kvitok outbox --state failed',
  cap: 'the cap on acknowledgements an hour is reached: what is over it leaves later',
} as const;

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
  #pausedUntil = 0;
  #unreachable = 0;
  #sent = 0;
  #held: keyof typeof HELD | null = null;
  readonly #breaker = makeBreaker();
  readonly #trouble: ToldOnce;

  constructor(deps: OutboxDeps) {
    this.#deps = deps;
    const begun = 'the outbox could not be worked on, trying again';
    this.#trouble = toldOnce(deps.log, 'outbox', begun, 'the outbox is worked on again');
  }

  async start(): Promise<void> {
    const { db, owner, now, log } = this.#deps;
    const orphans = await closeOrphans(db, owner, now());
    if (orphans > 0)
      log.warn(
        { letters: orphans },
        'letters were under way when kvitok was stopped: whether they arrived is unknown, they are not sent again',
      );
    this.#renewal = setInterval(() => {
      if (this.#underWay.size > 0) renewOutgoing(db, owner, now()).catch((error) => this.#complain(error));
    }, RENEW_MS);
    this.nudge();
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
  }

  /** Fills the free slots; gives how long nothing will be due, in ms. */
  async #fill(): Promise<number> {
    const { db, owner, transport, now } = this.#deps;
    const pause = this.#pausedUntil - now();
    if (pause > 0) return Math.min(pause, LOOK_MS);
    const free = transport.width - this.#underWay.size;
    if (free <= 0) return LOOK_MS;
    const due = await nextOutgoingAt(db);
    if (due === null || due > now()) return LOOK_MS;
    const allowed = await this.#allowed();
    if (allowed <= 0) return LOOK_MS;
    for (const letter of await claimOutgoing(db, owner, now(), Math.min(free, allowed))) {
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

  /** How many automatic letters may leave now: none while the breaker is open, none over the cap of the hour. */
  async #allowed(): Promise<number> {
    const { db, now, perHour, log } = this.#deps;
    const open = this.#breaker.openUntil(now());
    const left = open === null ? perHour() - (await countSentSince(db, now() - HOUR)) : 0;
    const held = open !== null ? 'breaker' : left <= 0 ? 'cap' : null;
    if (held !== this.#held) {
      this.#held = held;
      if (held === null) log.info({ event: 'automatic-mail' }, 'automatic letters leave again');
      else
        log.error(
          {
            event: 'automatic-mail',
            ...(open === null ? { perHour: perHour() } : { until: new Date(open).toISOString() }),
          },
          HELD[held],
        );
    }
    return left;
  }

  async #send(letter: OutgoingLetter): Promise<void> {
    const { db, owner, now, log } = this.#deps;
    const settlement = await this.#attempt(letter);
    const ours = await settleOutgoing(db, letter.id, owner, settlement, now());
    const fields = {
      ...(letter.letter === null ? {} : { letter: letter.letter }),
      outbox: letter.id,
      ticket: ticketNumber(letter.ticket),
      to: letter.model.to.address,
    };
    if (settlement.state === 'sent' || settlement.state === 'failed')
      this.#breaker.note(settlement.state === 'sent', now());
    if (!ours) log.warn(fields, 'the lease of this letter was lost while it was being sent');
    else if (settlement.state === 'sent') {
      this.#sent++;
      log.info({ ...fields, ms: now() - letter.createdAt }, `${letter.kind} sent`);
    } else if (settlement.state === 'queued')
      log.warn({ ...fields, error: settlement.error, attempt: letter.attempts }, 'not sent, tried again later');
    else log.error({ ...fields, error: settlement.error, state: settlement.state }, 'not sent, and not tried again');
  }

  async #attempt(letter: OutgoingLetter): Promise<Settlement> {
    const { transport, templates, sender, now, random, giveUpAfterMs } = this.#deps;
    let composed: ReturnType<typeof compose>;
    try {
      composed = compose(letter, sender, templates);
    } catch (error) {
      // a template that somebody is editing: the letter waits for it
      const notBefore = now() + backoff(letter.attempts, random());
      return { state: 'queued', error: `template: ${(error as Error).message}`, notBefore, counted: true };
    }
    const result = await transport.send(composed);
    if (result.ok) {
      this.#unreachable = 0;
      return { state: 'sent', error: null };
    }
    if (result.failure.reached === 'nobody') this.#pause(result.failure.message);
    return settleFailure(
      result.failure,
      { attempts: letter.attempts, giveUpAt: letter.createdAt + giveUpAfterMs },
      now(),
      random(),
    );
  }

  /** A server that can't be reached is no fault of a letter: all of them wait, and one line says so. */
  #pause(reason: string): void {
    const { now, random, transport, log } = this.#deps;
    if (this.#pausedUntil > now()) return;
    const ms = Math.min(1000 * 2 ** this.#unreachable, MAX_PAUSE_MS) * (0.9 + 0.2 * random());
    this.#unreachable++;
    this.#pausedUntil = now() + ms;
    log.error(
      { server: transport.to, error: reason, seconds: Math.round(ms / 1000) },
      'letters cannot be sent, trying again',
    );
  }

  #complain(error: unknown): void {
    if (isDamage(error)) this.#deps.onDamage(error);
    this.#trouble.wrong((error as Error).message);
  }
}

// The post room without its letter boxes: store, path of letters and outbox over one data folder, held by one process.
// `run` puts sources in front of it, `once` and `ingest` hand letters in and leave when all is done.

import { randomBytes, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import { feedAnnouncements } from '../clocks/announcements.ts';
import { tellDeadlines } from '../clocks/deadlines.ts';
import { queueDigests } from '../clocks/digest.ts';
import { tellHandovers } from '../clocks/handovers.ts';
import { queueReports } from '../clocks/reports.ts';
import type { Count } from '../config/count.ts';
import type { Fault } from '../config/fault.ts';
import type { Log } from '../config/log.ts';
import type { Config } from '../config/schema.ts';
import { isStaffed } from '../desk/operators.ts';
import type { Stars } from '../desk/rating.ts';
import { timetableOf } from '../desk/timetable.ts';
import { closeJudges } from '../ingest/prepare.ts';
import { openReaders, READING_LIMITS } from '../ingest/readers.ts';
import { readingOf, readingSettingsOf } from '../ingest/reading.ts';
import { operatorsOf, oursOf, rulesOf, sharesAccount } from '../ingest/rules.ts';
import { type Ingest, ingestOf } from '../ingest.ts';
import { compose, senderOf } from '../outbox/compose.ts';
import { openTemplates, type Templates } from '../outbox/templates.ts';
import { bytesOf, directoryTransport, smtpTransport, type Transport } from '../outbox/transport.ts';
import { type OutboxWorker, outboxWorker } from '../outbox/worker.ts';
import type { Marking } from '../store/apply/place.ts';
import { consequencesOf } from '../store/consequences.ts';
import { releaseLetters } from '../store/letters.ts';
import { type FolderLock, lockFolder } from '../store/lock.ts';
import type { OutgoingLetter } from '../store/outbox.ts';
import { recountAll } from '../store/recount-clocks.ts';
import type { Tables } from '../store/schema.ts';
import { type SpaceGuard, spaceGuard } from '../store/space.ts';
import { openStore, type Store } from '../store/store.ts';
import type { SigningKeys } from '../thread/signing.ts';
import { smtpLogin } from './logins.ts';
import { tellLowMark } from './low-mark.ts';
import { markingOf } from './marking.ts';
import { materialOf, readersOf } from './material.ts';
import { sharesOf } from './memory.ts';
import { ratingLinks } from './rating.ts';
import { readyAnswersOf } from './ready-answers.ts';
import { signingKeys } from './signing-keys.ts';
import { WorkLoop } from './work-loop.ts';

export interface Room {
  readonly store: Store;
  readonly ingest: Ingest;
  readonly outbox: OutboxWorker;
  readonly space: SpaceGuard;
  /** Works on letters and the outbox until `stop`. */
  start(): Promise<void>;
  /** Signs and believes what leaves and comes back. */
  readonly keys: SigningKeys;
  /** A new Message-ID of ours for a kind of letter, about a ticket or about none. */
  messageIdFor: Marking['messageIdFor'];
  /** Whether letters are worked on: false when the work has stood still for too long. */
  alive(): boolean;
  /** Tells the leads of a low mark, in the transaction that records it. */
  tellRating(trx: Kysely<Tables>, ticket: number, stars: Stars): Promise<void>;
  /** For how long the work has stood still; null while it goes on. */
  standstillMs(): number | null;
  /** Takes up limits of acknowledgements, answers, levels, calendars and operators from a configuration, and reads the templates again. */
  reload(config: Config): void;
  /** Tells operators what time brings: deadlines, hand-overs to development. Rejects where the database is in trouble. */
  tellOperators(): Promise<void>;
  /** The bytes of a letter of the outbox, as they leave. Rejects where it can't be put together any more. */
  bytesOf(letter: OutgoingLetter): Promise<Buffer>;
  /** Queues what operators are told in the morning of the day of `now`; gives the number of letters. */
  tellWaiting(now: number): Promise<number>;
  /** The same for the report of the month before, which goes to the leads. */
  tellMonth(now: number): Promise<number>;
  /** Deals with everything that is due, tells of deadlines, sends what may be sent, and comes back. Gives the letters sent. */
  workOff(): Promise<number>;
  /** Finishes or returns the work in hand, within `ms`, and closes everything. */
  stop(ms: number): Promise<void>;
}

export interface RoomOptions {
  readonly log: Log;
  readonly now: () => number;
  readonly random: () => number;
  /** For the lock: which command holds the folder. */
  readonly what: string;
  /** Called when a database file turns out to be broken: nothing may be written any more. */
  readonly onDamage: (error: unknown) => void;
  /** What happens is counted, where somebody adds it up. */
  readonly count?: Count | undefined;
  /** What goes wrong on purpose, in tests. */
  readonly fault?: Fault | undefined;
}

/** Opens the room, or says who holds the data folder. Throws where the folder can't be used. */
export async function openRoom(config: Config, options: RoomOptions): Promise<Room | { readonly heldBy: string }> {
  const lock = lockFolder(config.data, options.what);
  if ('heldBy' in lock) return lock;
  try {
    return await furnished(config, options, lock, await openStore(config.data, options.fault));
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function furnished(config: Config, options: RoomOptions, lock: FolderLock, store: Store): Promise<Room> {
  const { log, now, random, onDamage, count, fault } = options;
  await releaseLetters(store.db);
  const transport = transportOf(config, now, fault);
  const ours = oursOf(config);
  const marks = {
    keys: await signingKeys(config, store.db, now()),
    address: config.desk.address,
    messageIdHost: ours.messageIdHost,
  };
  const marking = markingOf(marks, config.threading.subaddresses, () => randomUUID().replaceAll('-', ''));
  const space = spaceOf(config, log);
  let { acknowledge, answers } = config;
  let operators = operatorsOf(config);
  let templates = openTemplates(config.templates);
  let readyAnswers = readyAnswersOf(config, log, now);
  const rules = rulesOf(config, ours);
  let { timetable } = rules;
  /** Whether levels or calendars may have changed since the deadlines were counted. */
  let recount = true;
  const reading = readingOf(config, ours);
  const current: Pick<Templates, 'cure' | 'render'> = {
    cure: (code, language) => templates.cure(code, language),
    render: (name, language, values) => templates.render(name, language, values),
  };
  const readers = readersOf({
    store,
    config,
    operators: () => operators,
    timetable: () => timetable,
    now,
    templates: current,
    ratingLink: ratingLinks(config, marks.keys),
  });
  const shares = sharesOf(config);
  const threads = openReaders(readingSettingsOf(config, ours), { ...READING_LIMITS, bytes: shares.reading }, () =>
    count?.('threads', {}),
  );
  const material = materialOf({ spool: store.spool, judge: reading.judge, readers });
  let sender = senderOf(config, marks.keys);
  const outbox = outboxWorker({
    db: store.db,
    transport,
    templates: current,
    get sender() {
      return sender;
    },
    log,
    now,
    random,
    onDamage,
    owner: randomBytes(8).toString('hex'),
    giveUpAfterMs: {
      soon: config.outbox.giveUpAfterHours * 3_600_000,
      get late() {
        return answers.giveUpAfterHours * 3_600_000;
      },
    },
    material,
    consequenceOf: consequencesOf({
      ...marking,
      operators: () => operators,
      timetable: () => timetable,
      language: config.desk.language,
    }),
    perHour: () => acknowledge.perHour,
    count,
    fault,
  });
  const tellOperators = async () => {
    if (recount) await recountAll(store.db, timetable, now());
    recount = false;
    const { language } = config.desk;
    const deps = { ...marking, db: store.db, timetable, operators, language, log, now: now() };
    const told = (await tellHandovers(deps)) + (await tellDeadlines(deps));
    const fed = await feedAnnouncements({ ...marking, db: store.db, perMinute: config.announcements.perMinute }, now());
    if (told + fed > 0) outbox.nudge();
  };
  const loop = new WorkLoop((stopping) => ingest.work(stopping), log, onDamage);
  const ingest = ingestOf({
    db: store.db,
    spool: store.spool,
    keep: store.keeper.keep,
    heldBytes: shares.kept,
    read: threads.read,
    get rules() {
      return {
        ...rules,
        acknowledge,
        operators,
        staffed: isStaffed(operators, sharesAccount(config)),
        timetable,
        readyAnswers,
        holdMs: answers.holdSeconds * 1000,
      };
    },
    marks,
    log,
    now,
    space,
    onDamage,
    count,
    fault,
    ...marking,
    onKept: () => loop.nudge(),
    onQueued: () => outbox.nudge(),
  });
  return {
    store,
    ingest,
    outbox,
    space,
    start: async () => {
      store.keeper.warm();
      threads.warm();
      await outbox.start();
      loop.start();
    },
    keys: marks.keys,
    messageIdFor: marking.messageIdFor,
    tellRating: (trx, ticket, stars) =>
      tellLowMark(trx, ticket, stars, { ...marking, operators, language: config.desk.language, now: now() }),
    alive: () => loop.standstillMs() === null,
    standstillMs: () => loop.standstillMs(),
    reload: (next) => {
      acknowledge = next.acknowledge;
      answers = next.answers;
      timetable = timetableOf(next);
      recount = true;
      operators = operatorsOf(next);
      templates = openTemplates(config.templates);
      // the hours are those of the calendars that were read; who the desk is counts from the start on
      const told = { ...config, levels: next.levels, calendars: next.calendars, operators: next.operators };
      sender = senderOf(told, marks.keys);
      readyAnswers = readyAnswersOf(told, log, now);
    },
    tellOperators,
    bytesOf: async (letter) => bytesOf(compose(letter, await material(letter), sender, current)),
    tellWaiting: async (at) => {
      const { calendar } = timetable.levels.free;
      const job = { ...marking, db: store.db, operators: () => operators, calendar, language: config.desk.language };
      const queued = await queueDigests(job, at);
      if (queued > 0) outbox.nudge();
      return queued;
    },
    tellMonth: async (at) => {
      const { timeZone, language } = config.desk;
      const queued = await queueReports(
        { ...marking, db: store.db, operators: () => operators, timeZone, language },
        at,
      );
      if (queued > 0) outbox.nudge();
      return queued;
    },
    workOff: async () => {
      while ((await ingest.work()) > 0);
      await tellOperators();
      return outbox.drain();
    },
    stop: async (ms) => {
      await loop.stop();
      await outbox.stop(ms);
      await threads.close();
      await closeJudges();
      await store.close();
      lock.release();
    },
  };
}

/** The guard of the data folder. */
export const spaceOf = ({ data, disk }: Config, log: Log): SpaceGuard =>
  spaceGuard({ folder: data, reserveMegabytes: disk.reserveMegabytes, log });

function transportOf(config: Config, now: () => number, fault: Fault | undefined): Transport {
  const { smtp } = config;
  return 'host' in smtp
    ? smtpTransport(smtp, smtpLogin(smtp, config.data, now), fault)
    : directoryTransport(smtp.directory);
}

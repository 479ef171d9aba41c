// Files the answers that kvitok has sent among the sent letters of an account, as a mail client does (RFC 9051 §6.3.12): once,
// as read, with the moment they left. A letter that lies there already, by its Message-ID, is not put there again: the
// provider filed it, or kvitok did and ended before it could note it.

import type { ImapFlow } from 'imapflow';
import type { Kysely } from 'kysely';
import type { Log } from '../config/log.ts';
import type { MailboxConfig } from '../config/schema.ts';
import { toldOnce } from '../config/told-once.ts';
import { ORIGINAL_IDS } from '../mail/message-id.ts';
import { answersToFile, filedSince, noteFiled, type SentAnswer } from '../store/filings.ts';
import type { OutgoingLetter } from '../store/outbox.ts';
import type { Tables } from '../store/schema.ts';
import { reasonOf } from './imap/attempts.ts';
import { createBell } from './imap/bell.ts';
import { type Ask, askOver, connectTo, disconnect, type Login } from './imap/connection.ts';
import { pathOf } from './imap/done.ts';
import { PACE, type Pace } from './imap/pace.ts';

export interface FilingDeps {
  readonly db: Kysely<Tables>;
  readonly mailbox: MailboxConfig;
  /** The folder of sent letters, as a path. */
  readonly folder: readonly string[];
  readonly login: (refused: boolean) => Promise<Login>;
  /** The bytes of a letter as it left. Rejects where it can't be put together any more. */
  readonly bytesOf: (letter: OutgoingLetter) => Promise<Buffer>;
  readonly log: Log;
  readonly now: () => number;
  readonly letterBytes: number;
  readonly pace?: Pace;
}

export interface Filing {
  start(): void;
  /** Files what is to be filed now; gives how many were put into the folder. */
  fileOnce(): Promise<number>;
  stop(): Promise<void>;
}

const LOOK_MS = 5_000;
const AGAIN_MS = 60_000;
const MOST = 50;

/** Files into the folder of one mailbox; nothing is opened before something is to be filed. */
export function filing(deps: FilingDeps): Filing {
  const { db, mailbox, log, now, pace = PACE } = deps;
  const ending = new AbortController();
  const bell = createBell();
  const begun = 'answers could not be filed among the sent letters, trying again';
  const trouble = toldOnce(log.child({ mailbox: mailbox.name }), 'filing', begun, 'answers are filed again');
  let running: Promise<void> = Promise.resolve();

  const fileOnce = async (): Promise<number> => {
    const since = await filedSince(db, mailbox.name, now());
    const answers = await answersToFile(db, mailbox.name, since, MOST);
    if (answers.length === 0) return 0;
    const client = await connectTo(mailbox, await deps.login(false), deps.letterBytes, pace, ending.signal);
    try {
      return await fileAll(client, askOver(client, pace), answers, deps);
    } finally {
      await disconnect(client, pace.goodbye);
    }
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const wait = await fileOnce().then(
        () => {
          trouble.well();
          return LOOK_MS;
        },
        (error: unknown) => {
          if (!ending.signal.aborted) trouble.wrong(reasonOf(error));
          return AGAIN_MS;
        },
      );
      if (!ending.signal.aborted) await bell.wait(wait);
    }
  };
  return {
    start: () => {
      running = run();
    },
    fileOnce,
    stop: async () => {
      ending.abort();
      bell.ring();
      await running;
    },
  };
}

/** Gives how many were put into the folder. Rejects at the end where one could not be: it keeps none behind it waiting. */
async function fileAll(client: ImapFlow, ask: Ask, answers: readonly SentAnswer[], deps: FilingDeps): Promise<number> {
  await ask(() => open(client, deps.folder));
  let filed = 0;
  let failed: Error | null = null;
  for (const answer of answers) {
    try {
      if (await fileOne(ask, answer, deps)) filed++;
    } catch (error) {
      // without a connection the others fare no better
      if (!client.usable) throw error;
      failed ??= new Error(`outbox ${answer.letter.id}: ${reasonOf(error)}`);
    }
  }
  if (failed) throw failed;
  return filed;
}

/** Where an account's own copy has our Message-ID: providers that give letters another one keep the first in a field of theirs. */
const FILED_UNDER = ['message-id', ...ORIGINAL_IDS];

/** Whether it was put into the folder now, and did not lie there before. */
async function fileOne(ask: Ask, { letter, sentAt }: SentAnswer, deps: FilingDeps): Promise<boolean> {
  const { db, mailbox, folder, log, now } = deps;
  const named = FILED_UNDER.map((field) => ({ header: { [field]: letter.messageId } }));
  const there = await ask((client) => client.search({ or: named }, { uid: true }));
  if (!Array.isArray(there)) throw new Error('the server refused to search the folder of sent letters');
  if (there.length === 0) {
    const raw = await deps.bytesOf(letter);
    const put = await ask((client) => client.append(pathOf(client, folder), raw, ['\\Seen'], new Date(sentAt)));
    if (!put) throw new Error(`the server did not take a letter into ${folder.join(' › ')}`);
  }
  await noteFiled(db, letter.id, mailbox.name, now());
  log.debug({ outbox: letter.id, mailbox: mailbox.name }, 'answer filed among the sent letters');
  return there.length === 0;
}

/** Selects the folder to look into it, makes it where it is missing. */
async function open(client: ImapFlow, folder: readonly string[]): Promise<void> {
  try {
    await client.mailboxOpen([...folder], { readOnly: true });
  } catch (error) {
    if (!client.usable) throw error;
    await client.mailboxCreate([...folder]);
    await client.mailboxOpen([...folder], { readOnly: true });
  }
}

// What `kvitok check --ledger` finds: each mailbox compared with the ledger, UID by UID, the two database files with each
// other, letter by letter, and the answers that left with those that were filed. In: the configuration; out: findings.
// Nothing is changed, and the daemon may run.

import fs from 'node:fs';
import path from 'node:path';
import type { Config, MailboxConfig } from '../config/schema.ts';
import { uidSet } from '../sources/imap/uids.ts';
import { countLetters, findMissing, type Missing } from '../store/conservation.ts';
import { unfiledAnswers } from '../store/filings.ts';
import type { BoxKey } from '../store/ledger.ts';
import { DESK_FILE, openExisting, type Store } from '../store/store.ts';
import { ticketNumber } from '../thread/damm.ts';
import type { Logins } from './check-servers.ts';
import { type Finding, ok, problem, warning } from './findings.ts';
import { visit } from './probe-mailbox.ts';
import { inWords } from './system-error.ts';

/** What came within this time may still be on its way. */
const ON_ITS_WAY_MS = 300_000;

/** Filing looks every few seconds, and one command may take ten minutes; a server that is away for a while is no loss. */
const FILED_WITHIN_MS = 3_600_000;

export interface LedgerLook {
  /** Leaves the mailboxes out. */
  readonly offline: boolean;
  /** Compares the bytes of every letter with its digest. */
  readonly bytes: boolean;
}

/** Compares everything; never rejects. `now` in epoch milliseconds. */
export async function checkLedger(
  config: Config,
  login: Logins['mailbox'],
  { offline, bytes }: LedgerLook,
  now: number,
): Promise<readonly Finding[]> {
  if (!fs.existsSync(path.join(config.data, DESK_FILE)))
    return [warning('ledger', 'there is nothing to compare yet; kvitok run makes the data folder')];
  let store: Store;
  try {
    store = openExisting(config.data);
  } catch (error) {
    return [problem('ledger', `the data folder ${config.data} can't be used: ${inWords(error)}`)];
  }
  try {
    const mailboxes = offline ? [] : config.mailboxes.map((mailbox) => compareMailbox(store, mailbox, login, now));
    return [
      ...(await compareFiles(store)),
      ...(bytes ? compareBytes(store) : []),
      ...(await compareFilings(store, config.mailboxes, now)),
      ...(await Promise.all(mailboxes)).flat(),
    ];
  } catch (error) {
    return [problem('ledger', `the data folder ${config.data} can't be read: ${inWords(error)}`)];
  } finally {
    await store.close();
  }
}

async function compareFiles(store: Store): Promise<readonly Finding[]> {
  const { handedOver, inWork, dispositions } = await countLetters(store);
  const parts = Object.entries({ ...dispositions, ...(inWork > 0 ? { 'in work': inWork } : {}) });
  const sum = parts.map(([what, n]) => `${what} ${n}`).join(', ');
  const missing = told(await findMissing(store));
  if (missing.length > 0) return missing;
  return [ok('ledger', `letters handed over: ${handedOver}${sum === '' ? '' : ` (${sum})`}; none is missing`)];
}

const MOST = 20;
const some = (list: readonly (number | string)[]) =>
  `${list.slice(0, MOST).join(', ')}${list.length > MOST ? ` and ${list.length - MOST} more` : ''}`;

function told({ passedOver, notInSpool, rowsWithoutLetter }: Missing): readonly Finding[] {
  const cure = 'put a backup back with kvitok restore';
  const found: Finding[] = [];
  if (passedOver.length > 0)
    found.push(problem('ledger', `letters that were kept and never dealt with: ${some(passedOver)}; please report it`));
  if (notInSpool.length > 0)
    found.push(problem('ledger', `letters that spool.db does not know: ${some(notInSpool)}; ${cure}`));
  if (rowsWithoutLetter.length > 0) {
    const uids = rowsWithoutLetter.map(({ account, mailbox, uid }) => `${account}/${mailbox} UID ${uid}`);
    found.push(problem('ledger', `UIDs noted as kept whose letter is not in spool.db: ${some(uids)}; ${cure}`));
  }
  return found;
}

function compareBytes({ spool }: Store): readonly Finding[] {
  const damaged = spool.damaged();
  if (damaged.length === 0) return [ok('ledger', 'every letter is byte for byte what was kept')];
  return [
    problem('ledger', `letters whose bytes are damaged: ${some(damaged)}; put a backup back with kvitok restore`),
  ];
}

/** Nothing is said of a mailbox into which nothing is to be filed. */
async function compareFilings(
  { db }: Store,
  mailboxes: readonly MailboxConfig[],
  now: number,
): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const { name, sent } of mailboxes) {
    if (!sent?.file) continue;
    const subject = `ledger of sent letters in mailbox ${name}`;
    const unfiled = await unfiledAnswers(db, name, now - FILED_WITHIN_MS);
    if (unfiled === null) found.push(warning(subject, 'kvitok has not filed any answers there yet; is it running?'));
    else if (unfiled.length === 0) found.push(ok(subject, 'no answer waits to be filed for longer than an hour'));
    else {
      const answers = unfiled.map(
        ({ outbox, ticket }) => `outbox ${outbox}${ticket === null ? '' : ` of ticket ${ticketNumber(ticket)}`}`,
      );
      found.push(problem(subject, `answers that left and were not filed: ${some(answers)}; ${UNFILED}`));
    }
  }
  return found;
}

async function compareMailbox(
  { spool }: Store,
  mailbox: MailboxConfig,
  loginOf: Logins['mailbox'],
  now: number,
): Promise<readonly Finding[]> {
  const subject = `ledger of mailbox ${mailbox.name}`;
  const login = await loginOf(mailbox).catch((error: Error) => error.message);
  if (typeof login === 'string') return [problem(subject, login)];
  const found = await visit(mailbox, login, async (client) => {
    const box = await client.mailboxOpen([...mailbox.folder], { readOnly: true });
    const uids = (await client.search({ all: true }, { uid: true })) || [];
    const key: BoxKey = { account: mailbox.name, mailbox: box.path, uidValidity: String(box.uidValidity) };
    const known = spool.audit.known(key, uids);
    const without = known && uids.filter((uid) => !known.has(uid));
    if (!without || without.length === 0) return { letters: uids.length, without, late: [] };
    const dates = await client.fetchAll(uidSet(without), { uid: true, internalDate: true }, { uid: true });
    const isLate = (date: unknown) => !(date instanceof Date) || date.getTime() < now - ON_ITS_WAY_MS;
    const late = dates.filter(({ internalDate }) => isLate(internalDate)).map(({ uid }) => uid);
    return { letters: uids.length, without, late };
  });
  if ('why' in found) return [problem(subject, `${mailbox.user} at ${mailbox.host}:${mailbox.port}: ${found.why}`)];
  const { letters, without, late } = found;
  if (without === null)
    return [warning(subject, 'kvitok has not read it yet under the numbers that its letters have now; is it running?')];
  if (late.length > 0)
    return [problem(subject, `letters that lie there and were never taken in: UIDs ${uidSet(late)}; ${LATE}`)];
  const waiting = without.length > 0 ? `; ${without.length} came in the last minutes and are on their way` : '';
  return [ok(subject, `letters in the folder: ${letters}, each with its row${waiting}`)];
}

const LATE = 'is kvitok running? then its log says why (not-kept, fetch-failed, ledger-gap)';
const UNFILED = 'is kvitok running? then its log says why (filing)';

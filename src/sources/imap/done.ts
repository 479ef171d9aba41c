// What becomes of kept letters on the server: moved to the done folder, or flagged; never deleted. In: UIDs; out: nothing,
// the ledger notes those that are done. What fails here is tried again at the next full pass and loses nothing.

import type { ImapFlow } from 'imapflow';
import { explainNetworkError } from '../../mail/network-error.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { Box } from './box.ts';
import { lastRefusal } from './connection.ts';
import { present } from './fetch.ts';
import type { ReadFolder } from './folder.ts';
import { UIDS_A_COMMAND } from './pace.ts';
import { pieces, uidSet } from './uids.ts';
import type { WarnOnce } from './warn-once.ts';

const FALLBACK_FLAG = '$Kvitok';

/** Moves or flags the letters, or leaves them where they are, and notes it in the ledger. Rejects only where the connection is lost. */
export async function finishLetters(
  box: Box,
  uids: readonly number[],
  done: ReadFolder['done'],
  ledger: Ledger,
  trouble: WarnOnce,
): Promise<void> {
  if (done === 'leave') return ledger.finish(box.key, uids);
  for (const some of pieces(uids, UIDS_A_COMMAND)) {
    const finished =
      'move' in done ? await move(box, some, done.move, trouble) : await flag(box, some, done.flag, trouble);
    if (finished.length > 0) await ledger.finish(box.key, finished);
    if (finished.length < some.length) return;
  }
}

async function move(
  box: Box,
  uids: readonly number[],
  folder: readonly string[],
  trouble: WarnOnce,
): Promise<readonly number[]> {
  const path = await box.ask(async (client) => pathOf(client, folder));
  const obstacle = await box.ask(async (client) => obstacleTo(client, path === box.key.mailbox));
  if (obstacle) {
    trouble.warn('not-moving', { folder: path }, `${obstacle}: kept letters are flagged ${FALLBACK_FLAG} instead`);
    return flag(box, uids, FALLBACK_FLAG, trouble);
  }
  if (box.memory.moveless) return flag(box, uids, FALLBACK_FLAG, trouble);
  const tryMove = () => box.ask((client) => moveOrCopy(client, uids, path));
  // imapflow answers false where the folder is missing, as for any other refusal.
  const first = await tryMove();
  const said = first !== 'refused' || !(await make(box, folder, path, trouble)) ? first : await tryMove();
  // The answer alone proves nothing: servers have said OK and moved nothing. Who is gone is done.
  const still = new Set(await present(box, uids));
  if (still.size === 0) trouble.over('not-moved');
  else if (said === 'refused') {
    const words = await box.ask(async (client) => lastRefusal(client));
    trouble.warn(
      'not-moved',
      { folder: path, letters: still.size },
      `kept letters could not be moved to ${path}: the server refused${words ? ` (${words})` : ''}; tried again at each poll`,
    );
  } else {
    // trying again would leave one more copy in the done folder at each poll
    box.memory.moveless = true;
    trouble.warn(
      'not-moved',
      { folder: path, letters: still.size },
      `the server said OK and left kept letters where they are: they are flagged ${FALLBACK_FLAG} instead of moved to ${path}`,
    );
    return [...uids.filter((uid) => !still.has(uid)), ...(await flag(box, [...still], FALLBACK_FLAG, trouble))];
  }
  return uids.filter((uid) => !still.has(uid));
}

/**
 * MOVE, or without it COPY and the expunging of these letters alone (RFC 6851 §3.3). `refused`: nothing was done; a copy that was
 * made counts as taken, whatever became of the original.
 */
async function moveOrCopy(client: ImapFlow, uids: readonly number[], path: string): Promise<'taken' | 'refused'> {
  const set = uidSet(uids);
  if (client.capabilities.has('MOVE'))
    return (await client.messageMove(set, path, { uid: true })) ? 'taken' : 'refused';
  if (!(await client.messageCopy(set, path, { uid: true }))) return 'refused';
  await client.messageDelete(set, { uid: true });
  return 'taken';
}

function obstacleTo(client: ImapFlow, ontoItself: boolean): string | null {
  if (ontoItself) return 'the done folder is the folder that is read';
  // Without MOVE it is COPY, \Deleted and EXPUNGE; without UIDPLUS that EXPUNGE would also remove what a person marked.
  const can = ['MOVE', 'UIDPLUS', 'IMAP4rev2'].some((name) => client.capabilities.has(name));
  return can ? null : 'the server can neither move nor expunge single letters';
}

async function make(box: Box, folder: readonly string[], path: string, trouble: WarnOnce): Promise<boolean> {
  const refusal = await box.ask((client) =>
    client.mailboxCreate([...folder]).then(
      () => null,
      (error: unknown) => {
        if (!client.usable) throw error;
        return explainNetworkError(error);
      },
    ),
  );
  if (refusal)
    trouble.warn('no-done-folder', { folder: path }, `the done folder ${path} could not be made: ${refusal}`);
  return !refusal;
}

/** The path with the server's own delimiter and namespace prefix (Dovecot's Maildir++ has `.`, Courier puts all under `INBOX.`). */
export function pathOf(client: ImapFlow, folder: readonly string[]): string {
  const prefix = client.namespace?.prefix ?? '';
  const path = folder.join(client.namespace?.delimiter ?? '/');
  if (path.toUpperCase() === 'INBOX') return 'INBOX';
  return path.startsWith(prefix) ? path : prefix + path;
}

async function flag(box: Box, uids: readonly number[], keyword: string, trouble: WarnOnce): Promise<readonly number[]> {
  const done = await box.ask(async (client) => {
    const answer = await client.messageFlagsAdd(uidSet(uids), [keyword], { uid: true, silent: true });
    if (!answer && !client.usable) throw new Error('the connection was lost');
    return answer;
  });
  if (done) return uids;
  trouble.warn(
    'not-flagged',
    { flag: keyword },
    `the server did not take the flag ${keyword} on kept letters; tried again at each poll`,
  );
  return [];
}

// Tries an IMAP mailbox without changing anything in it: connects, logs in, lists folders, counts letters (RFC 9051).
// In: the server and a log-in; out: what was found, or in people's words why not.

import { ImapFlow } from 'imapflow';
import type { MailboxConfig } from '../config/schema.ts';
import { explainNetworkError } from '../mail/network-error.ts';
import { imapServer } from '../sources/imap/connection.ts';

/** A password or an OAuth2 access token. */
export type Login =
  | { readonly user: string; readonly password: string }
  | { readonly user: string; readonly accessToken: string };

export type ProbedMailbox = Pick<
  MailboxConfig,
  'host' | 'port' | 'security' | 'verifyCertificate' | 'folder' | 'done' | 'sent'
>;

export type MailboxFindings =
  | {
      readonly ok: true;
      /** Letters in the folder that is read. */
      readonly letters: number;
      readonly folders: number;
      /** What would become of a kept letter: `present` and `missing` tell of the done folder. */
      readonly done: 'present' | 'missing' | 'flag';
      /** What the server can't do that kvitok would like, or what will not work as configured; one line each. */
      readonly doubts: readonly string[];
    }
  | { readonly ok: false; readonly why: string };

const PATIENCE = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Tries a mailbox; never rejects. */
export async function probeMailbox(mailbox: ProbedMailbox, login: Login): Promise<MailboxFindings> {
  const found = await visit(mailbox, login, (client) => look(client, mailbox));
  return 'why' in found ? { ok: false, why: found.why } : found;
}

/** Logs in, has `use` look around, and leaves; why not, in people's words, where that fails. Never rejects. */
export async function visit<T extends object>(
  mailbox: Pick<ProbedMailbox, 'host' | 'port' | 'security' | 'verifyCertificate'>,
  login: Login,
  use: (client: ImapFlow) => Promise<T>,
): Promise<T | { readonly why: string }> {
  const client = new ImapFlow({
    ...imapServer(mailbox),
    auth: 'password' in login ? { user: login.user, pass: login.password } : { ...login },
    clientInfo: { name: 'kvitok' },
    logger: false,
    disableAutoIdle: true,
    ...PATIENCE,
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return await use(client);
  } catch (error) {
    return { why: explainNetworkError(error) };
  } finally {
    await client.logout().catch(() => undefined);
    client.close();
  }
}

async function look(client: ImapFlow, mailbox: ProbedMailbox): Promise<MailboxFindings> {
  const listed = await client.list();
  const inside = listed[0]?.delimiter || '/';
  const names = new Set(listed.map((folder) => folder.path.toUpperCase()));
  const { prefix = '' } = client.namespace || {};
  const isThere = (path: readonly string[]) =>
    [path.join(inside), prefix + path.join(inside)].some((name) => names.has(name.toUpperCase()));

  if (!isThere(mailbox.folder)) {
    const known = listed.map((folder) => folder.path).slice(0, 20);
    return { ok: false, why: `there is no folder ${mailbox.folder.join(inside)}; there are: ${known.join(', ')}` };
  }
  const status = await client.status([...mailbox.folder], { messages: true });
  const done = 'flag' in mailbox.done ? 'flag' : isThere(mailbox.done.move) ? 'present' : 'missing';
  return {
    ok: true,
    letters: status ? (status.messages ?? 0) : 0,
    folders: listed.length,
    done,
    doubts: [
      ...doubtsAboutDone(client, mailbox, inside),
      ...doubtsAboutSent(mailbox, isThere, inside, listed),
      ...doubtsAboutServer(client),
    ],
  };
}

function doubtsAboutDone(client: ImapFlow, { done, folder }: ProbedMailbox, delimiter: string): string[] {
  if ('flag' in done) return [];
  const doubts: string[] = [];
  const split = done.move.find((name) => name.includes(delimiter));
  if (split)
    doubts.push(
      `"${split}" in done.move holds the server's delimiter ${delimiter}; write each level as an entry of its own`,
    );
  if (done.move.join('\0').toUpperCase() === folder.join('\0').toUpperCase()) {
    doubts.push('done.move is the folder that is read; kept letters will be flagged $Kvitok instead');
  }
  if (!client.capabilities.has('MOVE') && !client.capabilities.has('UIDPLUS')) {
    doubts.push("the server can't move single letters; kept letters will be flagged $Kvitok instead");
  }
  return doubts;
}

function doubtsAboutSent(
  { sent }: ProbedMailbox,
  isThere: (path: readonly string[]) => boolean,
  inside: string,
  listed: readonly { readonly path: string; readonly specialUse?: string | undefined }[],
): string[] {
  if (!sent?.read || isThere(sent.folder)) return [];
  const other = listed.find(({ specialUse }) => specialUse === '\\Sent');
  const hint = other ? `; the server keeps sent letters in ${other.path}` : '';
  return [
    `there is no folder ${sent.folder.join(inside)} of sent letters, so that answers sent from there stay unknown${hint}`,
  ];
}

function doubtsAboutServer(client: ImapFlow): string[] {
  return client.capabilities.has('IDLE')
    ? []
    : ["the server can't tell of new mail (no IDLE); it is noticed by the poll alone"];
}

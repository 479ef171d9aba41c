// One IMAP connection (RFC 9051 over imapflow): in: where, as whom; out: a client that is logged in, and a watch over every
// command, for servers and firewalls that fall silent without closing anything.

import { ImapFlow } from 'imapflow';
import type { MailboxConfig } from '../../config/schema.ts';
import { serverWords } from '../../mail/network-error.ts';
import type { Pace } from './pace.ts';

/** User name with a password or an OAuth2 access token. */
export interface Login {
  readonly user: string;
  readonly pass?: string;
  readonly accessToken?: string;
}

/** Has the server do one thing, under the watch. */
export type Ask = <T>(work: (client: ImapFlow) => Promise<T>) => Promise<T>;

/** The door through which everything behind the log-in talks to the server. */
export function askOver(client: ImapFlow, pace: Pace): Ask {
  return (work) => watched(client, pace, () => work(client));
}

/** What each server said when it refused a command last: imapflow answers a mere `false` to some. */
const REFUSALS = new WeakMap<ImapFlow, string>();

/** The server's words with its last refusal on this connection, cleaned, or null. */
export const lastRefusal = (client: ImapFlow): string | null => REFUSALS.get(client) ?? null;

/** A logger that writes nothing; `refused` gets the words of a server that refuses a command. */
function listener(refused: (words: string) => void) {
  const nothing = () => {};
  return {
    debug: nothing,
    info: nothing,
    error: nothing,
    warn: (entry: unknown) => {
      const words = serverWords(typeof entry === 'object' && entry !== null && 'err' in entry ? entry.err : undefined);
      if (words !== '') refused(words);
    },
    // so that imapflow puts nothing into words that nobody reads
    isLevelEnabled: (level: string) => level === 'warn',
  };
}

const MEGABYTE = 1024 * 1024;
/** A SEARCH answer of two million UIDs is one line. */
const LINE = 16 * MEGABYTE;

/** Where a mailbox is and how its line is secured, as imapflow takes it; a trial must ask for what the daemon will use. */
export const imapServer = (mailbox: Pick<MailboxConfig, 'host' | 'port' | 'security' | 'verifyCertificate'>) => ({
  host: mailbox.host,
  port: mailbox.port,
  secure: mailbox.security === 'tls',
  // Unset would fall back to cleartext where somebody on the way strips the STARTTLS capability.
  doSTARTTLS: mailbox.security === 'starttls',
  tls: { rejectUnauthorized: mailbox.verifyCertificate },
});

/** Connects and logs in. Rejects with imapflow's error, the client being closed then; the signal ends it early. */
export async function connectTo(
  mailbox: Pick<MailboxConfig, 'host' | 'port' | 'security' | 'verifyCertificate'>,
  login: Login,
  letterBytes: number,
  pace: Pace,
  signal: AbortSignal,
): Promise<ImapFlow> {
  const literal = letterBytes + MEGABYTE;
  const client = new ImapFlow({
    ...imapServer(mailbox),
    auth: { ...login },
    clientInfo: { name: 'kvitok' },
    // imapflow's log shows log-ins and letters; only what a server refuses is listened to, and nothing is written
    logger: listener((words) => REFUSALS.set(client, words)),
    disableAutoIdle: true,
    disableCompression: true,
    connectionTimeout: pace.silence,
    greetingTimeout: pace.silence,
    // Longer than an IDLE lasts; what is shorter is the watch's.
    socketTimeout: pace.idle + 60_000,
    // The stated size may lie; a literal of 4 GB must not be read.
    maxLiteralSize: literal,
    maxLineLength: LINE,
    maxResponseSize: literal + LINE,
  });
  client.on('error', () => {});
  const giveUp = () => client.close();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await watched(client, pace, () => client.connect());
    return client;
  } catch (error) {
    client.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/**
 * Does `work` on the connection; closes the connection and rejects with ETIMEDOUT where no byte comes for `pace.silence`,
 * or where it takes `pace.command` in all.
 */
async function watched<T>(client: ImapFlow, pace: Pace, work: () => Promise<T>): Promise<T> {
  let received = -1;
  let since = performance.now();
  const begun = since;
  let watch: NodeJS.Timeout | undefined;
  const silent = new Promise<never>((_, reject) => {
    watch = setInterval(() => {
      const now = performance.now();
      const bytes = client.stats().received;
      if (bytes !== received) {
        received = bytes;
        since = now;
      }
      if (now - since < pace.silence && now - begun < pace.command) return;
      reject(Object.assign(new Error('the server fell silent'), { code: 'ETIMEDOUT' }));
      client.close();
    }, pace.silence / 10);
  });
  try {
    return await Promise.race([work(), silent]);
  } finally {
    clearInterval(watch);
  }
}

/** Says goodbye where the server listens within `ms`, and closes in any case. */
export async function disconnect(client: ImapFlow, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  const goodbye = client.usable ? client.logout().catch(() => undefined) : Promise.resolve();
  await Promise.race([goodbye, late]);
  clearTimeout(timer);
  client.close();
}

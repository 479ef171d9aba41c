// The LMTP and SMTP source (RFC 2033, 5321): a listener that an MTA of the desk hands letters over to. In: its
// configuration; out: letters to `keep`, and a 250 only once they are kept. Everything it can't take now gets a 4xx.

import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import type { Fault } from '../config/fault.ts';
import type { Log } from '../config/log.ts';
import type { ListenerConfig } from '../config/schema.ts';
import { toldOnce } from '../config/told-once.ts';
import type { Keep } from '../ingest.ts';
import { errorWords } from '../mail/error-words.ts';
import type { Budget } from './lmtp/budget.ts';
import { conversation } from './lmtp/conversation.ts';
import { listenAt, placeName } from './lmtp/place.ts';
import type { Recipients } from './lmtp/recipients.ts';
import { CLOSING, type Reply } from './lmtp/reply.ts';

export interface LmtpDeps {
  readonly listener: ListenerConfig;
  readonly recipients: Recipients;
  readonly keep: Keep;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly limits: {
    /** One letter; announced as SIZE, and enforced whatever the sender states. */
    readonly letterBytes: number;
    /** All letters under way; shared by the listeners of a desk. */
    readonly budget: Budget;
  };
  readonly pace?: LmtpPace;
  readonly fault?: Fault | undefined;
}

/** Milliseconds. */
export interface LmtpPace {
  /** Silence after which a connection is closed; RFC 5321 §4.5.3.2.7 asks for five minutes. */
  readonly idle: number;
  /** From the 354 to the final dot. */
  readonly letter: number;
  /** What letters under way are given to come in when the listener stops. */
  readonly stop: number;
  /** Before a place that could not be listened at is tried again. */
  readonly again: number;
}

export const LMTP_PACE: LmtpPace = Object.freeze({ idle: 300_000, letter: 600_000, stop: 5_000, again: 5_000 });

/** RFC 5321 §4.5.3.1.8 asks for a hundred at least. */
const RECIPIENTS = 100;

export interface LmtpStatus {
  readonly listener: string;
  readonly state: 'stopped' | 'waiting' | 'listening';
  /** Connections that are open. */
  readonly connections: number;
  /** Letters kept since this source was made, repeated ones included. */
  readonly kept: number;
  /** Senders, recipients and letters that got a 4xx or 5xx. */
  readonly refused: number;
  readonly lastError: string | null;
}

export interface LmtpSource {
  /** Begins to listen; where that fails, tries again until it works or `stop`. */
  start(): void;
  /** Takes no more connections; letters in the middle of DATA may come in for five seconds. */
  stop(): Promise<void>;
  status(): LmtpStatus;
}

/** Makes the source; nothing is opened before `start`. */
export function lmtpSource(deps: LmtpDeps): LmtpSource {
  const { listener, limits } = deps;
  const pace = deps.pace ?? LMTP_PACE;
  const place = placeName(listener.at);
  const log = deps.log.child({ listener: place });
  const deafness = toldOnce(log, 'not-listening', `can't listen at ${place}`, `listening at ${place} after all`);
  let state: LmtpStatus['state'] = 'stopped';
  let lastError: string | null = null;
  let stopping = false;
  let closed = false;
  let attempt: Promise<void> | null = null;
  let again: NodeJS.Timeout | undefined;

  const hangUp = (session: SMTPServerSession, reply: Reply): void => {
    for (const connection of connectionsOf(server)) {
      if (connection.session !== session) continue;
      connection.send(reply.status, reply.text);
      connection.close();
    }
  };
  const talk = conversation({
    ...limits,
    protocol: listener.protocol,
    recipients: deps.recipients,
    keep: deps.keep,
    log,
    now: deps.now,
    fault: deps.fault,
    letterMs: pace.letter,
    hangUp,
    stopping: () => stopping,
    closed: () => closed,
  });
  const server = new SMTPServer({
    ...talk.handlers,
    lmtp: listener.protocol === 'lmtp',
    banner: 'kvitok',
    size: limits.letterBytes,
    maxClients: listener.connections,
    maxRecipients: RECIPIENTS,
    socketTimeout: pace.idle,
    closeTimeout: pace.stop,
    // the MTA's address tells nothing, and a slow DNS would hold up its letters
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    disabledCommands: ['AUTH', 'STARTTLS', 'XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'],
    logger: false,
  });
  server.on('error', (error: Error) => log.debug({ error: error.message }, 'a connection broke'));

  const listen = async (): Promise<void> => {
    try {
      await listenAt(server.server, listener.at);
      state = 'listening';
      lastError = null;
      deafness.well();
      log.info({ event: 'listening', protocol: listener.protocol }, `takes letters at ${place}`);
    } catch (error) {
      const reason = errorWords(error);
      deafness.wrong(reason);
      state = 'waiting';
      lastError = reason;
      if (!stopping) again = setTimeout(tryListening, pace.again);
    }
  };
  const tryListening = (): void => {
    attempt = listen();
  };

  return {
    start: () => {
      if (attempt === null) tryListening();
    },
    stop: async () => {
      stopping = true;
      clearTimeout(again);
      await attempt;
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const { session } of connectionsOf(server)) if (!talk.busy(session)) hangUp(session, CLOSING);
      await ended;
      closed = true;
      state = 'stopped';
    },
    status: () => ({ listener: place, state, connections: server.connections.size, ...talk.counts(), lastError }),
  };
}

/** What of smtp-server's connections is used; a reply code it can't compare with numbers is sent as it stands. */
interface Connection {
  readonly session: SMTPServerSession;
  send(status: string, text: string): void;
  close(): void;
}

function connectionsOf(server: SMTPServer): readonly Connection[] {
  return [...server.connections] as unknown as readonly Connection[];
}

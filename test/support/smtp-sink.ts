// A real SMTP server for tests (RFC 5321, over smtp-server): keeps every letter it accepts and answers commands as told.
// In: what shall go wrong; out: the letters as they came over the wire, with their envelopes.

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Certificate } from './certificate.ts';
import { until } from './condition.ts';

export interface Caught {
  /** `''` for the null reverse-path. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
  /** Epoch milliseconds of the final dot. */
  readonly at: number;
}

/** Where in the conversation something happens: at MAIL FROM, at RCPT TO, or after the final dot. */
export type Stage = 'mail' | 'rcpt' | 'dot';

export interface Trouble {
  readonly stage: Stage;
  /** How often; default for ever. */
  readonly times?: number;
  /** An SMTP reply such as 451 or 550; `drop` hangs up without one, after the letter is kept when at the dot. */
  readonly answer?: number | 'drop';
  /** Milliseconds before the answer. */
  readonly delay?: number;
  /** Only for this sender (at `mail`) or recipient (at `rcpt`). */
  readonly address?: string;
  /** At the dot: only for letters of more bytes than this. */
  readonly over?: number;
  /** At the dot: only for letters that hold this. */
  readonly holding?: string;
  /** At `rcpt`: only for letters of this sender; `''` for the null reverse-path. */
  readonly from?: string;
}

export interface SinkOptions {
  /** Log-in that is demanded. */
  readonly auth?: { readonly user: string; readonly pass: string };
  /** Offers STARTTLS with this certificate, or speaks TLS from the first byte where `secure`. */
  readonly certificate?: Certificate;
  readonly secure?: boolean;
  /** Announced as SIZE (RFC 1870), bytes; not held to. */
  readonly size?: number;
}

export interface SmtpSink {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** What was accepted, in order, those included whose connection was then dropped. */
  readonly letters: readonly Caught[];
  /** Connections that are open now. */
  connections(): number;
  /** Letters whose final dot has come and has no answer yet. */
  atDot(): number;
  /** From now on; a later one with the same stage comes after it. */
  trouble(...what: Trouble[]): void;
  /** Ends all trouble. */
  calm(): void;
  /** Gives the first letter that fits, waiting for it at most `ms` milliseconds. */
  waitFor(fits: (letter: Caught) => boolean, ms?: number): Promise<Caught>;
  clear(): void;
  stop(): Promise<void>;
}

interface Pending {
  readonly trouble: Trouble;
  left: number;
}

/** Starts the server on a free port of 127.0.0.1. */
export async function startSmtpSink(options: SinkOptions = {}): Promise<SmtpSink> {
  const letters: Caught[] = [];
  let pending: Pending[] = [];
  let open = 0;
  let atDot = 0;
  const timers = new Set<NodeJS.Timeout>();

  const next = (stage: Stage, address: string, { from, raw }: Partial<Caught> = {}): Trouble | null => {
    const found = pending.find(
      ({ trouble, left }) =>
        trouble.stage === stage &&
        left > 0 &&
        fits(trouble, address) &&
        (raw?.length ?? Infinity) > (trouble.over ?? 0) &&
        (trouble.holding === undefined || raw?.includes(trouble.holding) === true) &&
        (trouble.from === undefined || trouble.from === from),
    );
    if (!found) return null;
    found.left -= 1;
    return found.trouble;
  };
  const answer = (trouble: Trouble | null, session: SMTPServerSession, done: (error?: Error) => void) => {
    if (!trouble) return done();
    const act = () => {
      if (trouble.answer === 'drop') hangUp(server, session);
      else done(trouble.answer === undefined ? undefined : reply(trouble.answer));
    };
    if (trouble.delay === undefined) return act();
    const timer = setTimeout(() => {
      timers.delete(timer);
      act();
    }, trouble.delay);
    timers.add(timer);
  };

  const server = new SMTPServer({
    name: 'sink.test',
    disabledCommands: [...(options.auth ? [] : ['AUTH']), ...(options.certificate ? [] : ['STARTTLS'])],
    authOptional: !options.auth,
    ...(options.size === undefined ? {} : { size: options.size }),
    allowInsecureAuth: !options.certificate,
    ...(options.certificate
      ? {
          secure: options.secure ?? false,
          key: readFileSync(options.certificate.key),
          cert: readFileSync(options.certificate.certificate),
        }
      : {}),
    onConnect: (_session: SMTPServerSession, done: () => void) => {
      open += 1;
      done();
    },
    onClose: () => {
      open -= 1;
    },
    onAuth: (given, _session, done) => {
      const right = given.username === options.auth?.user && given.password === options.auth?.pass;
      if (right) done(null, { user: given.username });
      else done(Object.assign(new Error('authentication failed'), { responseCode: 535 }));
    },
    onMailFrom: (address: SMTPServerAddress, session: SMTPServerSession, done: (error?: Error) => void) =>
      answer(next('mail', address.address), session, done),
    onRcptTo: (address: SMTPServerAddress, session: SMTPServerSession, done: (error?: Error) => void) =>
      answer(next('rcpt', address.address, { from: mailFromOf(session) }), session, done),
    onData: (stream: SMTPServerDataStream, session: SMTPServerSession, done: (error?: Error) => void) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { rcptTo } = session.envelope;
        const from = mailFromOf(session);
        const caught = { from, to: rcptTo.map((to) => to.address), raw: Buffer.concat(chunks), at: Date.now() };
        const trouble = next('dot', from, caught);
        if (trouble?.answer === 'drop') letters.push(caught);
        else atDot += 1;
        answer(trouble, session, (error) => {
          atDot -= 1;
          if (!error) letters.push(caught);
          done(error);
        });
      });
    },
  });
  // A client that hangs up in the middle is part of the tests, not an accident.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    host: '127.0.0.1',
    port: (server.server.address() as AddressInfo).port,
    letters,
    connections: () => open,
    atDot: () => atDot,
    trouble: (...what) => void pending.push(...what.map((trouble) => ({ trouble, left: trouble.times ?? Infinity }))),
    calm: () => {
      pending = [];
    },
    waitFor: (fitting, ms = 5_000) => until(() => letters.find(fitting), ms, 'the letter reached the SMTP server'),
    clear: () => void letters.splice(0),
    stop: async () => {
      for (const timer of timers) clearTimeout(timer);
      for (const connection of connectionsOf(server)) connection._socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const mailFromOf = ({ envelope: { mailFrom } }: SMTPServerSession): string => (mailFrom ? mailFrom.address : '');

function fits(trouble: Trouble, address: string): boolean {
  return trouble.address === undefined || trouble.address === address;
}

function reply(code: number): Error {
  return Object.assign(new Error(code < 500 ? 'try again later' : 'refused'), { responseCode: code });
}

interface Connection {
  readonly session: SMTPServerSession;
  readonly _socket: { destroy(): void };
}

function connectionsOf(server: SMTPServer): readonly Connection[] {
  return [...(server as unknown as { connections: Iterable<Connection> }).connections];
}

function hangUp(server: SMTPServer, session: SMTPServerSession): void {
  for (const connection of connectionsOf(server)) if (connection.session === session) connection._socket.destroy();
}

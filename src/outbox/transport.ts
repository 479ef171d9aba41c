// Hands a composed letter to a server by SMTP (pooled), or writes it into a folder where no server is configured.
// Outcomes are values: how far a letter got decides whether it may be sent again.

import fs from 'node:fs';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import type { Fault } from '../config/fault.ts';
import type { SmtpConfig } from '../config/schema.ts';
import { cleanLine } from '../mail/clean.ts';
import { explainNetworkError } from '../mail/network-error.ts';
import type { ComposedLetter } from './compose.ts';
import type { Failure, Refused } from './retry.ts';

export type Sent =
  | {
      readonly ok: true;
      readonly response: string;
      readonly refused?: readonly Refused[];
    }
  | { readonly ok: false; readonly failure: Failure };

export interface Transport {
  /** Where letters go, for people. */
  readonly to: string;
  /** How many letters may be under way at once. */
  readonly width: number;
  send(letter: ComposedLetter): Promise<Sent>;
  close(): void;
}

/** Who logs in: by password, or by an OAuth2 access token that is asked for whenever a connection needs one. */
export type Login =
  | { readonly user: string; readonly password: string }
  | { readonly user: string; readonly token: () => Promise<string> };

const builder = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

/** The letter as bytes. Nothing that came from outside may make it read a file or a URL. */
export async function bytesOf(letter: ComposedLetter): Promise<Buffer> {
  const made = await builder.sendMail({
    ...letter.mail,
    headers: { ...letter.mail.headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return made.message as Buffer;
}

/** A letter that can't be put together is no trouble of the way out: it waits by itself, and the others leave. */
async function built(letter: ComposedLetter, hand: (raw: Buffer) => Promise<Sent>): Promise<Sent> {
  let raw: Buffer;
  try {
    raw = await bytesOf(letter);
  } catch (error) {
    const message = `the letter could not be put together: ${(error as Error).message}`;
    return { ok: false, failure: { message, reply: null, reached: 'server' } };
  }
  return hand(raw);
}

/** Where a server is and how its line is secured, as nodemailer takes it; a trial must ask for what the daemon will use. */
export const smtpServer = (smtp: Pick<SmtpConfig, 'host' | 'port' | 'security' | 'verifyCertificate'>) => ({
  host: smtp.host,
  port: smtp.port,
  secure: smtp.security === 'tls',
  requireTLS: smtp.security === 'starttls',
  ignoreTLS: smtp.security === 'none',
  tls: { rejectUnauthorized: smtp.verifyCertificate },
});

/** A pooled SMTP client; `login` is null where the server wants none. */
export function smtpTransport(smtp: SmtpConfig, login: Login | null, fault?: Fault): Transport {
  const pool = createTransport({
    pool: true,
    ...smtpServer(smtp),
    maxConnections: smtp.connections,
    connectionTimeout: 30_000,
    greetingTimeout: 30_000,
    // RFC 5321 §4.5.3.2.6: ten minutes for the reply to the final dot
    socketTimeout: 600_000,
    ...authOf(login),
  });
  if (login && 'token' in login) {
    pool.set(
      'oauth2_provision_cb',
      (_user: string, _renew: boolean, done: (error: Error | null, token?: string) => void) => {
        login.token().then((token) => done(null, token), done);
      },
    );
  }
  const handedOver = new WeakSet<object>();
  pool.use('stream', (mail, done) => {
    const { raw } = mail.data;
    // the last stage before the socket: read only once DATA was granted, its end is followed by the final dot
    mail.message.processFunc((bytes) => {
      fault?.('data');
      return bytes.once('end', () => {
        handedOver.add(raw as Buffer);
        fault?.('dot');
      });
    });
    done();
  });
  return {
    to: `${smtp.host}:${smtp.port}`,
    width: smtp.connections,
    send: (letter) =>
      built(letter, async (raw) => {
        try {
          const info = await pool.sendMail({
            // the size is compared with what the server announced, and said to it (RFC 1870)
            envelope: { from: letter.envelope.from, to: [...letter.envelope.to], size: raw.length },
            raw,
          });
          return { ok: true, response: info.response, refused: refusedBy(info) };
        } catch (error) {
          return { ok: false, failure: failureOf(error, handedOver.has(raw)) };
        }
      }),
    // without force it waits for a server that thinks over the final dot, up to ten minutes
    close: () => pool.close({ force: true }),
  };
}

function authOf(login: Login | null) {
  if (login === null) return {};
  if ('token' in login) return { auth: { type: 'OAuth2' as const, user: login.user } };
  return { auth: { user: login.user, pass: login.password } };
}

function refusedBy({ rejected = [], rejectedErrors = [] }: SMTPTransport.SentMessageInfo): readonly Refused[] {
  return rejected.map((one, i) => ({
    address: one,
    reply: cleanLine(rejectedErrors[i]?.response ?? 'refused').slice(0, 200),
    lasting: (rejectedErrors[i]?.responseCode ?? 550) >= 500,
  }));
}

/** Codes of nodemailer that say that no server took the conversation up. */
const NOBODY = new Set([
  'EDNS',
  'ETLS',
  'EAUTH',
  'ENOAUTH',
  'EOAUTH2',
  'EPROXY',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'ESOCKET',
]);

function failureOf(error: unknown, dotSent: boolean): Failure {
  const { code, responseCode, command } = error as { code?: string; responseCode?: number; command?: string };
  const reached = dotSent ? 'after-dot' : NOBODY.has(code ?? '') ? 'nobody' : 'server';
  // a refused log-in is the desk's trouble, not this letter's: it is no permanent failure of the letter
  const reply = reached === 'nobody' ? null : (responseCode ?? null);
  // nodemailer compares the size with what the server announced, before it says a word of the letter
  if (code === 'EMESSAGE' && command === 'MAIL FROM' && responseCode === undefined)
    return { message: 'the letter is larger than the server takes', reply: null, reached, tooLarge: true };
  return { message: explainNetworkError(error), reply, reached };
}

/** Writes letters as `.eml` files, whole or not at all. */
export function directoryTransport(dir: string): Transport {
  return {
    to: dir,
    width: 4,
    send: (letter) =>
      built(letter, async (raw) => {
        try {
          const file = path.join(dir, `${letter.messageId.replace(/[^\w.@-]/g, '_')}.eml`);
          await fs.promises.mkdir(dir, { recursive: true });
          await fs.promises.writeFile(`${file}.part`, raw);
          await fs.promises.rename(`${file}.part`, file);
          return { ok: true, response: file };
        } catch (error) {
          return { ok: false, failure: { message: explainNetworkError(error), reply: null, reached: 'nobody' } };
        }
      }),
    close: () => {},
  };
}

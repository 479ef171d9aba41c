// Tries an SMTP server without sending a letter: greeting, TLS, log-in, and whether it takes the null reverse-path that
// automatic letters should have (RFC 5321 §4.5.5, RFC 3834 §3.3). In: server and log-in; out: findings, or why not.

import SMTPConnection, { type SMTPConnectionAuth } from 'nodemailer/lib/smtp-connection';
import XOAuth2 from 'nodemailer/lib/xoauth2';
import type { SmtpConfig } from '../config/schema.ts';
import { cleanLine } from '../mail/clean.ts';
import { explainNetworkError } from '../mail/network-error.ts';
import { smtpServer } from '../outbox/transport.ts';
import type { Login } from './probe-mailbox.ts';

export type ProbedSmtp = Pick<SmtpConfig, 'host' | 'port' | 'security' | 'verifyCertificate'>;

export type SmtpFindings =
  | {
      readonly ok: true;
      /** What the server said to `MAIL FROM:<>`, and the same with the support address. Null: taken. */
      readonly refusesNull: string | null;
      readonly refusesSupport: string | null;
    }
  | { readonly ok: false; readonly why: string };

/**
 * Tries a server; never rejects. `login` is null where it wants none. `support` is the desk's own address: it stands
 * as recipient too, for servers that judge the sender only there, and RSET follows before any letter.
 */
export async function probeSmtp(smtp: ProbedSmtp, login: Login | null, support: string): Promise<SmtpFindings> {
  const refusals: (string | null)[] = [];
  const connection = new SMTPConnection({
    ...smtpServer(smtp),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    dnsTimeout: 10_000,
    customAuth: {
      // nodemailer lends its raw commands to a log-in of one's own only, so the conversation is dressed up as one.
      [CONVERSATION]: async (context) => {
        for (const sender of ['', support]) {
          refusals.push(await refusal((command) => context.sendCommand(command), sender, support));
        }
        context.resolve();
      },
    },
  });
  // Between two steps nobody else listens, and an error without a listener would end the process.
  connection.on('error', () => {});
  try {
    await step(connection, (done) => connection.connect(done));
    if (login) await step(connection, (done) => connection.login(authOf(login), done));
    await step(connection, (done) => connection.login({ method: CONVERSATION, user: support, pass: '' }, done));
    return { ok: true, refusesNull: refusals[0] ?? null, refusesSupport: refusals[1] ?? null };
  } catch (error) {
    return { ok: false, why: explainNetworkError(error) };
  } finally {
    connection.quit();
    connection.close();
  }
}

const CONVERSATION = 'KVITOK-TRY-SENDERS';

type Send = (command: string) => Promise<{ readonly status: number; readonly response: string }>;

async function refusal(send: Send, sender: string, recipient: string): Promise<string | null> {
  const mail = await send(`MAIL FROM:<${sender}>`);
  const last = mail.status === 250 ? await send(`RCPT TO:<${recipient}>`) : mail;
  await send('RSET');
  return last.status >= 200 && last.status < 300 ? null : cleanLine(last.response).slice(0, 200);
}

/** One step of the conversation as a promise; errors of the socket may come as an event only. */
function step(connection: SMTPConnection, begin: (done: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    connection.once('error', reject);
    begin((error) => {
      connection.off('error', reject);
      if (error) reject(error);
      else resolve();
    });
  });
}

function authOf(login: Login): SMTPConnectionAuth {
  if ('password' in login) return { user: login.user, pass: login.password };
  return { user: login.user, oauth2: new XOAuth2({ user: login.user, accessToken: login.accessToken }) };
}

// What `kvitok check` asks the servers: each mailbox and SMTP, all at once. In: the configuration; out: findings.

import type { Config, MailboxConfig, SmtpConfig } from '../config/schema.ts';
import { errorWords } from '../mail/error-words.ts';
import { type Finding, ok, problem, warning } from './findings.ts';
import { type Login, probeMailbox } from './probe-mailbox.ts';
import { probeSmtp } from './probe-smtp.ts';

/** Log-ins by server. They reject where an OAuth2 token can't be had; null: the server wants none. */
export interface Logins {
  readonly mailbox: (mailbox: MailboxConfig) => Promise<Login>;
  readonly smtp: (smtp: SmtpConfig) => Promise<Login | null>;
}

/** Tries every server of the configuration; never rejects. */
export async function checkServers(config: Config, logins: Logins): Promise<readonly Finding[]> {
  const mailboxes = config.mailboxes.map((mailbox) => checkMailbox(mailbox, logins));
  const smtp = 'host' in config.smtp ? [checkSmtp(config.smtp, config.desk.address, logins)] : [];
  const none = warning('mailboxes', 'none is configured; letters come in by `kvitok ingest` alone');
  const silent = mailboxes.length === 0 && config.listeners.length === 0;
  return [...(silent ? [none] : []), ...(await Promise.all([...mailboxes, ...smtp])).flat()];
}

async function checkMailbox(mailbox: MailboxConfig, logins: Logins): Promise<readonly Finding[]> {
  const subject = `mailbox ${mailbox.name}`;
  const login = await logins.mailbox(mailbox).catch(errorWords);
  if (typeof login === 'string') return [problem(subject, login)];
  const found = await probeMailbox(mailbox, login);
  if (!found.ok) return [problem(subject, `${mailbox.user} at ${mailbox.host}:${mailbox.port}: ${found.why}`)];
  const done = 'move' in mailbox.done ? mailbox.done.move.join(' › ') : mailbox.done.flag;
  const fate = {
    present: `kept ones go to ${done}`,
    missing: `kept ones go to ${done}, which will be made`,
    flag: `kept ones are flagged ${done}`,
  }[found.done];
  const folder = mailbox.folder.join(' › ');
  return [
    ok(subject, `logged in at ${mailbox.host}:${mailbox.port}; letters in ${folder}: ${found.letters}, ${fate}`),
    ...found.doubts.map((doubt) => warning(subject, doubt)),
    ...unprotected(subject, mailbox),
  ];
}

async function checkSmtp(smtp: SmtpConfig, support: string, logins: Logins): Promise<readonly Finding[]> {
  const where = `${smtp.host}:${smtp.port}`;
  const login = await logins.smtp(smtp).catch(errorWords);
  if (typeof login === 'string') return [problem('smtp', login)];
  const found = await probeSmtp(smtp, login, support);
  if (!found.ok) return [problem('smtp', `${where}: ${found.why}`)];
  const refused = smtp.envelopeFrom === 'null' ? found.refusesNull : found.refusesSupport;
  const sender = smtp.envelopeFrom === 'null' ? 'the null envelope sender' : support;
  // The server may refuse only this recipient; whether letters leave is shown by the first one.
  const cure =
    smtp.envelopeFrom === 'null' && !found.refusesSupport
      ? 'set smtp.envelopeFrom to "support"'
      : "ask the server's owner";
  const accepted = refused
    ? warning('smtp', `${where} refuses ${sender} (${refused}); ${cure}`)
    : ok('smtp', `${login ? 'logged in at' : 'reached'} ${where}; it takes ${sender}`);
  return [accepted, ...unprotected('smtp', smtp)];
}

function unprotected(subject: string, server: MailboxConfig | SmtpConfig): readonly Finding[] {
  const local = /^(localhost|127\.\d+\.\d+\.\d+|::1)$/.test(server.host);
  if (local) return [];
  if (server.security === 'none')
    return [warning(subject, 'passwords and letters cross the network unprotected; set security to tls')];
  if (!server.verifyCertificate)
    return [warning(subject, 'the certificate is not verified; anybody on the way can read the password')];
  return [];
}

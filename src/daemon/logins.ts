// Who logs in where: passwords as they are, OAuth2 by a token source that keeps a rotated refresh token in the data folder,
// for Microsoft rotates them and the configuration is not ours to write.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { MailboxConfig, Oauth2Config, SmtpConfig } from '../config/schema.ts';
import type { Login as SmtpLogin } from '../outbox/transport.ts';
import type { ImapDeps } from '../sources/imap.ts';
import { type TokenSource, tokenSource } from '../sources/oauth.ts';

/** The log-in of a mailbox, asked before each connection. */
export function imapLogin(mailbox: MailboxConfig, data: string, now: () => number): ImapDeps['login'] {
  const { user, password, oauth2 } = mailbox;
  if (!oauth2) return async () => ({ user, pass: password ?? '' });
  const source = persistentTokens(oauth2, path.join(data, `token-imap-${mailbox.name}.json`), now);
  return async (refused) => ({ user, accessToken: await source.token(refused) });
}

/** The log-in of the SMTP server; null where none is configured. */
export function smtpLogin(smtp: SmtpConfig, data: string, now: () => number): SmtpLogin | null {
  const { user, password, oauth2 } = smtp;
  if (user === undefined) return null;
  if (!oauth2) return { user, password: password ?? '' };
  const source = persistentTokens(oauth2, path.join(data, 'token-smtp.json'), now);
  return { user, token: () => source.token() };
}

/** A rotated token counts only as long as the configured one is the one it came from: a new consent replaces both. */
function persistentTokens(oauth2: Oauth2Config, file: string, now: () => number): TokenSource {
  const configured = createHash('sha256').update(oauth2.refreshToken).digest('hex');
  const kept = readKept(file);
  const refreshToken = kept?.configured === configured ? kept.refreshToken : oauth2.refreshToken;
  return tokenSource({
    oauth2: { ...oauth2, refreshToken },
    now,
    onRotated: (rotated) => {
      fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
      fs.writeFileSync(`${file}.part`, JSON.stringify({ configured, refreshToken: rotated }), { mode: 0o600 });
      fs.renameSync(`${file}.part`, file);
    },
  });
}

function readKept(file: string): { configured: string; refreshToken: string } | null {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')) as { configured: string; refreshToken: string };
  } catch {
    return null;
  }
}

// The servers that letters come from and go to: IMAP mailboxes, SMTP, log-ins.

import { validate as isCron } from 'node-cron';
import { z } from 'zod';
import { page, port, secret } from './schema-values.ts';

const folder = z.array(z.string().min(1)).min(1);

const security = z
  .enum(['tls', 'starttls', 'none'])
  .describe(
    'tls: from the first byte; starttls: upgraded, and refused where the server does not offer it; none: only inside one machine',
  );

const oauth2 = z
  .strictObject({
    tokenUrl: page.describe('where a refresh token is exchanged for an access token'),
    clientId: z.string().min(1).describe('the application as the provider registered it'),
    clientSecret: secret.optional(),
    refreshToken: secret,
    scope: z.string().min(1).optional().describe('what the token is for, where the provider asks for it'),
  })
  .describe('OAuth2 log-in (Microsoft 365, Google) instead of a password');

const server = {
  host: z
    .string()
    .regex(/^[^\s/:@]+$|^[0-9a-fA-F:]+$/, 'a host name or an IP address, without port')
    .describe('name of the server'),
  port,
  security: security.default('tls'),
  user: z.string().min(1).describe('log-in, with most providers the whole address'),
  password: secret.optional(),
  oauth2: oauth2.optional(),
  verifyCertificate: z
    .boolean()
    .default(true)
    .describe('false only for a server on your own wire whose certificate you made'),
};

const sent = z
  .strictObject({
    folder: folder.describe('the folder of sent letters, as a path'),
    read: z
      .boolean()
      .default(true)
      .describe('answers that somebody sent past kvitok from this account are taken onto their tickets'),
    file: z
      .boolean()
      .default(false)
      .describe(
        'answers that kvitok sends are put there, as read; leave it off where the provider does that by itself',
      ),
  })
  .describe('where operators use this account in a mail client of their own');

export const mailboxSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'a short name of a-z, 0-9 and -')
    .describe('a short name for logs and the ledger; renaming it makes kvitok take the mailbox for a new one'),
  ...server,
  port: port.default(993).describe('993 for tls, 143 for starttls and none'),
  folder: folder.default(['INBOX']).describe('the folder that is read, as a path'),
  done: z
    .union([
      z.strictObject({ move: folder.describe('folder path; made if missing') }),
      z.strictObject({ flag: z.string().min(1).describe('an IMAP keyword like $Kvitok') }),
    ])
    .default({ move: ['Kvitok', 'Done'] })
    .describe('what becomes of a letter on the server once it is kept; it is never deleted'),
  sent: sent.optional(),
  startFrom: z
    .union(
      [z.enum(['now', 'all']), z.iso.date(), z.iso.datetime({ offset: true })],
      'now, all, a date like 2026-01-31, or a date and time with its zone like 2026-01-31T12:00:00+03:00',
    )
    .describe(
      'what of the letters already there is taken in: now = nothing old, a date = what came since, all = everything, but old letters are not acknowledged',
    ),
  poll: z
    .string()
    .refine(isCron, 'a cron schedule of five fields like */2 * * * * (minute, hour, day, month, weekday)')
    .default('*/2 * * * *')
    .describe('cron schedule of the poll that runs beside IDLE'),
});

export const smtp = z.union([
  z.strictObject({
    ...server,
    port: port.default(465).describe('465 for tls, 587 for starttls, 25 for none'),
    user: z.string().min(1).optional().describe('log-in; left out where the server takes letters without one'),
    connections: z.int().min(1).max(50).default(4).describe('how many letters are sent at the same time'),
    envelopeFrom: z
      .enum(['null', 'support'])
      .default('null')
      .describe(
        'envelope sender of automatic letters: null is right by RFC 3834; support where the provider refuses it',
      ),
  }),
  z.strictObject({
    directory: z.string().min(1).describe('letters are written here as .eml files instead of being sent'),
  }),
]);

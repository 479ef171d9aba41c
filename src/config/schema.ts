// The configuration: one zod schema, from which the types, the checks and the JSON Schema for editors all come.
// Descriptions here are what an editor shows on hover and what config.example.json repeats.

import { z } from 'zod';

const port = z.int().min(1).max(65535);
const secret = z
  .string()
  .min(1)
  .describe('the secret itself, or env:NAME to read an environment variable, or file:PATH to read a file');
const address = z
  .string()
  .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, 'an e-mail address like support@example.org')
  .describe('an e-mail address');
const folder = z.array(z.string().min(1)).min(1);

const security = z
  .enum(['tls', 'starttls', 'none'])
  .describe('tls: from the first byte; starttls: upgraded, and refused where the server does not offer it; none: only inside one machine');

const oauth2 = z
  .strictObject({
    tokenUrl: z.url().describe('where a refresh token is exchanged for an access token'),
    clientId: z.string().min(1),
    clientSecret: secret.optional(),
    refreshToken: secret,
    scope: z.string().optional(),
  })
  .describe('OAuth2 log-in (Microsoft 365, Google) instead of a password');

const server = {
  host: z.string().min(1),
  port,
  security: security.default('tls'),
  user: z.string().min(1),
  password: secret.optional(),
  oauth2: oauth2.optional(),
  verifyCertificate: z.boolean().default(true).describe('false only for a server on your own wire whose certificate you made'),
};

const mailbox = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'a short name of a-z, 0-9 and -')
    .describe('a short name for logs and the ledger; renaming it makes kvitok take the mailbox for a new one'),
  ...server,
  port: port.default(993),
  folder: folder.default(['INBOX']).describe('the folder that is read, as a path'),
  done: z
    .union([
      z.strictObject({ move: folder.describe('folder path; made if missing') }),
      z.strictObject({ flag: z.string().min(1).describe('an IMAP keyword like $Kvitok') }),
    ])
    .default({ move: ['Kvitok', 'Done'] })
    .describe('what becomes of a letter on the server once it is kept; it is never deleted'),
  startFrom: z
    .union([z.enum(['now', 'all']), z.iso.date(), z.iso.datetime({ offset: true })])
    .describe('what of the letters already there is taken in: now = nothing old, a date = what came since, all = everything, but old letters are not acknowledged'),
  poll: z.string().default('*/2 * * * *').describe('cron schedule of the poll that runs beside IDLE'),
});

const smtp = z.union([
  z.strictObject({
    ...server,
    port: port.default(465),
    user: z.string().min(1).optional(),
    connections: z.int().min(1).max(50).default(4),
    envelopeFrom: z
      .enum(['null', 'support'])
      .default('null')
      .describe('envelope sender of automatic letters: null is right by RFC 3834; support where the provider refuses it'),
  }),
  z.strictObject({ directory: z.string().min(1).describe('letters are written here as .eml files instead of being sent') }),
]);

const cap = z.int().min(0);

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  desk: z.strictObject({
    name: z.string().min(1).describe('shown as the sender of letters'),
    address: address.describe('the support address; letters go out from it'),
    aliases: z.array(address).default([]).describe('other addresses that are ours: letters from them get no acknowledgement'),
    language: z.enum(['ru', 'en']).default('ru').describe('used where a letter does not show its own'),
    timeZone: z.string().default('Europe/Moscow'),
    hours: z
      .strictObject({ ru: z.string(), en: z.string() })
      .default({
        ru: 'по будням с 8:00 до 20:00, в выходные и праздничные дни с 9:00 до 18:00 по московскому времени',
        en: 'weekdays 8:00–20:00, weekends and public holidays 9:00–18:00, Moscow time',
      })
      .describe('working hours as the acknowledgement words them'),
    site: z.url().optional().describe('the page of the service regulation or of help, named in acknowledgements'),
  }),
  data: z.string().min(1).default('data').describe('folder for the databases, relative to this file'),
  templates: z.string().min(1).optional().describe('folder with your own templates; what is missing there comes from the package'),
  mailboxes: z.array(mailbox).default([]),
  smtp: smtp.default({ directory: 'outgoing' }),
  acknowledge: z
    .strictObject({
      replies: z.boolean().default(true).describe('a brief acknowledgement for a letter to an open ticket, at most one an hour'),
      notOlderThanHours: z.int().min(1).default(72).describe('a letter that arrived longer ago is taken in without an acknowledgement'),
      perAddressHour: cap.default(3),
      perAddressDay: cap.default(10),
      perHour: cap.default(3000).describe('in all; what is over it leaves later'),
    })
    .prefault({}),
  outbox: z
    .strictObject({
      giveUpAfterHours: z.number().positive().default(4).describe('an acknowledgement that could not be sent by then is given up'),
    })
    .prefault({}),
  limits: z
    .strictObject({ letterMegabytes: z.number().positive().max(200).default(35) })
    .prefault({}),
  log: z
    .strictObject({
      level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
      format: z.enum(['auto', 'json', 'pretty']).default('auto').describe('auto: pretty on a terminal, JSON otherwise'),
    })
    .prefault({}),
});

export type Config = z.output<typeof configSchema>;
export type MailboxConfig = Config['mailboxes'][number];
export type SmtpConfig = Extract<Config['smtp'], { host: string }>;
export type Oauth2Config = NonNullable<MailboxConfig['oauth2']>;

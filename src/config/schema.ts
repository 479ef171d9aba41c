// The configuration: one zod schema, from which the types, the checks and the JSON Schema for editors all come.
// Descriptions here are what an editor shows on hover and what config.example.json repeats.

import { validate as isCron } from 'node-cron';
import { z } from 'zod';
import { crossChecks } from './cross-checks.ts';
import { disk, retention } from './schema-disk.ts';
import { listenerSchema } from './schema-listener.ts';
import { address, port, secret } from './schema-values.ts';

const folder = z.array(z.string().min(1)).min(1);
const page = z.url({ protocol: /^https?$/, error: 'a web address like https://example.org/help' });

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

const smtp = z.union([
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

const cap = z.int().min(0);

const shape = z.strictObject({
  $schema: z.string().optional().describe('lets an editor check and complete this file'),
  desk: z
    .strictObject({
      name: z.string().min(1).describe('shown as the sender of letters'),
      address: address.describe('the support address; letters go out from it'),
      aliases: z
        .array(address)
        .default([])
        .describe('other addresses that are ours: letters from them get no acknowledgement'),
      language: z.enum(['ru', 'en']).default('ru').describe('used where a letter does not show its own'),
      timeZone: z
        .string()
        .refine(isTimeZone, 'a time zone of the IANA database like Europe/Moscow')
        .default('Europe/Moscow')
        .describe('dates and times in letters are of this zone'),
      hours: z
        .strictObject({ ru: z.string().min(1).describe('in Russian'), en: z.string().min(1).describe('in English') })
        .default({
          ru: 'по будням с 8:00 до 20:00, в выходные и праздничные дни с 9:00 до 18:00 по московскому времени',
          en: 'weekdays 8:00–20:00, weekends and public holidays 9:00–18:00, Moscow time',
        })
        .describe('working hours as the acknowledgement words them'),
      site: page.optional().describe('the page of the service regulation or of help, named in acknowledgements'),
    })
    .describe('who the desk is'),
  threading: z
    .strictObject({
      subaddresses: z
        .boolean()
        .default(false)
        .describe(
          'the mailbox takes letters to support+anything@: answers then carry their proof in the address; try it before switching it on',
        ),
      signingKey: secret
        .optional()
        .describe(
          'signs Message-IDs and reply addresses; kvitok init makes one, without it one is made and kept with the tickets',
        ),
      oldKeys: z
        .array(z.strictObject({ key: secret, until: z.iso.date().describe('believed up to and including this day') }))
        .default([])
        .describe('keys that signed before'),
      companies: z
        .array(z.string().min(3))
        .default([])
        .describe('mail domains of companies whose people may write to one another’s tickets; never a public provider'),
      reopenDays: z
        .int()
        .min(1)
        .optional()
        .describe('a letter to a ticket resolved longer ago opens a new one, linked; left out: it always reopens'),
      authservId: z
        .string()
        .min(1)
        .optional()
        .describe(
          'the name under which your own mail server writes Authentication-Results (mxs.mail.ru, mx.google.com, *.yandex.net): makes sender proof count',
        ),
      belowReceived: z
        .boolean()
        .default(false)
        .describe(
          'that server writes its results below its own Received field, as Yandex and milters under Postfix do; only where it removes forged ones',
        ),
      checkSignatures: z
        .boolean()
        .default(false)
        .describe('where the server states nothing, DKIM and DMARC are checked by kvitok, which then asks the DNS'),
    })
    .prefault({})
    .describe('how letters find their tickets'),
  data: z.string().min(1).default('data').describe('folder for the databases, relative to this file'),
  templates: z
    .string()
    .min(1)
    .optional()
    .describe('folder with your own templates; what is missing there comes from the package'),
  mailboxes: z.array(mailboxSchema).default([]).describe('IMAP mailboxes that are read'),
  listeners: z
    .array(listenerSchema)
    .default([])
    .describe('where a mail server of yours hands letters over, beside mailboxes or instead of them'),
  smtp: smtp.default({ directory: 'outgoing' }).describe('the way letters go out'),
  acknowledge: z
    .strictObject({
      replies: z
        .boolean()
        .default(true)
        .describe('a brief acknowledgement for a letter to an open ticket, at most one an hour'),
      notOlderThanHours: z
        .int()
        .min(1)
        .default(72)
        .describe('a letter that arrived longer ago is taken in without an acknowledgement'),
      perAddressHour: cap
        .default(3)
        .describe(
          'acknowledgements to one address within an hour; what is over it is not sent, and the ticket says so',
        ),
      perAddressDay: cap.default(10).describe('the same within a day'),
      perDomainHour: cap
        .default(100)
        .describe('the same to all addresses of one domain within an hour, public mail providers excepted'),
      perHour: cap.default(3000).describe('in all; what is over it leaves later'),
    })
    .prefault({})
    .describe('the first answer to a letter'),
  attachments: z
    .strictObject({
      allow: z
        .array(z.enum(['pdf', 'txt', 'log', 'csv', 'docx', 'xlsx']))
        .default([])
        .describe('types taken beside JPG, GIF, PNG and archives of pictures; each is checked for being what it says'),
      files: z.int().min(1).max(100).default(20).describe('files of one letter'),
      fileMegabytes: z.number().positive().max(100).default(15).describe('one file'),
      letterMegabytes: z.number().positive().max(200).default(25).describe('all files of one letter together'),
      clamd: z
        .strictObject({
          at: z
            .union([
              z.strictObject({
                host: z.string().min(1).describe('name of its machine'),
                port: port.describe('its port, mostly 3310'),
              }),
              z.strictObject({ path: z.string().min(1).describe('path of its socket') }),
            ])
            .describe('where it listens'),
          seconds: z.number().positive().max(120).default(20).describe('what it may take for one file'),
          away: z
            .enum(['hold', 'accept'])
            .default('hold')
            .describe('what becomes of a file while the scanner does not answer'),
        })
        .optional()
        .describe('a virus scanner that is asked about every file that would be accepted'),
    })
    .prefault({})
    .describe('what of the files sent along is accepted'),
  outbox: z
    .strictObject({
      giveUpAfterHours: z
        .number()
        .positive()
        .default(4)
        .describe('an acknowledgement that could not be sent by then is given up'),
    })
    .prefault({})
    .describe('how hard a letter is tried to be sent'),
  limits: z
    .strictObject({
      letterMegabytes: z
        .number()
        .positive()
        .max(200)
        .default(35)
        .describe('a larger letter gets a ticket from its header alone'),
    })
    .prefault({})
    .describe('what is taken in whole'),
  disk,
  retention,
  log: z
    .strictObject({
      level: z
        .enum(['debug', 'info', 'warn', 'error'])
        .default('info')
        .describe('the least weighty line that is written'),
      format: z.enum(['auto', 'json', 'pretty']).default('auto').describe('auto: pretty on a terminal, JSON otherwise'),
    })
    .prefault({})
    .describe('the log of the daemon'),
});

// The cross-checks run whatever else is wrong, so that every mistake is reported in one go.
export const configSchema = shape.superRefine(crossChecks, { when: () => true });

export type Config = z.output<typeof configSchema>;
/** As it may stand in the file: defaults left out. */
export type ConfigInput = z.input<typeof configSchema>;
export type MailboxConfig = Config['mailboxes'][number];
export type ListenerConfig = Config['listeners'][number];
export type SmtpConfig = Extract<Config['smtp'], { host: string }>;
export type Oauth2Config = NonNullable<MailboxConfig['oauth2']>;

function isTimeZone(name: string): boolean {
  try {
    // An offset like +03:00 is accepted by Intl too, but is no zone: it knows no rules.
    return /^[A-Z]/i.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

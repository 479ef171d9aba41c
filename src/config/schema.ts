// The configuration: one zod schema, from which the types, the checks and the JSON Schema for editors all come.
// Descriptions here are what an editor shows on hover and what config.example.json repeats.

import { z } from 'zod';
import { crossChecks } from './cross-checks.ts';
import { admin } from './schema-admin.ts';
import { announcements } from './schema-announcements.ts';
import { attachments } from './schema-attachments.ts';
import { disk, retention } from './schema-disk.ts';
import { calendars, deadlines, levels } from './schema-hours.ts';
import { listenerSchema } from './schema-listener.ts';
import { notifications } from './schema-notifications.ts';
import { answers, operators } from './schema-operators.ts';
import { requests } from './schema-requests.ts';
import { mailboxSchema, smtp } from './schema-servers.ts';
import { threading } from './schema-threading.ts';
import { address, page, timeZone } from './schema-values.ts';
import { web } from './schema-web.ts';

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
      groups: z
        .array(address)
        .default([])
        .describe(
          'addresses of groups and lists (Google, Exchange, Mailman) through which customers write to the desk, where they are none of the above: their list fields are no mark of a robot',
        ),
      language: z.enum(['ru', 'en']).default('ru').describe('used where a letter does not show its own'),
      timeZone: timeZone.default('Europe/Moscow').describe('dates and times in letters are of this zone'),
      hours: z
        .strictObject({ ru: z.string().min(1).describe('in Russian'), en: z.string().min(1).describe('in English') })
        .optional()
        .describe('working hours as the acknowledgement words them; left out: those of the calendar of the free level'),
      site: page.optional().describe('the page of the service regulation or of help, named in acknowledgements'),
    })
    .describe('who the desk is'),
  operators,
  answers,
  notifications,
  levels,
  calendars,
  deadlines,
  threading,
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
      perClientHour: cap
        .default(20)
        .describe('the same to an address that the client register knows, within an hour; instead of perAddressHour'),
      perClientDay: cap.default(100).describe('and within a day; instead of perAddressDay'),
      perHour: cap.default(3000).describe('in all; what is over it leaves later'),
    })
    .prefault({})
    .describe('the first answer to a letter'),
  requests,
  announcements,
  attachments,
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
      memoryMegabytes: z
        .number()
        .min(16)
        .max(4096)
        .default(64)
        .describe('letters in memory at one time, all together; what does not fit waits on its server or in the spool'),
    })
    .prefault({})
    .describe('what is taken in whole, and how much at a time'),
  disk,
  retention,
  admin,
  web: web.optional(),
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

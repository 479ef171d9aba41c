// Of the configuration: what is made of a new request (§2, §3.2 of the regulation).

import { z } from 'zod';
import { address } from './schema-values.ts';

/** The names of the categories of `src/desk/request/categories.ts`. */
const CATEGORY_NAMES = [
  ...(['general', 'usage', 'theory', 'errors', 'performance', 'update', 'setup', 'development', 'licence'] as const),
  ...(['outside-install', 'outside-move', 'outside-server', 'outside-hosting'] as const),
  ...(['outside-markup', 'outside-third-party', 'outside-to-order'] as const),
] as const;

const words = z.array(z.string().min(1));

export const requests = z
  .strictObject({
    currentVersion: z
      .string()
      .regex(/^\d+(?:\.\d+){0,3}$/, 'a version like 9.0')
      .optional()
      .describe('the current version of the product; questions about an older one are answered as consulting'),
    levels: z
      .array(
        z.strictObject({
          level: z.enum(['free', 'partner', 'development', 'consulting']).describe('what the ticket gets'),
          words: words
            .default([])
            .describe('one of these stands in the subject or the text; the beginning of a word is enough'),
          senders: words
            .default([])
            .describe('the writer has one of these addresses, or an address at one of these domains'),
          addresses: z.array(address).default([]).describe('the letter was sent to one of these'),
        }),
      )
      .default([])
      .describe('rules for the level of a new ticket, before those of the regulation; the first that fits decides'),
    forms: z
      .array(
        z.strictObject({
          sender: address.describe('what stands in From of the letters of the form'),
          server: z
            .string()
            .regex(/^[a-z0-9.:-]+$/i, 'a host name like www.example.org, an IP address, or localhost')
            .optional()
            .describe(
              'the server that brings its letters, as your mail server sees it (host name or IP address; localhost where both are one machine): instead of a proof of the sender',
            ),
        }),
      )
      .default([])
      .describe(
        'forms of sites that write to the desk: the ticket is of the one address in Reply-To, which gets the acknowledgement; a sender counts where it is proven or comes by its server',
      ),
    editions: words
      .default(['Старт', 'Бизнес', 'Бизнес Плюс', 'Премиум', 'Ultimate', 'Business', 'Start'])
      .describe('editions of the product, looked for in requests behind words like «редакция» and «тариф»'),
    otherSites: words
      .default([])
      .describe('domains that customers write of and that are not their sites, beside well-known ones'),
    categories: z
      .partialRecord(z.enum(CATEGORY_NAMES), words)
      .default({})
      .describe('words that propose a category of question, in the place of ours; the beginning of a word is enough'),
    criticalWords: words
      .default([
        'сайт не работает',
        'сайт не открывается',
        'сайт недоступен',
        'сайт лежит',
        'сайт упал',
        'магазин не работает',
        'магазин не открывается',
        'магазин недоступен',
        'не оформляются заказы',
        'восстановить работоспособность',
        'восстановление работоспособности',
        'сбой в работе',
        'site is down',
        'shop is down',
        'store is down',
        'site does not work',
        'site is not working',
      ])
      .describe(
        'one of these in the subject or the text (the beginning of a word is enough) proposes to take the ticket before the queue, which an operator confirms',
      ),
  })
  .prefault({})
  .describe('what is made of a new request');

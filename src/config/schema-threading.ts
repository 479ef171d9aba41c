// How letters find their tickets, and what makes a sender believed.

import { z } from 'zod';
import { secret } from './schema-values.ts';

export const threading = z
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
  .describe('how letters find their tickets');

// Of the configuration: what operators are told by letter.

import { z } from 'zod';

export const notifications = z
  .strictObject({
    attachMegabytes: z
      .number()
      .min(0)
      .max(50)
      .default(10)
      .describe(
        'accepted files go along with a letter to an operator up to this sum, as a mail server counts them (a third more than on a disk); larger ones are named',
      ),
    perHour: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .default(200)
      .describe(
        'so many letters about tickets an operator gets one by one within an hour; one letter at its end tells of the rest',
      ),
    notes: z
      .boolean()
      .default(true)
      .describe('whether a note is sent on to the other operators whom its ticket concerns'),
    monthlyReport: z
      .boolean()
      .default(true)
      .describe('whether leads are sent the report of the month before, in the first days of a month'),
    digestAt: z
      .union([z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/), z.literal('never')], 'a time like 08:30, or never')
      .default('08:30')
      .describe('when operators are sent what waits for them, on every day on which the desk works; or never'),
  })
  .prefault({})
  .describe('letters to the operators');

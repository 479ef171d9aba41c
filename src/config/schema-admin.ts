// Of the configuration: who keeps kvitok running, and what is an alarm to them.

import { z } from 'zod';
import { address } from './schema-values.ts';

const minutes = z.number().positive();

export const admin = z
  .strictObject({
    address: address
      .optional()
      .describe('who is written to when something is wrong; best a mailbox on another server than the one kvitok uses'),
    unreadMinutes: minutes.default(15).describe('a mailbox that was not read for so long is an alarm'),
    stuckMinutes: minutes.default(30).describe('a letter that should have left so long ago is an alarm'),
    failedAnHour: z
      .int()
      .min(1)
      .default(10)
      .describe('so many letters refused or given up within an hour are an alarm'),
    pauseMinutes: minutes
      .default(60)
      .describe('of one trouble that comes and goes at most one alarm and its end are told within this time'),
  })
  .prefault({})
  .describe('who keeps kvitok running');

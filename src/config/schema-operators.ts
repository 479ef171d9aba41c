// The people of the desk, and how their answers go out.

import { z } from 'zod';
import { address } from './schema-values.ts';

export const operators = z
  .array(
    z.strictObject({
      address: address.describe('where letters to the operator go, and which the operator writes from'),
      name: z.string().min(1).describe('shown to customers as the sender of the operator’s answers'),
      role: z
        .enum(['operator', 'lead', 'developer'])
        .default('operator')
        .describe('lead: also hears of deadlines; developer: sees the tickets handed to development'),
      notify: z
        .boolean()
        .default(true)
        .describe('whether letters on tickets that are nobody’s yet come here; those on own tickets always do'),
    }),
  )
  .default([])
  .describe('the people who answer; each reads and writes in an ordinary mail client');

export const answers = z
  .strictObject({
    holdSeconds: z
      .int()
      .min(0)
      .max(3600)
      .default(0)
      .describe('an answer waits so long before it leaves; until then #undo takes it back'),
    giveUpAfterHours: z
      .number()
      .positive()
      .default(120)
      .describe('an answer that could not be sent by then is given up, and its writer is told'),
  })
  .prefault({})
  .describe('the desk’s answers to customers');

// Of the configuration: what the disk of the data folder must hold and for how long.

import { z } from 'zod';

const days = z.int().min(1).nullable().default(null);

export const disk = z
  .strictObject({
    reserveMegabytes: z
      .int()
      .min(1)
      .default(200)
      .describe(
        'with less than this free in the data folder no letter is taken in; it stays where it is until there is room',
      ),
  })
  .prefault({})
  .describe('the disk of the data folder');

export const retention = z
  .strictObject({
    rawDays: days.describe(
      'letters whose ticket has been resolved, merged or spam for longer lose their bytes, and their attachments with them; null: kept for ever',
    ),
    quarantineDays: days.describe('the same for letters set aside so long ago; they can’t be tried again then'),
    automaticDays: days.describe(
      'the same for automatic mail that is on no ticket; nobody was told of it but by a line of a morning’s digest',
    ),
  })
  .prefault({})
  .describe('how long letters are kept; tickets and what was said in them stay');

// Of the configuration: notices to the clients.

import { z } from 'zod';

export const announcements = z
  .strictObject({
    perMinute: z.int().min(1).max(10_000).default(60).describe('so many letters of announcements leave in a minute'),
  })
  .prefault({})
  .describe('notices to the clients by mail');

// What of the files sent along is accepted.

import { z } from 'zod';
import { port } from './schema-values.ts';

export const attachments = z
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
  .describe('what of the files sent along is accepted');

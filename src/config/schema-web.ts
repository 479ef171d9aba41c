// Of the configuration: what is answered over HTTP.

import { z } from 'zod';
import { page, port } from './schema-values.ts';

export const web = z
  .strictObject({
    host: z
      .string()
      .regex(/^[^\s/:@]+$|^[0-9a-fA-F:]+$/, 'an IP address of this machine, without port')
      .default('127.0.0.1')
      .describe('an address of this machine; customers reach the pages by a web server in front of it'),
    port: port.describe('8424 where nothing speaks against it'),
    open: z
      .boolean()
      .default(false)
      .describe('must be true where host is not of the loopback: whoever reaches it can read the metrics'),
    url: page
      .optional()
      .describe(
        'the address by which customers reach the rating page, as links of letters begin; without it letters have no links',
      ),
  })
  .describe('health, metrics and the rating page over HTTP; left out: none');

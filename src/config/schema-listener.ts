// A listener of the configuration: where a mail server of the desk hands letters over (LMTP RFC 2033, SMTP RFC 5321).

import { z } from 'zod';
import { address, port } from './schema-values.ts';

export const listenerSchema = z.strictObject({
  protocol: z
    .enum(['lmtp', 'smtp'])
    .default('lmtp')
    .describe('lmtp: right for Postfix, Exim and Dovecot; smtp: for servers that speak no LMTP'),
  at: z
    .union([
      z.strictObject({
        path: z
          .string()
          .min(1)
          .describe('path of a unix socket, relative to this file; its folder decides who may connect'),
      }),
      z.strictObject({
        host: z
          .string()
          .regex(/^[^\s/:@]+$|^[0-9a-fA-F:]+$/, 'an IP address of this machine, without port')
          .default('127.0.0.1')
          .describe('an address of this machine'),
        port: port.describe('2424 where nothing speaks against it'),
      }),
    ])
    .describe('where kvitok listens'),
  recipients: z
    .array(address)
    .default([])
    .describe('addresses whose letters are taken, beside desk.address and desk.aliases; others are refused'),
  open: z
    .boolean()
    .default(false)
    .describe('must be true where host is not of the loopback: whoever reaches it can hand in letters'),
  connections: z.int().min(1).max(1000).default(50).describe('at the same time; more are asked to come again'),
});

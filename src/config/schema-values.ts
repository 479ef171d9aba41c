// Values that several parts of the configuration are made of.

import { z } from 'zod';

export const port = z.int().min(1).max(65535);
export const secret = z
  .string()
  .min(1)
  .describe('the secret itself, or env:NAME to read an environment variable, or file:PATH to read a file');
export const address = z
  .string()
  .regex(/^[^\s@<>"]+@[^\s@<>"]+$/, 'an e-mail address like support@example.org')
  .describe('an e-mail address');
export const page = z.url({ protocol: /^https?$/, error: 'a web address like https://example.org/help' });
export const timeZone = z.string().refine(isTimeZone, 'a time zone of the IANA database like Europe/Moscow');

function isTimeZone(name: string): boolean {
  try {
    // An offset like +03:00 is accepted by Intl too, but is no zone: it knows no rules.
    return /^[A-Z]/i.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

// Which server brought a letter to our border: what the admin says of a web server of his («its letters are the form's») holds
// where our own mail server saw that very machine hand the letter over.

import type { Fields } from '../mail/fields.ts';
import { hopOf } from './hop.ts';

/** Steps inside our own machines that are looked through. */
const MOST_STEPS = 50;

/**
 * Whether the topmost step from outside was made by this server: a name that our server verified, or an address that it saw,
 * in lower case. `localhost`: the letter was written on our own machine, and no step came from outside. What HELO says is no
 * evidence, nor is any field below that step.
 */
export function cameBy(fields: Fields, server: string): boolean {
  const steps = fields.all.filter(({ name }) => name.toLowerCase() === 'received').slice(0, MOST_STEPS);
  for (const { raw } of steps) {
    const hop = hopOf(raw, null);
    if (!hop.inside) return hop.peer.includes(server);
  }
  return server === 'localhost' && steps.length > 0 && steps.length < MOST_STEPS;
}

// Case in, decision out; one file per kind of writer, the order is here.

import type { Case } from './case.ts';
import type { Decision } from './decision.ts';
import { decideRequester } from './requester.ts';
import { decideRobot } from './robot.ts';
import { decideNewTicket } from './stranger.ts';

/** Rules that know an automatic letter by its words alone: they mute the acknowledgement and hide nothing. */
const MUTES_ONLY = new Set(['vacation-subject', 'vacation-words', 'desk-words']);

/** What becomes of a letter. Pure and total. */
export function decide(c: Case): Decision {
  const { kind, rule } = c.letter.classification;
  if (kind !== 'human' && !MUTES_ONLY.has(rule)) return decideRobot(c);
  if (c.match?.entitled != null) return decideRequester(c, c.match);
  return decideNewTicket(c, c.match);
}

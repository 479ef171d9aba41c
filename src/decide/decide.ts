// Case in, decision out; one file per kind of writer, the order is here.

import { hasWordsOfMachine, isMachine } from '../mail/classification.ts';
import type { Case } from './case.ts';
import type { Decision } from './decision.ts';
import type { DeskStanding } from './operator/standing.ts';
import { decideAnswerToNotice, decideOperator } from './operator.ts';
import { decideRequester } from './requester.ts';
import { decideRobot } from './robot.ts';
import { decideSent } from './sent.ts';
import { decideNewTicket } from './stranger.ts';
import { decideUnsubscribe } from './unsubscribe.ts';

/** What becomes of a letter. Pure and total. */
export function decide(c: Case): Decision {
  const { classification } = c.letter;
  const machine = isMachine(classification) && c.released === null;
  if (c.sentFolder) return decideSent(c, machine, c.sentFolder);
  const unsubscribed = decideUnsubscribe(c);
  if (unsubscribed) return unsubscribed;
  if (machine) return decideRobot(c);
  if (c.desk) return answersByItself(c, c.desk) ? decideRobot(c) : decideOperator(c, c.desk);
  if (c.noticed && c.released === null) return decideAnswerToNotice(c, c.noticed);
  if (c.match?.entitled != null) return decideRequester(c, c.match);
  return decideNewTicket(c, c.match);
}

/** A vacation notice that only its words betray, and that answers a question of ours: it gets no second one. */
const answersByItself = (
  { letter: { classification }, released }: Case,
  { tokens, confirmed }: DeskStanding,
): boolean => hasWordsOfMachine(classification) && confirmed === null && released === null && tokens[0]?.held != null;

// A letter from an operator's address that nothing proves: it is set aside and its supposed writer asked, so seldom that a
// forger can't fill his mailbox, and never not at all: what comes after the last question of an hour stands in one list.

import { hasWordsOfMachine } from '../../mail/classification.ts';
import type { Case } from '../case.ts';
import type { Decision, Question } from '../decision.ts';
import { SILENCE } from './answer.ts';
import { DIGEST_CHARS, questionTo, SHOWN_CHARS } from './hold.ts';
import { oneLine } from './one-line.ts';
import type { DeskStanding } from './standing.ts';

/** Questions within the hour on letters that somebody else may have written. */
const ASKED_AT_MOST = 3;
/** The same within the day where words alone look automatic: a robot without a mark would answer each question. */
const ROBOT_ASKED_AT_MOST = 3;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Letters that one list names: whoever says yes must have seen what he stands for. */
const LISTED_AT_MOST = 50;

/** What becomes of an unproven letter when the operator stands for it. */
export type Would = 'answer' | 'on-behalf' | 'own-ticket' | 'commands' | 'commands-answer' | 'refused';

/** Sets such a letter aside. `doubt`: why it is not believed. */
export function setAside(c: Case, standing: DeskStanding, doubt: string, would: Would, person: string): Decision {
  const [question, because] = asking(c, standing, { doubt, would, person });
  return {
    disposition: 'quarantined',
    because: `${doubt === 'answers-notice' ? 'an answer to a notice of kvitok' : "from an operator's address without proof"} (${doubt})${because}`,
    changes: [],
    responses: question ? [question] : [],
    silence: SILENCE,
    aside: question ? 'unproven' : 'unasked',
    alarm: 'operator-unproven',
  };
}

type Asked = readonly [question: Question | null, because: string];

function asking(
  c: Case,
  standing: DeskStanding,
  { doubt, would, person }: { readonly doubt: string; readonly would: Would; readonly person: string },
): Asked {
  const { message, silent } = c.letter;
  if (silent !== null) return [null, `: ${silent}`];
  const robot = hasWordsOfMachine(c.letter.classification) && standing.askedToday >= ROBOT_ASKED_AT_MOST;
  if (robot || standing.asked >= ASKED_AT_MOST) return listing(c, standing, robot);
  const number = would === 'answer' || would === 'commands-answer' ? (standing.conversation?.ticket.number ?? '') : '';
  const question = questionTo(c, standing, {
    form: 'unproven',
    ticket: null,
    entry: 0,
    values: {
      number,
      subject: oneLine(message.subject, DIGEST_CHARS),
      doubt,
      would,
      person,
      text: oneLine(message.reply, SHOWN_CHARS),
    },
  });
  return [question, ', the operator is asked'];
}

/** One letter more: of all that waits, at once or an hour behind the last such letter; a robot gets one a day. */
function listing(c: Case, standing: DeskStanding, robot: boolean): Asked {
  const { queued, lastAt, waiting } = standing.list;
  const words = robot
    ? 'its words look automatic, and he was asked often enough within the day'
    : 'he was asked often enough within the hour';
  if (queued !== null && queued >= LISTED_AT_MOST) return [null, `: ${words}, and his list is full`];
  const since = lastAt === null ? Number.POSITIVE_INFINITY : c.now - lastAt;
  if (robot && queued === null && since < DAY) return [null, `: ${words}`];
  // what was before him in the last list is named again while it waits: the newest list is whole
  const others = waiting.slice(0, LISTED_AT_MOST - 1);
  const question = questionTo(c, standing, {
    form: 'waiting',
    ticket: null,
    entry: 0,
    notBefore: since >= HOUR ? c.now : c.now + HOUR - Math.max(0, since),
    values: { letters: others },
  });
  return [question, `: ${words}, it is named in the list of what waits`];
}

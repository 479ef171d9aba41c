// Why a letter from an operator's address is not believed: a token that only the operator can have, From, and where the desk's
// server checks senders its pass, all three together. The first reason is told. A letter that only asks needs no token where
// the server states that the operator wrote it: what it is told goes to the address that the configuration has.

import { numberIn } from '../../desk/commands/number.ts';
import type { Parsed } from '../../desk/commands/parse.ts';
import { commandOf } from '../../desk/commands/table.ts';
import type { Case } from '../case.ts';
import type { DeskStanding } from './standing.ts';

/** Transcripts within the hour, after which no letter without a token is answered: a forger can't fill a mailbox. */
const TOLD_AT_MOST = 30;

type Doubt = (c: Case, standing: DeskStanding, written: Parsed) => string | null;

const DOUBTS: readonly Doubt[] = [
  ({ letter }) => (letter.proof.result === 'fail' ? 'sender-failed' : null),
  ({ letter, rules }) => (rules.passNeeded && letter.proof.result !== 'pass' ? 'sender-not-proven' : null),
  (c, standing, written) =>
    standing.tokens.length > 0 || (standing.transcripts < TOLD_AT_MOST && onlyAsks(c, written)) ? null : 'no-token',
];

/** The first doubt, as a code that the templates have a sentence for; null for a letter that is the operator's. */
export function doubtOf(c: Case, standing: DeskStanding, written: Parsed): string | null {
  for (const doubt of DOUBTS) {
    const found = doubt(c, standing, written);
    if (found !== null) return found;
  }
  return null;
}

/** Whether there is nothing in a letter but questions to kvitok itself. Their bare words and a number: nothing else of it is shown. */
const onlyAsks = ({ letter: { silent, attachments, proof } }: Case, { commands, rest }: Parsed): boolean =>
  proof.result === 'pass' &&
  silent === null &&
  attachments.length === 0 &&
  rest === '' &&
  commands.length > 0 &&
  commands.every(
    ({ name, argument }) =>
      name !== null && commandOf(name).onlyTells === true && (argument === '' || numberIn(argument) !== null),
  );

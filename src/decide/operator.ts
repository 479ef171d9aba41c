// A letter whose From is an operator's address. It is believed by a token and From together, and by the server's pass where
// there is one; what is not believed is set aside and its supposed writer asked. Nothing of it reaches a customer before that.

import { newPart } from '../decode/reply.ts';
import type { CarriedOut } from '../desk/commands/carry-out.ts';
import type { Case } from './case.ts';
import type { Decision } from './decision.ts';
import { SILENCE, sendAnswer } from './operator/answer.ts';
import { carriedOut, decideCommands } from './operator/commands.ts';
import { consentIn } from './operator/consent.ts';
import { doubtOf } from './operator/doubts.ts';
import { draftOf } from './operator/draft.ts';
import { findingsOn } from './operator/guards.ts';
import { askAgain, holdAnswer } from './operator/hold.ts';
import { answersNotice, holdAnswerToNotice } from './operator/notices.ts';
import { decideOnBehalf } from './operator/on-behalf.ts';
import type { DeskStanding } from './operator/standing.ts';
import { setAside, type Would } from './operator/unproven.ts';
import { writtenIn } from './operator/written.ts';
import { decideNewTicket } from './stranger.ts';

/** Decides on a letter from an operator's address. */
export function decideOperator(c: Case, standing: DeskStanding): Decision {
  const { conversation, confirmed } = standing;
  const { passed } = c;
  const written = writtenIn(c.letter.message, conversation, c.rules.deskAddress);
  const doubt = confirmed === null ? doubtOf(c, standing, written) : null;
  if (doubt !== null) {
    if (written.commands.length > 0) {
      const typed = written.commands.map((command) => command.typed).join(', ');
      return setAside(c, standing, doubt, afterYes(carriedOut(c, standing, written)), typed);
    }
    const would = passed ? 'on-behalf' : conversation ? 'answer' : 'own-ticket';
    return setAside(c, standing, doubt, would, passed?.writer.address ?? '');
  }
  const consented = written.commands.length === 0 ? onQuestion(c, standing) : null;
  if (consented) return consented;
  const proven = howProven(c, standing);
  if (written.commands.length > 0) return decideCommands(c, standing, written, proven);
  if (passed) return decideOnBehalf(c, standing, passed);
  if (conversation === null)
    return answersNotice(standing) && confirmed === null && c.released === null
      ? holdAnswerToNotice(c, standing)
      : decideNewTicket(c, null);
  const draft = draftOf(c, standing, conversation, written.rest);
  const findings = findingsOn(draft, c);
  if (findings.length > 0) return holdAnswer(c, draft, findings);
  return sendAnswer(c, draft, { form: 'plain', from: standing.operator.name, because: proven, decided: false });
}

/**
 * Decides on a letter from somebody who is no operator and answers a notice that was written to him: an admin, as a rule. He
 * steers nothing by letter; what he is asked about his own words he can answer.
 */
export const decideAnswerToNotice = (c: Case, standing: DeskStanding): Decision =>
  onQuestion(c, standing) ?? holdAnswerToNotice(c, standing);

/** What «да» to a question about a letter with commands would bring about. */
const afterYes = ({ held, answer }: CarriedOut): Would => (held ? 'refused' : answer ? 'commands-answer' : 'commands');

/** What a plain yes or no to our question does; null for every other letter. */
function onQuestion(c: Case, standing: DeskStanding): Decision | null {
  const { asksAbout } = standing;
  const [token] = standing.tokens;
  // a logo that is new to us makes no answer of a plain yes: it would go to the customer
  const sent = c.letter.attachments.some((file) => !file.inlined && !file.logoSized);
  if (token?.held == null || standing.confirmed !== null || sent) return null;
  const consent = consentIn(newPart(c.letter.message.text));
  // about an answer that is held more may be said: a better one
  if (consent === 'other')
    return standing.conversation || asksAbout.length === 0 ? null : askAgain(c, standing, token.held);
  const { name, identity } = standing.operator;
  const nothing = { disposition: 'command', responses: [], silence: SILENCE } as const;
  const letter = asksAbout.length > 1 ? `letters ${asksAbout.join(', ')}` : `letter ${asksAbout[0] ?? token.held}`;
  if (asksAbout.length === 0)
    return { ...nothing, because: `${name}: ${consent}, but ${letter} no longer waits`, changes: [] };
  return consent === 'yes'
    ? {
        ...nothing,
        because: `${name} stands for ${letter}`,
        changes: asksAbout.map((one) => ({
          kind: 'confirm-letter',
          letter: one,
          by: identity,
          entry: token.entry,
        })),
      }
    : {
        ...nothing,
        because: `${name} gives ${letter} up`,
        changes: asksAbout.map((one) => ({
          kind: 'give-letter-up',
          letter: one,
          because: `given up by ${name}`,
        })),
      };
}

function howProven({ letter: { proof } }: Case, { tokens, confirmed }: DeskStanding): string {
  const [first] = tokens;
  const token = confirmed ? 'confirmed by the operator' : first ? `token by ${first.by}` : 'no token';
  return proof.result === 'none' ? token : `${token}, ${proof.result}: ${proof.evidence}`;
}

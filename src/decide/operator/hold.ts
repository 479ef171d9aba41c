// A letter of an operator that is set aside, with a question to the address that the configuration has, never to the one the
// letter names: only «ок» by a letter that is proven releases it.

import { coverSecrets } from '../../desk/secrets.ts';
import { tagged } from '../../thread/tags.ts';
import type { Case } from '../case.ts';
import type { Decision, Question } from '../decision.ts';
import { SILENCE } from './answer.ts';
import type { Draft } from './draft.ts';
import type { Finding } from './guard.ts';
import { unseen } from './guards/newer.ts';
import { NAMED } from './guards/refused-file.ts';
import { oneLine } from './one-line.ts';
import type { DeskStanding } from './standing.ts';

/** Lines of the digest, and characters of each. */
const DIGEST_LINES = 5;
export const DIGEST_CHARS = 160;
/** How much of a letter a question shows, so that its writer knows it again. */
export const SHOWN_CHARS = 300;

/** An answer that a guard holds back, and the commands above it with it. */
export function holdAnswer(
  c: Case,
  draft: Draft,
  findings: readonly Finding[],
  commands: readonly string[] = [],
): Decision {
  const { standing, conversation } = draft;
  const { ticket, said } = conversation;
  const because = findings.map(({ code, detail }) => (detail ? `${code} (${detail})` : code)).join(', ');
  const confirmable = findings.every(({ leaves }) => leaves === 'when-confirmed');
  const question = questionTo(c, standing, {
    form: 'held',
    ticket: ticket.id,
    entry: said.at(-1)?.entry ?? 0,
    files: draft.refused
      .slice(0, NAMED)
      .map(({ filename, reason }) => ({ name: filename, refused: reason ?? 'other' })),
    values: {
      number: ticket.number,
      subject: tagged(ticket.subject, ticket.number),
      confirmable,
      commands,
      // what leaves after an «ок», in one sentence at the end: the findings only say what was found
      without: draft.refused.slice(0, NAMED).map(({ filename }) => filename),
      findings: findings.map(({ code, detail }) => ({ code, detail })),
      since: unseen(standing, said)
        .slice(-DIGEST_LINES)
        .map((one) => ({
          kind: one.kind,
          who: one.authorName || one.author,
          text: oneLine(coverSecrets(one.text).text, DIGEST_CHARS),
        })),
      text: oneLine(draft.text, SHOWN_CHARS),
    },
  });
  return {
    disposition: 'quarantined',
    because: `held, ${standing.operator.name} is asked: ${because}`,
    changes: [],
    responses: [question],
    silence: SILENCE,
    aside: 'held',
  };
}

/** An answer to a question of ours that is neither yes nor no: the letter waits, and is asked about once more. */
export function askAgain(c: Case, standing: DeskStanding, held: number): Decision {
  const { asksAbout } = standing;
  return {
    disposition: 'command',
    because: `${standing.operator.name} says neither yes nor no to letter ${held}`,
    changes: [],
    responses: [
      questionTo(c, standing, {
        form: 'unclear',
        ticket: null,
        held,
        entry: standing.tokens[0]?.entry ?? 0,
        values: {
          text: oneLine(c.letter.message.reply, SHOWN_CHARS),
          ...(asksAbout.length > 1 ? { letters: asksAbout } : {}),
        },
      }),
    ],
    silence: SILENCE,
  };
}

/** A question to the operator, in answer to his letter. */
export function questionTo(
  c: Case,
  { operator }: DeskStanding,
  question: Pick<Question, 'form' | 'ticket' | 'entry' | 'values' | 'files'> &
    Partial<Pick<Question, 'held' | 'notBefore'>>,
): Question {
  const { message } = c.letter;
  return {
    kind: 'question',
    to: { name: operator.name, address: operator.address, identity: operator.identity },
    language: c.rules.language,
    inReplyTo: message.messageId,
    references: message.references.slice(-10),
    held: null,
    ...question,
  };
}

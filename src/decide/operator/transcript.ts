// What an operator is told of the commands of a letter: every line with what became of it.

import type { CarriedOut } from '../../desk/commands/carry-out.ts';
import { tagged } from '../../thread/tags.ts';
import type { Case } from '../case.ts';
import type { Transcript } from '../decision.ts';
import { readUpTo } from './guards/newer.ts';
import { oneLine } from './one-line.ts';
import type { DeskStanding } from './standing.ts';

/** How much of a letter that was held is shown, so that its writer knows it again. */
const SHOWN_CHARS = 300;

/** The transcript of a letter of which `rest` is the text. */
export function transcriptOf(c: Case, standing: DeskStanding, done: CarriedOut, rest: string): Transcript {
  const { operator, conversation } = standing;
  const { message } = c.letter;
  const { language } = c.rules;
  const ticket = done.ticket ?? conversation?.ticket ?? null;
  return {
    kind: 'transcript',
    form: done.held ? 'held' : 'done',
    ticket: ticket?.id ?? null,
    to: { name: operator.name, address: operator.address, identity: operator.identity },
    language,
    inReplyTo: message.messageId,
    references: message.references.slice(-10),
    entry: readUpTo(standing),
    values: {
      subject: ticket === null ? message.subject : tagged(ticket.subject, ticket.number),
      lines: done.lines.map(({ typed, state, says, shows }) => ({
        typed,
        state,
        says: says[language].split('\n'),
        shows: shows?.[language].split('\n') ?? [],
      })),
      rest: done.answer ? 'sent' : done.internal ? 'noted' : '',
      text: oneLine(rest, SHOWN_CHARS),
    },
  };
}

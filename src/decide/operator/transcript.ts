// What an operator is told of the commands of a letter: every line with what became of it.

import type { CarriedOut } from '../../desk/commands/carry-out.ts';
import { momentWords } from '../../desk/deadline-words.ts';
import { tagged } from '../../thread/tags.ts';
import type { Case } from '../case.ts';
import type { Transcript } from '../decision.ts';
import type { Draft } from './draft.ts';
import { readUpTo } from './guards/newer.ts';
import { oneLine } from './one-line.ts';
import type { DeskStanding } from './standing.ts';

/** How much of a letter that was held is shown, so that its writer knows it again. */
const SHOWN_CHARS = 300;

/** What came of a letter with commands besides what each of them did. */
export interface Came {
  /** The text under the commands. */
  readonly rest: string;
  /** What goes to the customer; null where nothing does. */
  readonly sent: Pick<Draft, 'text' | 'files'> | null;
  /** Whether a customer gets a letter with a number. */
  readonly acknowledged: boolean;
}

/** The transcript of a letter: it says what goes to the customer by the draft that goes, never by what was typed. */
export function transcriptOf(c: Case, standing: DeskStanding, done: CarriedOut, came: Came): Transcript {
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
      sent: came.sent && {
        text: oneLine(came.sent.text, SHOWN_CHARS),
        files: came.sent.files.map(({ filename }) => filename),
        at: c.rules.holdMs > 0 ? momentWords(c.now + c.rules.holdMs, c.rules.timeZone, language) : '',
      },
      noted: done.internal !== null || done.call !== null,
      acknowledged: came.acknowledged,
      text: oneLine(came.rest, SHOWN_CHARS),
    },
  };
}

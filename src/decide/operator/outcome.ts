// What the end of an answer means for its ticket: an answer that did not arrive, or perhaps did not, is noted there, the ticket
// waits for the desk again, by a clock, and who wrote it is told.

import type { Operator } from '../../desk/operators.ts';
import { type Language, moved, type Ticket } from '../../desk/tickets.ts';
import { clockTimes, type Timetable } from '../../desk/timetable.ts';
import { tagged } from '../../thread/tags.ts';
import type { AnswerEnd, Change, Decision, EntryFacts } from '../decision.ts';
import { oneLine } from './one-line.ts';

/** How an answer ended. */
export interface EndOfAnswer {
  readonly how: AnswerEnd;
  readonly outbox: number;
  readonly ticket: Pick<Ticket, 'id' | 'number' | 'state' | 'subject' | 'level' | 'dueAt'>;
  /** Who wrote it; null where he is no operator any more. */
  readonly operator: Operator | null;
  readonly people: readonly string[];
  /** Whether the one whose ticket it is got it. */
  readonly reached: boolean;
  readonly reason: string;
  readonly text: string;
  readonly language: Language;
  readonly timetable: Timetable;
  /** Epoch milliseconds. */
  readonly at: number;
}

const WORDS: { readonly [how in AnswerEnd]: { readonly [language in Language]: (people: string) => string } } = {
  failed: {
    ru: (people) => `Ответ не доставлен: ${people}`,
    en: (people) => `The answer was not delivered: ${people}`,
  },
  partly: {
    ru: (people) => `Ответ доставлен не всем. Не получили: ${people}`,
    en: (people) => `The answer did not reach everybody. Not delivered to: ${people}`,
  },
  unverified: {
    ru: (people) => `Непроверенный отчёт о недоставке ответа: ${people}`,
    en: (people) => `An unverified report says that the answer was not delivered: ${people}`,
  },
  unknown: {
    ru: (people) => `Неизвестно, доставлен ли ответ: ${people}`,
    en: (people) => `It is not known whether the answer arrived: ${people}`,
  },
  twice: {
    ru: (people) => `Связь прервалась в конце отправки, ответ отправлен ещё раз и мог прийти дважды: ${people}`,
    en: (people) =>
      `The line was lost at the end of sending; the answer was sent once more and may arrive twice: ${people}`,
  },
};

/** What follows from the end of an answer. */
export function afterAnswer(end: EndOfAnswer): Pick<Decision, 'changes' | 'responses'> {
  const { how, ticket, operator, people, reason, language } = end;
  const said = WORDS[how][language](people.join(', '));
  const note: EntryFacts = {
    kind: 'system',
    author: 'kvitok',
    authorName: 'kvitok',
    at: end.at,
    subject: '',
    reply: reason ? `${said}\n${reason}` : said,
    quoted: '',
    proof: 'none',
    attachments: [],
  };
  const to = end.reached ? ticket.state : moved(ticket.state, 'answer-failed');
  const move: readonly Change[] =
    to === ticket.state
      ? []
      : [
          {
            kind: 'move-ticket',
            ticket: ticket.id,
            from: ticket.state,
            to,
            by: 'kvitok',
            because: 'the answer failed',
          },
        ];
  // The customer has no answer, and the desk could not know before: its time counts anew from the news, not from the letter, whose
  // deadline may be past by now. Where a clock runs still, it is older and rules.
  const clock: readonly Change[] =
    end.reached || (to !== 'new' && to !== 'open') || ticket.dueAt !== null
      ? []
      : [{ kind: 'start-clock', ticket: ticket.id, ...clockTimes(end.timetable, ticket.level, end.at) }];
  return {
    changes: [{ kind: 'append-entry', ticket: ticket.id, entry: note }, ...clock, ...move],
    responses: operator
      ? [
          {
            kind: 'failure',
            form: 'answer',
            ticket: ticket.id,
            to: { name: operator.name, address: operator.address, identity: operator.identity },
            language,
            outbox: end.outbox,
            values: {
              how,
              subject: tagged(ticket.subject, ticket.number),
              people,
              reason,
              text: oneLine(end.text, 300),
            },
          },
        ]
      : [],
  };
}

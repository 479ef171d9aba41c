// The morning's digest, read when it is sent: what waits for this operator, in the order it is due.

import type { Kysely } from 'kysely';
import { shortMoment } from '../desk/deadline-words.ts';
import { digestFor, hearsOfAside } from '../desk/digest.ts';
import type { Operator } from '../desk/operators.ts';
import { coverSecrets } from '../desk/secrets.ts';
import type { Language } from '../desk/tickets.ts';
import { writerWords } from '../desk/unnamed.ts';
import { identity } from '../mail/address.ts';
import { type DueTicket, dueTickets } from '../store/due-tickets.ts';
import type { Tables } from '../store/schema.ts';
import { newsAside } from '../store/set-aside.ts';
import type { ReadMaterial } from './compose.ts';

export interface DigestDeps {
  readonly db: Kysely<Tables>;
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly operators: () => readonly Operator[];
}

/** More are no plan for a day; the rest is counted. */
const NAMED = 50;
const READ = 2_000;
/** Letters set aside that are named, the newest. */
const ASIDE_NAMED = 20;

/** Reads a digest. */
export function digestReader({ db, timeZone, now, operators }: DigestDeps): ReadMaterial {
  const line = (language: Language) => (ticket: DueTicket) => ({
    number: ticket.number,
    subject: coverSecrets(ticket.subject).text,
    customer: writerWords(ticket.requester_name, ticket.requester, language),
    due: ticket.due_at === null ? '' : shortMoment(ticket.due_at, timeZone),
    late: ticket.due_at !== null && ticket.due_at < now(),
    critical: ticket.critical === 'yes',
  });
  return async ({ model }) => {
    const reader = operators().find((one) => one.identity === identity(model.to.address));
    if (!reader) throw new Error('whom this letter is for is no operator any more');
    const { own, others } = digestFor(reader, operators(), await dueTickets(db, READ));
    const since = model.values?.since;
    const aside =
      typeof since === 'number' && hearsOfAside(reader)
        ? await newsAside(db, since, ASIDE_NAMED)
        : { all: 0, letters: [] };
    return {
      values: {
        operator: reader.name,
        gathered: model.values?.gathered === true,
        count: own.length + others.length,
        own: own.slice(0, NAMED).map(line(model.language)),
        others: others.slice(0, NAMED).map(line(model.language)),
        asideCount: aside.all,
        aside: aside.letters.map(({ id, author, subject }) => ({
          letter: id,
          from: author ?? '',
          subject: coverSecrets(subject ?? '').text,
        })),
        more: Math.max(0, own.length - NAMED) + Math.max(0, others.length - NAMED),
      },
    };
  };
}

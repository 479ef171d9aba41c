// What a notification says, read when it is sent: the customer's whole text with secrets covered, the accepted files that
// fit, and the footer for the desk alone. Nothing of it is kept in the outbox, so that a person can be forgotten.

import type { Kysely } from 'kysely';
import { along } from '../desk/along.ts';
import { clientLine } from '../desk/clients/client.ts';
import { defused, footerOf } from '../desk/footer.ts';
import type { Operator } from '../desk/operators.ts';
import { requestLines } from '../desk/request/request-lines.ts';
import { coverSecrets } from '../desk/secrets.ts';
import { type FileFacts, ticketLines } from '../desk/ticket-lines.ts';
import type { Language } from '../desk/tickets.ts';
import { dateOf, dayAt, zoneOf } from '../desk/zone.ts';
import type { SentFile } from '../store/outbox-queue.ts';
import type { Tables } from '../store/schema.ts';
import type { Spool } from '../store/spool.ts';
import { entryToTell } from '../store/told.ts';
import { ticketNumber } from '../thread/damm.ts';
import { tagged } from '../thread/tags.ts';
import type { ReadMaterial } from './compose.ts';
import type { Templates } from './templates.ts';

export interface NotificationDeps {
  readonly db: Kysely<Tables>;
  readonly spool: Pick<Spool, 'get'>;
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Files of a letter that go along with it, together, in bytes. */
  readonly attachBytes: number;
  readonly cure: Templates['cure'];
  readonly operators: () => readonly Operator[];
}

type Told = NonNullable<Awaited<ReturnType<typeof entryToTell>>>;

/** Reads a notification. Rejects where its entry is gone or the database is in trouble. */
export function notificationReader(deps: NotificationDeps): ReadMaterial {
  return async (letter) => {
    const told = await entryToTell(deps.db, letter.ticket ?? 0, letter.entry ?? 0);
    if (!told) throw new Error('the entry that this letter tells of is not there any more');
    const { ticket, entry } = told;
    const { language } = letter.model;
    const today = dateOf(dayAt(deps.now(), zoneOf(deps.timeZone)));
    const attach = along(sendable(told), deps.attachBytes);
    const said = coverSecrets(entry.reply);
    const history = coverSecrets(entry.quoted);
    const before = told.before.map(({ reply, ...rest }) => ({ ...rest, reply: coverSecrets(reply).text }));
    const footer = footerOf(
      ticketLines(
        {
          number: ticket.number,
          state: ticket.state,
          level: ticket.level,
          critical: ticket.critical,
          dueAt: ticket.due_at,
          assignee: nameOf(ticket.assignee, deps.operators()),
          customer: { name: ticket.requester_name, address: ticket.requester },
          category: clientLine(told.client, today, language),
          related: ticket.related_to === null ? null : ticketNumber(ticket.related_to),
          request: requestLines(ticket, language),
          proof: letter.form === 'letter' ? entry.proof : null,
          files: filesOf(told, new Set(attach.map(({ id }) => id)), deps.cure, language),
          covered: said.covered || history.covered,
          oversize: entry.letter_id === null ? null : (deps.spool.get(entry.letter_id)?.oversize ?? null),
          before: before.map(({ at, kind, author, author_name, reply }) => ({
            at,
            kind,
            name: author_name || author,
            text: reply,
          })),
        },
        language,
        deps.timeZone,
      ).map(defused),
      language,
    );
    const writer = entry.author_name || entry.author;
    return {
      values: {
        subject: tagged(coverSecrets(ticket.subject).text, ticket.number),
        writer,
        lines: linesOf(said.text),
        history: linesOf(history.text),
        footer,
      },
      ...(writer === '' ? {} : { from: writer }),
      attach: attach.map(({ letter_id, path, filename }): SentFile => ({ letter: letter_id, path, filename })),
    };
  };
}

const linesOf = (text: string): readonly string[] => (text.trim() === '' ? [] : defused(text.trim()).split('\n'));

const nameOf = (assignee: string | null, operators: readonly Operator[]): string | null =>
  operators.find(({ identity }) => identity === assignee)?.name ?? assignee;

const sendable = ({ files }: Told) => files.map((file) => ({ ...file, inlined: file.inlined === 1 }));

function filesOf(
  told: Told,
  sent: ReadonlySet<number>,
  cure: NotificationDeps['cure'],
  language: Language,
): readonly FileFacts[] {
  return sendable(told)
    .filter(({ inlined }) => !inlined)
    .map(({ id, filename, size, verdict, reason }) => ({
      name: filename,
      bytes: size,
      fate:
        verdict === 'accepted' ? (sent.has(id) ? 'along' : 'left-out') : { refused: cure(reason ?? 'other', language) },
    }));
}

// What a notification says, read when it is sent: the customer's text with secrets covered (of a very long one the beginning,
// and the whole as a file), the accepted files that fit, and the footer for the desk alone. Nothing of it is kept in the outbox, so that a person can be forgotten.

import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { along, encodedBytes } from '../desk/along.ts';
import { clientLine } from '../desk/clients/client.ts';
import { shortMoment } from '../desk/deadline-words.ts';
import { defused, footerOf, leadOf } from '../desk/footer.ts';
import { lossesOf } from '../desk/losses.ts';
import type { Operator } from '../desk/operators.ts';
import { requestLines } from '../desk/request/request-lines.ts';
import { coverer, coverSecrets } from '../desk/secrets.ts';
import { type FileFacts, ticketLines } from '../desk/ticket-lines.ts';
import type { Language } from '../desk/tickets.ts';
import { cutToTell, TOLD } from '../desk/told-text.ts';
import { unansweredLine } from '../desk/unanswered.ts';
import { writerWords } from '../desk/unnamed.ts';
import { dateOf, dayAt, zoneOf } from '../desk/zone.ts';
import { identity } from '../mail/address.ts';
import type { SentFile } from '../store/outbox-queue.ts';
import type { Tables } from '../store/schema.ts';
import type { Spool } from '../store/spool.ts';
import { entryToTell, saidOn } from '../store/told.ts';
import { ticketNumber } from '../thread/damm.ts';
import { tagged } from '../thread/tags.ts';
import type { Attached, ReadMaterial } from './compose.ts';
import type { Templates } from './templates.ts';

export interface NotificationDeps {
  readonly db: Kysely<Tables>;
  readonly spool: Pick<Spool, 'get'>;
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Files of a letter that go along with it, together, in bytes as they are encoded. */
  readonly attachBytes: number;
  readonly cure: Templates['cure'];
  readonly operators: () => readonly Operator[];
}

type Told = NonNullable<Awaited<ReturnType<typeof entryToTell>>>;

/** Reads a notification. Rejects where its entry is gone or the database is in trouble. */
export function notificationReader(deps: NotificationDeps): ReadMaterial {
  return async (letter, extent) => {
    const to = identity(letter.model.to.address) ?? letter.model.to.address;
    const telling = { outbox: letter.id, form: letter.form, to };
    const told = await entryToTell(deps.db, letter.ticket ?? 0, letter.entry ?? 0, telling);
    if (!told) throw new Error('the entry that this letter tells of is not there any more');
    const { ticket, entry } = told;
    const { language } = letter.model;
    const today = dateOf(dayAt(deps.now(), zoneOf(deps.timeZone)));
    const room = extent === 'whole' ? deps.attachBytes : 0;
    const reply = cutToTell(entry.reply);
    const quoted = cutToTell(entry.quoted, TOLD.characters - reply.shown.length);
    const long = reply.cut || quoted.cut;
    const whole = long && room > 0 ? await wholeText(told, room) : null;
    const attach = along(sendable(told), room - (whole === null ? 0 : encodedBytes(whole.content.length)));
    const notes = notesIn(told);
    const said = coverSecrets(reply.shown);
    const history = coverSecrets(quoted.shown);
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
          beside: besideOf(told),
          copied: told.copied,
          request: requestLines(ticket, language),
          proof: letter.form === 'letter' ? entry.proof : null,
          unanswered: letter.form === 'letter' ? unansweredLine(told.silence, language) : null,
          files: filesOf(told, new Set(attach.map(({ id }) => id)), deps.cure, language),
          losses: lossesOf(told.defects, language),
          tooLong: long ? { file: whole?.filename ?? null } : null,
          covered: said.covered || history.covered || notes.some(({ covered }) => covered),
          oversize: entry.letter_id === null ? null : (deps.spool.get(entry.letter_id)?.oversize ?? null),
          before: told.before.map(({ at, kind, author, author_name, reply: text }) => ({
            at,
            kind,
            name: writerWords(author_name, author, language),
            text: coverSecrets(text.slice(0, BEFORE_CHARS)).text,
          })),
        },
        language,
        deps.timeZone,
      ).map(defused),
      language,
    );
    // a client sets the name above what it quotes
    const writer = writerWords(entry.author_name, entry.author, language).replace(/^[\s#＃﹟♯№]+/u, '');
    return {
      values: {
        subject: tagged(coverSecrets(ticket.subject).text, ticket.number),
        writer,
        access: letter.form === 'access' ? await accessOf(deps, ticket.id) : [],
        had: told.had,
        notes: notes.map(({ name, text }) => ({ writer: defused(name), text: defused(text) })),
        lead: leadOf(ticket.number, language),
        resolved: ticket.state === 'resolved',
        said: defused(said.text.trim()),
        history: defused(history.text.trim()),
        footer: footer.join('\n'),
      },
      ...(writer === '' ? {} : { from: writer }),
      attach: attach.map(({ letter_id, path, filename }): SentFile => ({ letter: letter_id, path, filename })),
      ...(whole === null ? {} : { made: [whole] }),
    };
  };
}

/** Letters whose access data are shown: later ones correct what stood in those before. */
const WITH_ACCESS = 3;

/** The newest entries in which something is covered, as they were written. */
async function accessOf({ db, timeZone }: NotificationDeps, ticket: number) {
  const found = (await saidOn(db, ticket)).filter(({ text }) => coverSecrets(text).covered).slice(0, WITH_ACCESS);
  return found.map(({ author, author_name, at, text }) => ({
    writer: defused(author_name || author),
    at: shortMoment(at, timeZone),
    text: defused(cutToTell(text, NOTE_CHARS).shown.trim()),
  }));
}

/** What was noted for the desk: who wrote it, and the words as they are told. */
function notesIn({ notes }: Told) {
  return notes.map(({ author, author_name, reply }) => {
    const { text, covered } = coverSecrets(cutToTell(reply, NOTE_CHARS).shown);
    return { name: author_name || author, text: text.trim(), covered };
  });
}

/** Characters of one note that are told; `show` has all of it. */
const NOTE_CHARS = 10_000;
/** One line of an earlier entry is told, so that its beginning is enough to look at. */
const BEFORE_CHARS = 2_000;
/** Lines that are covered before others get their turn: some milliseconds of work. */
const LINES_AT_ONCE = 5_000;

/** The words of an entry as a file, its secrets covered and no line of it like one of the desk's; null where it does not fit. */
async function wholeText({ ticket, entry }: Told, bytes: number): Promise<Attached | null> {
  const lines = [entry.reply, entry.quoted]
    .filter((text) => text !== '')
    .join('\n\n')
    .split('\n');
  const cover = coverer();
  const done: string[] = [];
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    if (from > 0) await setImmediate();
    for (const line of lines.slice(from, from + LINES_AT_ONCE)) done.push(defused(cover(line)));
  }
  const content = Buffer.from(done.join('\r\n'), 'utf8');
  if (encodedBytes(content.length) > bytes) return null;
  return { filename: `letter-${ticket.number}.txt`, contentType: 'text/plain; charset=utf-8', content };
}

/** The customer's other tickets, the one that this one may go on with apart. */
function besideOf({ beside: { open, follows }, ticket }: Told) {
  const shown = ({ number, subject }: { readonly number: string; readonly subject: string }) => ({
    number,
    subject: coverSecrets(subject).text,
  });
  return {
    // a letter that names a ticket is told of as one that does
    follows: follows === null || follows.id === ticket.related_to ? null : shown(follows),
    open: open.filter(({ id }) => id !== follows?.id && id !== ticket.related_to).map(shown),
  };
}

const nameOf = (assignee: string | null, operators: readonly Operator[]): string | null =>
  operators.find(({ identity }) => identity === assignee)?.name ?? assignee;

const sendable = ({ files }: Told) => files.map((file) => ({ ...file, inlined: file.inlined === 1 }));

function filesOf(
  told: Told,
  sent: ReadonlySet<number>,
  cure: NotificationDeps['cure'],
  language: Language,
): readonly FileFacts[] {
  return (
    sendable(told)
      // what mail programs add by themselves is nobody's file
      .filter(({ inlined, verdict }) => !inlined || verdict === 'accepted')
      .map(({ id, filename, size, verdict, reason, inlined }) => {
        const fate = inlined ? 'looks' : sent.has(id) ? 'along' : 'left-out';
        const refused = () => ({ refused: cure(reason ?? 'other', language) });
        return { name: filename, bytes: size, fate: verdict === 'accepted' ? fate : refused() };
      })
  );
}

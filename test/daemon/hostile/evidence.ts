// What became of each hostile letter: its row, its entry, the letters that left because of it, the lines of the log that
// name it. In: a running daemon and the bytes that were put into its mailbox; out: the evidence that a verdict needs.

import type { Kysely } from 'kysely';
import { decode } from '../../../src/decode/decode.ts';
import type { Message } from '../../../src/mail/message.ts';
import type { Tables } from '../../../src/store/schema.ts';
import type { Store } from '../../../src/store/store.ts';
import { until } from '../../support/condition.ts';
import type { DaemonProcess, LogLine, PostRoom } from '../../support/daemon.ts';
import { isLeaving } from '../../support/leaving.ts';
import type { Caught, SmtpSink } from '../../support/smtp-sink.ts';
import type { HostileDesk, HostileLetter } from './manifest.ts';

export type Row = Tables['letters'];

/** The seeded tickets with their participants, and every suspended address. */
export interface DeskState {
  readonly tickets: readonly {
    readonly id: number;
    readonly state: string;
    readonly participants: readonly string[];
  }[];
  readonly suspended: readonly string[];
}

/** Everything there is to know of one letter after the run. */
export interface Evidence {
  readonly letter: HostileLetter;
  readonly message: Message;
  readonly given: Buffer;
  /** Rows of letters with these bytes, and what the spool holds of the first. */
  readonly rows: readonly Row[];
  readonly kept: Uint8Array | null;
  readonly entries: readonly { readonly ticket: number; readonly kind: string; readonly authorName: string }[];
  readonly files: readonly { readonly filename: string; readonly verdict: string }[];
  /** Letters that left because of this one: to people outside, and to operators. */
  readonly answers: readonly Caught[];
  readonly toDesk: readonly Caught[];
  readonly lines: readonly LogLine[];
  readonly desk: HostileDesk;
  readonly before: DeskState;
  readonly after: DeskState;
  /** Resident memory that the daemon grew by at its highest, bytes. */
  readonly grown: number;
  /** The longest the daemon said nothing while there was work, ms. */
  readonly pause: number;
}

export interface Run {
  readonly evidence: ReadonlyMap<string, Evidence>;
  /** Letters that left and that no row of the outbox accounts for. */
  readonly unaccounted: readonly Caught[];
}

/** Bytes as they come out of an IMAP server: every line has CRLF, and a NUL, which no literal may hold, is 0x80. */
export const wire = (raw: Uint8Array): string =>
  Buffer.from(raw).toString('latin1').replaceAll('\r\n', '\n').replaceAll('\0', '\x80');

/** Waits until `count` letters have a disposition and everything that was to leave has left. */
export async function settled(room: PostRoom, count: number, ms: number): Promise<void> {
  await room.store(({ db }) =>
    until(
      async () => {
        const dealt = await db.selectFrom('letters').select('id').where('disposition', 'is not', null).execute();
        if (dealt.length < count) return false;
        return !(await isLeaving(db));
      },
      ms,
      `${count} letters are dealt with and answered`,
    ),
  );
}

/** The desk as it is now, of the tickets that were seeded. */
export async function deskState(db: Kysely<Tables>, ids: readonly number[]): Promise<DeskState> {
  const rows = await db.selectFrom('tickets').select(['id', 'state']).where('id', 'in', ids).orderBy('id').execute();
  const people = await db.selectFrom('participants').select(['ticket_id', 'address']).orderBy('address').execute();
  const suspended = await db.selectFrom('suspensions').select('address').orderBy('address').execute();
  return {
    tickets: rows.map(({ id, state }) => ({
      id,
      state,
      participants: people.filter((one) => one.ticket_id === id).map((one) => one.address),
    })),
    suspended: suspended.map((row) => row.address),
  };
}

export interface Given {
  readonly letter: HostileLetter;
  readonly bytes: Buffer;
}

/** Gathers the evidence on every letter that was given. */
export function gather(
  store: Store,
  given: readonly Given[],
  {
    daemon,
    sink,
    ...known
  }: Pick<Evidence, 'desk' | 'before' | 'after' | 'grown'> & {
    readonly daemon: DaemonProcess;
    readonly sink: SmtpSink;
  },
): Promise<Run> {
  const pause = longestPause(daemon.log);
  return evidenceOf(store, given, sink, daemon.log, { ...known, pause });
}

async function evidenceOf(
  { db, spool }: Store,
  given: readonly Given[],
  sink: SmtpSink,
  log: readonly LogLine[],
  known: Pick<Evidence, 'desk' | 'before' | 'after' | 'grown' | 'pause'>,
): Promise<Run> {
  const rows = await db.selectFrom('letters').selectAll().orderBy('id').execute();
  const entries = await db.selectFrom('entries').select(['letter_id', 'ticket_id', 'kind', 'author_name']).execute();
  const files = await db.selectFrom('attachments').select(['letter_id', 'filename', 'verdict']).execute();
  const outbox = await db.selectFrom('outbox').select(['letter_id', 'message_id']).execute();
  const byBytes = Map.groupBy(rows, (row) => wire(spool.raw(row.id) ?? Buffer.alloc(0)));
  const caught = new Map(sink.letters.map((letter) => [decode(letter.raw).messageId, letter]));
  const isForDesk = ({ to }: Caught) => to.every((address) => known.desk.operators.includes(address));
  const evidence = given.map(({ letter, bytes }): Evidence => {
    const own = byBytes.get(wire(bytes)) ?? [];
    const ids = new Set<number | null>(own.map((row) => row.id));
    const left = outbox.flatMap((row) => (ids.has(row.letter_id) ? (caught.get(row.message_id) ?? []) : []));
    return {
      ...known,
      letter,
      message: decode(bytes),
      given: bytes,
      rows: own,
      kept: own[0] ? spool.raw(own[0].id) : null,
      entries: entries
        .filter((one) => ids.has(one.letter_id))
        .map((one) => ({ ticket: one.ticket_id, kind: one.kind, authorName: one.author_name })),
      files: files.filter((one) => ids.has(one.letter_id)),
      answers: left.filter((one) => !isForDesk(one)),
      toDesk: left.filter(isForDesk),
      lines: log.filter((line) => typeof line.letter === 'number' && ids.has(line.letter)),
    };
  });
  const accounted = new Set(outbox.map((row) => row.message_id));
  return {
    evidence: new Map(evidence.map((one) => [one.letter.id, one])),
    unaccounted: [...caught].filter(([id]) => id === null || !accounted.has(id)).map(([, letter]) => letter),
  };
}

function longestPause(log: readonly LogLine[]): number {
  const times = log.filter((line) => line.letter !== undefined).map((line) => Date.parse(String(line.time)));
  return times.reduce((longest, at, i) => Math.max(longest, i === 0 ? 0 : at - times[i - 1]!), 0);
}

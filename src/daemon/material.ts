// What a letter of the outbox says that is read from the store when it is sent: by its kind the values of its template, and
// the files that go along, decoded and judged again from the letter they came with. A file that is not accepted goes nowhere.

import type { Config } from '../config/schema.ts';
import type { Operator } from '../desk/operators.ts';
import type { OutgoingKind } from '../desk/outgoing.ts';
import type { Timetable } from '../desk/timetable.ts';
import { filesOf, type LetterFile } from '../ingest/letter-files.ts';
import type { Reading } from '../ingest/prepare.ts';
import { announcementReader } from '../outbox/announcement.ts';
import { answerReader } from '../outbox/answer.ts';
import type { Attached, Extent, Material, ReadMaterial } from '../outbox/compose.ts';
import { digestReader } from '../outbox/digest.ts';
import { notificationReader } from '../outbox/notification.ts';
import { questionReader } from '../outbox/question.ts';
import { reportReader } from '../outbox/report.ts';
import type { Templates } from '../outbox/templates.ts';
import { warningReader } from '../outbox/warning.ts';
import { noticesAt } from '../store/notices.ts';
import type { OutgoingLetter } from '../store/outbox.ts';
import type { SentFile } from '../store/outbox-queue.ts';
import type { Spool } from '../store/spool.ts';
import type { Store } from '../store/store.ts';

/** Kinds that say more than what was written with them. */
export type Readers = { readonly [kind in OutgoingKind]?: ReadMaterial };

/** What the letters of a desk are read from. */
export interface ReadersDeps {
  readonly store: Pick<Store, 'db' | 'spool'>;
  readonly config: Config;
  readonly operators: () => readonly Operator[];
  readonly timetable: () => Timetable;
  readonly now: () => number;
  readonly templates: Pick<Templates, 'cure'>;
  /** The link by which the work on a ticket is rated; null where there are none. */
  readonly ratingLink: (ticket: number) => string | null;
}

const MB = 1024 * 1024;

/** The table by kind. */
export function readersOf({ store, config, operators, timetable, now, templates, ratingLink }: ReadersDeps): Readers {
  const toOperators = {
    ...store,
    timeZone: config.desk.timeZone,
    attachBytes: config.notifications.attachMegabytes * MB,
    cure: templates.cure,
    operators,
    now,
  };
  return {
    answer: withRating(answerReader(store.db), ratingLink),
    acknowledgement: async ({ model }) => ({ values: { notices: await noticesAt(store.db, now(), model.language) } }),
    announcement: announcementReader(store.db),
    digest: digestReader(toOperators),
    notification: notificationReader(toOperators),
    question: questionReader(toOperators),
    report: reportReader({ ...toOperators, desk: config.desk.name, address: config.desk.address, timetable }),
    warning: warningReader(toOperators),
  };
}

/** An answer that asks for a rating names the page for it. */
function withRating(read: ReadMaterial, ratingLink: ReadersDeps['ratingLink']): ReadMaterial {
  return async (letter, extent) => {
    const { values, ...rest } = await read(letter, extent);
    return { ...rest, values: { ...values, rate: letter.ticket === null ? null : ratingLink(letter.ticket) } };
  };
}

export type MaterialReader = (letter: OutgoingLetter, extent?: Extent) => Promise<Material>;

export interface MaterialDeps {
  readonly spool: Pick<Spool, 'raw'>;
  readonly judge: Reading['judge'];
  readonly readers: Readers;
}

/**
 * Reads material for the outbox. Files that can no longer be had are named in the value `gone`; of an answer none may be
 * missing, so that it rejects then, and waits like any letter that can't be composed.
 */
export function materialOf({ spool, judge, readers }: MaterialDeps): MaterialReader {
  return async (letter, extent = 'whole') => {
    const {
      values,
      attach = [],
      made = [],
      ...rest
    } = (await readers[letter.kind]?.(letter, extent)) ?? { values: {} };
    const wanted = [...(letter.model.attach ?? []), ...attach];
    const found = await filesFor(wanted, async (id) => {
      const raw = spool.raw(id);
      return raw ? filesOf(raw, judge) : [];
    });
    const gone = wanted.filter((_, i) => found[i] === null).map(({ filename }) => filename);
    if (letter.kind === 'answer' && gone.length > 0) throw new Error(`not there any more: ${gone.join(', ')}`);
    return { ...rest, values: { gone, ...values }, attachments: [...found.filter((file) => file !== null), ...made] };
  };
}

/** One answer a wanted file, in order; each letter is read once. */
async function filesFor(
  wanted: readonly SentFile[],
  read: (letter: number) => Promise<readonly LetterFile[]>,
): Promise<readonly (Attached | null)[]> {
  const letters = new Map<number, readonly LetterFile[]>();
  for (const { letter } of wanted) if (!letters.has(letter)) letters.set(letter, await read(letter));
  return wanted.map(({ letter, path, filename }) => {
    const file = letters.get(letter)?.find(({ verdict }) => verdict.path === path && verdict.verdict === 'accepted');
    return file ? { filename, contentType: contentTypeOf(file), content: file.bytes } : null;
  });
}

/** By content, never as the stranger called it. */
const contentTypeOf = ({ verdict: { type } }: LetterFile): string => TYPES[type ?? ''] ?? 'application/octet-stream';

const TYPES: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  gif: 'image/gif',
  png: 'image/png',
  bmp: 'image/bmp',
  zip: 'application/zip',
  rar: 'application/vnd.rar',
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

// npm run bench:thread: what it costs to find the ticket that a letter names, over a store of 200,000 tickets and over one of
// 200, in turns; the median of each and their ratio. Arguments: tickets (200000), letters (1000) and turns (9).
// A look-up that grows with the store would make the desk slower every year; the bar is a ratio of 1.3.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { decode } from '../src/decode/decode.ts';
import { identity } from '../src/mail/address.ts';
import type { Message } from '../src/mail/message.ts';
import { lookUpThread } from '../src/store/lookup.ts';
import { openFile } from '../src/store/sqlite.ts';
import { DESK_FILE, openStore, type Store } from '../src/store/store.ts';
import { chooseThread } from '../src/thread/choose.ts';
import { sequenceOf, ticketNumber } from '../src/thread/damm.ts';
import { type Marks, threadKeys } from '../src/thread/keys.ts';
import { makeOwnId } from '../src/thread/own-id.ts';

const SMALL = 200;
const FIRST = 1000;
const MESSAGES = 3;
/** Letters in one commit, as the daemon takes them. */
const BATCH = 50;

const large = Number(process.argv[2] ?? 200_000);
const count = Number(process.argv[3] ?? 1000);
const turns = Number(process.argv[4] ?? 9);

const MARKS: Marks = {
  keys: { current: 'a key of the bench', believed: ['a key of the bench'] },
  address: 'support@desk.example',
  messageIdHost: 'kvitok.desk.example',
};

const writerOf = (ticket: number) => `person${ticket % 50_000}@client${ticket % 977}.example`;
/** Spread over the alphabet, as the ids of mailers are. */
const scattered = (n: number) => Math.imul(n + 1, 0x9e3779b1) >>> 0;
const theirId = (ticket: number, n: number) =>
  `${scattered(ticket * MESSAGES + n).toString(36)}.${ticket}.${n}@client${ticket % 977}.example`;
const ourId = (ticket: number) =>
  makeOwnId(MARKS.keys, MARKS.messageIdHost, 'ack', ticketNumber(ticket), `random${scattered(ticket)}`);

/** Tickets as a desk has them after years: people, letters of theirs and of ours. */
function seed(file: Database.Database, tickets: number): void {
  const insert = (table: string, columns: string) =>
    file.prepare(
      `insert into ${table} (${columns}) values (${columns
        .split(',')
        .map(() => '?')
        .join(',')})`,
    );
  const ticket = insert(
    'tickets',
    'id,number,state,subject,requester,requester_name,language,opened_at,state_since,changed_at',
  );
  const participant = insert('participants', 'ticket_id,address,name,because,since');
  const messageId = insert('message_ids', 'message_id,ticket_id,ours');
  file.pragma('synchronous = OFF');
  file.transaction(() => {
    for (let id = FIRST; id < FIRST + tickets; id++) {
      const state = id % 10 === 0 ? 'open' : 'resolved';
      ticket.run(id, ticketNumber(id), state, 'Не открывается корзина', writerOf(id), 'Иван', 'ru', id, id, id);
      participant.run(id, writerOf(id), 'Иван', 'requester', id);
      participant.run(id, `colleague${id}@client${id % 977}.example`, '', 'copied', id);
      messageId.run(ourId(id), id, 1);
      for (let n = 0; n < MESSAGES; n++) messageId.run(theirId(id, n), id, 0);
    }
  })();
}

/** Letters that name a ticket each, other ones every turn: by tag, by our Message-ID, by one of theirs. */
function letters(tickets: number, turn: number): readonly Message[] {
  return Array.from({ length: count }, (_, i) => {
    const ticket = FIRST + (scattered(turn * count + i) % tickets);
    const named = [
      { subject: `Re: [#${ticketNumber(ticket)}] Не открывается`, references: '' },
      { subject: 'Re: Не открывается', references: `<${theirId(ticket, 0)}> <${ourId(ticket)}>` },
      { subject: 'Re: Не открывается', references: `<${theirId(ticket, 1)}> <${theirId(ticket, 2)}>` },
    ][i % 3]!;
    const lines = [
      `From: ${writerOf(ticket)}`,
      `To: ${MARKS.address}`,
      `Subject: ${named.subject}`,
      `Message-ID: <bench-${i}@client.example>`,
      ...(named.references ? [`References: ${named.references}`] : []),
      '',
      'Здравствуйте!',
    ];
    return decode(Buffer.from(lines.join('\r\n')));
  });
}

/** Microseconds a letter; throws where one does not find its ticket, for that race would be won by leaving the road. */
async function turn({ db }: Store, load: readonly Message[]): Promise<number> {
  const started = performance.now();
  for (let from = 0; from < load.length; from += BATCH) {
    await db.transaction().execute(async (trx) => {
      for (const message of load.slice(from, from + BATCH)) {
        const keys = threadKeys({ message, envelope: { from: null, to: [] }, bounced: null }, MARKS);
        const writer = {
          machine: false,
          identity: identity(message.author?.address ?? ''),
          company: new Set<string>(),
        };
        const match = chooseThread(keys, await lookUpThread(trx, keys), writer);
        if (match?.entitled == null) throw new Error(`${message.messageId} found no ticket`);
        if (sequenceOf(match.ticket.number) !== match.ticket.id) throw new Error('a ticket with the wrong number');
      }
    });
  }
  return ((performance.now() - started) * 1000) / load.length;
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function storeOf(dir: string, tickets: number): Promise<Store> {
  const store = await openStore(dir);
  await store.close();
  const file = openFile(path.join(dir, DESK_FILE));
  seed(file, tickets);
  file.close();
  return openStore(dir);
}

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-bench-'));
try {
  const few = { store: await storeOf(path.join(dir, 'small'), SMALL), tickets: SMALL, costs: [] as number[] };
  const many = { store: await storeOf(path.join(dir, 'large'), large), tickets: large, costs: [] as number[] };
  // warm, as a daemon that has run for a minute
  const warmUp = 3;
  for (let i = 0; i < warmUp + turns; i++) {
    for (const { store, tickets, costs } of [few, many]) {
      const cost = await turn(store, letters(tickets, i));
      if (i >= warmUp) costs.push(cost);
    }
  }
  const [a, b] = [median(few.costs), median(many.costs)];
  console.log(`${count} letters, ${turns} turns, microseconds a letter (median)`);
  console.log(`over ${SMALL} tickets: ${a.toFixed(0)}`);
  console.log(`over ${large} tickets: ${b.toFixed(0)}`);
  console.log(`ratio: ${(b / a).toFixed(2)} (bar 1.3)`);
  for (const { store } of [few, many]) await store.close();
  if (b / a > 1.3) process.exitCode = 1;
} finally {
  fs.rmSync(dir, { recursive: true, force: true });
}

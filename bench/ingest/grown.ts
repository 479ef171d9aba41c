// A data folder in which a desk has worked for years: so many tickets, each with an entry, its words in the index, its
// participants, Message-IDs and the acknowledgement that was sent. Written in a few statements, for it is no part of the race.

import { join } from 'node:path';
import Database from 'better-sqlite3';
import { stemsOf } from '../../src/store/stems.ts';
import { DESK_FILE, openStore } from '../../src/store/store.ts';
import { chance, SENTENCES } from '../words.ts';

/** Makes the folder. */
export async function growStore(dir: string, tickets: number, seed: number): Promise<void> {
  await (await openStore(dir)).close();
  const file = new Database(join(dir, DESK_FILE));
  const random = chance(seed);
  file.function('text', { deterministic: false }, () => texts(random).join(' '));
  file.function('stems', (text) => stemsOf(String(text)).join(' '));
  file.pragma('synchronous = OFF');
  file.transaction(() => {
    for (const statement of statements(tickets)) file.exec(statement);
  })();
  file.close();
  const grown = await openStore(dir);
  await grown.close();
}

const texts = (random: () => number) =>
  Array.from({ length: 6 }, () => SENTENCES[Math.floor(random() * SENTENCES.length)] ?? '');

const A_YEAR_AGO = Date.UTC(2025, 10, 1);

const statements = (tickets: number): readonly string[] => [
  `create temp table n as with recursive n (i) as (select 1000 union all select i + 1 from n where i < ${999 + tickets}) select i from n`,
  `insert into letters (id, digest, message_id, received_at, attempts, disposition, because, ticket_id, author, subject, kind, rule, path, dealt_at)
   select i, lower(hex(randomblob(32))), 'old.' || i || '@shop.example', ${A_YEAR_AGO} + i, 1, 'opened', 'new', i,
     'old' || i || '@shop' || (i % 9000) || '.example', 'Вопрос ' || i, 'human', 'person', '[]', ${A_YEAR_AGO} + i from n`,
  `insert into tickets (id, number, state, subject, requester, requester_name, language, opened_at, state_since, changed_at)
   select i, i || 'x', 'resolved', 'Вопрос ' || i, 'old' || i || '@shop' || (i % 9000) || '.example', 'Иван', 'ru',
     ${A_YEAR_AGO} + i, ${A_YEAR_AGO} + i, ${A_YEAR_AGO} + i from n`,
  `insert into entries (ticket_id, letter_id, kind, author, author_name, at, subject, reply, quoted, proof)
   select i, i, 'customer', 'old' || i || '@shop' || (i % 9000) || '.example', 'Иван', ${A_YEAR_AGO} + i, 'Вопрос ' || i, text(), '', 'none' from n`,
  `insert into entry_search (rowid, stems) select id, stems(reply) from entries`,
  `insert into participants (ticket_id, address, name, because, since)
   select i, 'old' || i || '@shop' || (i % 9000) || '.example', 'Иван', 'requester', ${A_YEAR_AGO} + i from n`,
  `insert into message_ids (message_id, ticket_id, ours) select 'old.' || i || '@shop.example', i, 0 from n`,
  `insert into message_ids (message_id, ticket_id, ours) select 'ack.' || i || '@kvitok.desk.example', i, 1 from n`,
  `insert into outbox (dedup_key, message_id, kind, form, ticket_id, letter_id, recipient, recipient_domain, model, state, not_before, created_at, settled_at)
   select 'acknowledgement:' || i, 'ack.' || i || '@kvitok.desk.example', 'acknowledgement', 'full', i, i,
     'old' || i || '@shop' || (i % 9000) || '.example', 'shop' || (i % 9000) || '.example', '{}', 'sent',
     ${A_YEAR_AGO} + i, ${A_YEAR_AGO} + i, ${A_YEAR_AGO} + i from n`,
];

// Whatever table the desk has: after a person was forgotten no column of any of them names that person. A table that this
// test does not know fails it, so that nobody adds one and forgets the forgetting.

import { expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { feedAnnouncements } from '../../src/clocks/announcements.ts';
import { recordEvent } from '../../src/store/events.ts';
import { forget } from '../../src/store/forget.ts';
import { queueLetter } from '../../src/store/outbox-queue.ts';
import type { Store } from '../../src/store/store.ts';
import { withDesk } from '../support/desk.ts';

const IVAN = 'ivan@client.example';
const NOW = Date.parse('2026-11-25T12:00:00+03:00');
const MODEL = { language: 'ru', inReplyTo: null, references: [], replyTo: null } as const;

/** Tables that hold nothing about customers, and why. A new table comes here only if that is true. */
const NOBODY: Readonly<Record<string, string>> = {
  settings: 'keys of kvitok itself',
  clocks: 'instants of entries',
  client_domains: 'domains of companies',
  alarms: 'mailboxes and causes',
  announcements: 'what the desk wrote to all',
  notices: 'sentences of the desk',
  filings: 'numbers of letters and mailboxes of the desk',
};

/** Ivan everywhere: his letter with a file, his place in the register, in histories, and in letters to others. */
async function ivanEverywhere({ db }: Store): Promise<void> {
  await db
    .insertInto('clients')
    .values({ id: 7, key: 'zhivago', name: 'Ivan Zhivago', category: 'partner', changed_at: 0 })
    .execute();
  await db.insertInto('client_addresses').values({ address: IVAN, client_id: 7 }).execute();
  await db
    .insertInto('announcements')
    .values({ id: 3, created_at: 0, audience: 'all', optional: 1, texts: '{}', skipped: '{}' })
    .execute();
  await db
    .insertInto('announcement_recipients')
    .values({ announcement_id: 3, address: IVAN, language: 'ru' })
    .execute();
  await db.insertInto('unsubscribed').values({ address: IVAN, since: 0 }).execute();
  await db.updateTable('tickets').set({ client_id: 7, site: 'https://zhivago.example', level_because: IVAN }).execute();
  await db
    .insertInto('suspensions')
    .values({ address: IVAN, because: `550 ${IVAN} unknown`, since: 0 })
    .execute();
  await db
    .insertInto('suspensions')
    .values({ address: 'olga@other.example', because: `in a report on ${IVAN}`, since: 0 })
    .execute();
  for (const [was, became] of [
    [null, IVAN],
    [`${IVAN} (Ivan)`, null],
  ] as const)
    await recordEvent(
      db,
      1000,
      { kind: 'participant', by: 'anna@desk.example', was, became, because: `#cc ${IVAN}` },
      0,
    );
  const queue = (key: string, ticket: number | null, letter: number | null, text: string) =>
    queueLetter(db, {
      dedupKey: key,
      messageId: `${key}@kvitok.desk.example`,
      kind: 'notification',
      form: 'letter',
      ticket,
      letter,
      entry: null,
      recipient: 'anna@desk.example',
      model: { ...MODEL, to: { name: 'Anna', address: 'anna@desk.example' }, values: { text } },
      now: 0,
    });
  await queue('by-ticket', 1000, null, 'Zhivago asks for his zebrafish');
  await queue('by-letter', null, 1, 'Zhivago asks for his zebrafish');
  await queue('by-name', null, null, `something about ${IVAN}`);
  await feedAnnouncements({ db, perMinute: 1, messageIdFor: () => 'announcement@kvitok.desk.example' }, 0);
}

/** Every value of every column, by table; what SQLite, the migrator and the full-text index keep for themselves is left out. */
async function contents({ db }: Store): Promise<ReadonlyMap<string, string>> {
  const tables = await sql<{ name: string }>`select name from sqlite_master where type = 'table'
    and name not like 'sqlite_%' and name not like 'kysely_%' and name not like 'entry_search%'`.execute(db);
  const found = new Map<string, string>();
  for (const { name } of tables.rows) {
    const { rows } = await sql`select * from ${sql.table(name)}`.execute(db);
    found.set(name, JSON.stringify(rows));
  }
  return found;
}

const HIS = /ivan@client\.example|zhivago|zebrafish/i;
const naming = (tables: ReadonlyMap<string, string>) =>
  [...tables].filter(([, rows]) => HIS.test(rows)).map(([name]) => name);

test('no table of the desk names a person who was forgotten', () =>
  withDesk(async ({ hand, workOff, store }) => {
    await hand({
      from: `Ivan Zhivago <${IVAN}>`,
      messageId: IVAN,
      subject: 'Zebrafish order',
      text: 'My zebrafish did not arrive.\n',
      parts: [{ contentType: 'text/plain', content: Buffer.from('zebrafish'), filename: 'zhivago.txt' }],
    });
    await workOff();
    await ivanEverywhere(store);
    const before = await contents(store);
    const known = naming(before);
    // the test would prove nothing about a table that held nothing of his
    expect([...before.keys()].filter((name) => !known.includes(name) && !(name in NOBODY))).toEqual([]);
    expect(known.filter((name) => name in NOBODY)).toEqual([]);
    await forget(store, { address: IVAN, also: [] }, 'erased on request', NOW);
    expect(naming(await contents(store))).toEqual([]);
    // what is only about others is left: Anna's letter, with another name in the place of his
    expect((await contents(store)).get('outbox')).toContain('something about erased@erased.invalid');
  }));

test('of a letter of somebody else that went to a forgotten person as well, only the others are named', () =>
  withDesk(async ({ hand, workOff, store }) => {
    await hand({
      from: 'Olga <olga@other.example>',
      messageId: 'o@other.example',
      cc: `"Ivan Zhivago" <Ivan@Client.example>, Petr <petr@other.example>`,
    });
    await workOff();
    const copied = async () => (await store.db.selectFrom('entries').select('copied').execute())[0]?.copied;
    expect(await copied()).toContain('Zhivago');
    await forget(store, { address: IVAN, also: [] }, 'erased on request', NOW);
    expect(await copied()).toBe('[{"name":"Petr","address":"petr@other.example"}]');
  }));

test('a company whose other people are clients stays one', () =>
  withDesk(async ({ store }) => {
    const { db } = store;
    await db
      .insertInto('clients')
      .values({ id: 7, key: 'luch', name: 'Luch', category: 'partner', changed_at: 0 })
      .execute();
    await db
      .insertInto('client_addresses')
      .values([
        { address: IVAN, client_id: 7 },
        { address: 'olga@client.example', client_id: 7 },
      ])
      .execute();
    await forget(store, { address: IVAN, also: [] }, 'erased on request', NOW);
    expect(await db.selectFrom('clients').select('name').execute()).toEqual([{ name: 'Luch' }]);
    expect(await db.selectFrom('client_addresses').select('address').execute()).toEqual([
      { address: 'olga@client.example' },
    ]);
  }));

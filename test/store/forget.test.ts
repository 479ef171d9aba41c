// A person asked to be forgotten: what is gone afterwards, what other people keep, and what the desk still knows by number.

import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { forget, type Person, tracesOf } from '../../src/store/forget.ts';
import { searchTickets } from '../../src/store/search.ts';
import { setState } from '../../src/store/set-ticket.ts';
import type { Store } from '../../src/store/store.ts';
import { showTicket } from '../../src/store/tickets.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import type { LetterSketch } from '../support/letter.ts';

const NOW = Date.parse('2026-11-22T12:00:00+03:00');
const WORDS = 'erased on request on 2026-11-22';
const IVAN: Person = { address: 'ivan@client.example', also: [] };
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

/** Ivan's ticket 10008 with a picture, in which Olga, whom he could not know, wrote as well; and Olga's 10019, in which Ivan did. */
async function twoPeople({ hand, workOff, store, clock }: TestDesk): Promise<void> {
  const ivan = 'Ivan Zhivago <Ivan@client.example>';
  const olga = 'Olga Larina <olga@other.example>';
  await hand({
    from: ivan,
    messageId: 'one@client.example',
    subject: 'Zebrafish order',
    text: 'My zebrafish did not arrive.\n',
    parts: [{ contentType: 'image/png', content: PNG, filename: 'zhivago.png' }],
  });
  await workOff();
  await hand({ from: olga, messageId: 'two@other.example', subject: 'Olga asks', text: 'Where is my samovar?\n' });
  await workOff();
  const invited = { because: 'invited', since: 0 };
  await store.db
    .insertInto('participants')
    .values([
      { ticket_id: 1000, address: 'olga@other.example', name: 'Olga Larina', ...invited },
      { ticket_id: 1001, address: 'ivan@client.example', name: 'Ivan Zhivago', ...invited },
    ])
    .execute();
  clock.now += 3_600_000;
  await hand({ from: olga, messageId: 'three@other.example', subject: '[#10008] from Olga', text: 'I know this.\n' });
  await hand({ from: ivan, messageId: 'four@client.example', subject: '[#10019]', text: 'The samovar is mine.\n' });
  await workOff();
  clock.now = NOW;
}

const textOf = async (store: Store, ticket: number) =>
  (await showTicket(store.db, ticket))?.entries.map(({ author, reply }) => `${author}: ${reply.trim()}`);

describe('a person who is forgotten', () => {
  test('is counted first, and counting changes nothing', () =>
    withDesk(async (desk) => {
      await twoPeople(desk);
      const { store } = desk;
      const counted = await tracesOf(store, IVAN);
      expect(counted).toMatchObject({ letters: 2, tickets: 1, shared: 1, attachments: 1, sent: 2, inWork: 0 });
      expect(counted.bytes).toBeGreaterThan(0);
      expect(await tracesOf(store, IVAN)).toEqual(counted);
    }));

  test('leaves a ticket with its number and other people’s letters, and no word of theirs', () =>
    withDesk(async (desk) => {
      await twoPeople(desk);
      const { store } = desk;
      await forget(store, IVAN, WORDS, NOW);
      const shell = await showTicket(store.db, 1000);
      expect(shell?.ticket).toMatchObject({ number: '10008', subject: WORDS, requester: '', requester_name: '' });
      expect(await textOf(store, 1000)).toEqual([`: ${WORDS}`, 'olga@other.example: I know this.']);
      expect(await textOf(store, 1001)).toEqual(['olga@other.example: Where is my samovar?', `: ${WORDS}`]);
      expect(shell?.entries[0]?.attachments).toEqual([]);
      expect(shell?.participants.map(({ address }) => address)).toEqual(['olga@other.example']);
      expect(await searchTickets(store.db, 'zebrafish', 5)).toEqual([]);
      expect(await searchTickets(store.db, 'samovar', 5)).toEqual([1001]);
      expect(store.spool.raw(1)).toBeNull();
      expect(store.spool.raw(2)).not.toBeNull();
      expect(store.spool.removals.of(1)).toEqual({ at: NOW, because: 'erased' });
    }));

  test('is on the disk no more, in no file of the data folder', () =>
    withDesk(async (desk) => {
      await twoPeople(desk);
      const { store } = desk;
      const dir = path.dirname(await fileOf(store));
      const found = () =>
        ['zebrafish', 'Zhivago', 'van@client.example', 'one@client.example'].filter((words) =>
          fs.readdirSync(dir).some((name) => fs.readFileSync(path.join(dir, name)).includes(words)),
        );
      expect(found()).toHaveLength(4);
      await forget(store, IVAN, WORDS, NOW);
      expect(found()).toEqual([]);
    }));

  test('has no letter of ours on its way any more', () =>
    withDesk(async (desk) => {
      await twoPeople(desk);
      const { store } = desk;
      await store.db
        .updateTable('outbox')
        .set({ state: 'sending', lease_owner: 'x' })
        .where('letter_id', '=', 4)
        .execute();
      await forget(store, IVAN, WORDS, NOW);
      const rows = await store.db.selectFrom('outbox').selectAll().orderBy('letter_id').execute();
      expect(rows.map(({ letter_id, state, recipient }) => `${letter_id} ${state} ${recipient}`)).toEqual([
        '1 failed ',
        '4 unknown ',
      ]);
      expect(rows[0]).toMatchObject({ model: '{}', last_error: WORDS, settled_at: NOW });
    }));

  test('may write again: the same old letter is known and opens nothing, a new one opens a ticket', () =>
    withDesk(async (desk) => {
      const old = { messageId: 'old@client.example', text: 'An old question.\n' };
      await desk.hand(old);
      await desk.workOff();
      await forget(desk.store, IVAN, WORDS, NOW);
      desk.clock.now += 1;
      await desk.hand(old);
      await desk.hand({ messageId: 'new@client.example', text: 'A new question.\n' });
      await desk.workOff();
      expect(await desk.fates()).toEqual(['opened', 'duplicate', 'opened']);
    }));

  test('whose ticket waits for the desk leaves a shell that waits for nobody', () =>
    withDesk(async ({ hand, workOff, store }) => {
      await hand({});
      await workOff();
      await setState(store.db, 1000, 'open', 0);
      await forget(store, IVAN, WORDS, NOW);
      expect((await showTicket(store.db, 1000))?.ticket).toMatchObject({ state: 'resolved', state_since: NOW });
    }));

  test('whose ticket an operator answered leaves a shell that is closed, says why, and is due to nobody', () =>
    withDesk(async ({ hand, workOff, store }) => {
      await hand({ text: 'Сайт luch.ru, версия 11.2, редакция Бизнес: не печатает.\n' });
      await workOff();
      const values = { version: '11.2', edition: 'Бизнес', site: 'luch.ru', level_because: 'client Ivan & sons' };
      await store.db.updateTable('tickets').set(values).where('id', '=', 1000).execute();
      const answer = { kind: 'answer', author: 'anna@desk.example', author_name: 'Анна', at: 1, subject: '' };
      await store.db
        .insertInto('entries')
        .values({ ...answer, ticket_id: 1000, letter_id: null, reply: 'Проверьте.', quoted: '', proof: 'pass' })
        .execute();
      await setState(store.db, 1000, 'open', 0);
      await forget(store, IVAN, WORDS, NOW);
      const shell = await showTicket(store.db, 1000);
      const gone = { version: null, edition: null, site: null, level_because: WORDS };
      expect(shell?.ticket).toMatchObject({ state: 'resolved', state_since: NOW, due_at: null, ...gone });
      expect(await textOf(store, 1000)).toEqual([`: ${WORDS}`, 'anna@desk.example: Проверьте.', `admin: ${WORDS}`]);
      expect(shell?.entries.at(-1)?.kind).toBe('note');
      const clocks = await store.db.selectFrom('clocks').select('stopped_at').execute();
      expect(clocks.filter(({ stopped_at }) => stopped_at === null)).toEqual([]);
    }));

  test('whose ticket somebody else wrote in stays open for them', () =>
    withDesk(async (desk) => {
      await twoPeople(desk);
      await forget(desk.store, IVAN, WORDS, NOW);
      const { state, due_at } = (await showTicket(desk.store.db, 1000))!.ticket;
      expect(state).not.toBe('resolved');
      expect(due_at).not.toBeNull();
    }));

  test('leaves no word in any page of the files, not in one that was free or had a row moved out of it before', () =>
    withDesk(async (desk) => {
      const { rows } = await sql<{ file: string }>`select file from pragma_database_list`.execute(desk.store.db);
      const dir = path.dirname(rows[0]!.file);
      const secret = (n: number) => `krokodil${n}sekret`;
      const { store } = desk;
      for (let i = 0; i < 30; i++) {
        const text = `${secret(i)} `.repeat(1 + ((i * 37) % 200));
        await desk.hand({ from: i % 2 ? 'olga@other.example' : 'ivan@client.example', messageId: `${i}@c`, text });
      }
      await desk.workOff();
      // rows that grow leave their old copies behind, as a daemon's work of weeks does
      for (let i = 0; i < 10; i++) {
        const entries = await store.db.selectFrom('entries').select(['id', 'reply']).execute();
        for (const { id, reply } of entries)
          await store.db
            .updateTable('entries')
            .set({ reply: i % 2 ? reply.slice(0, -40) : `${reply}${' '.repeat(40)}` })
            .where('id', '=', id)
            .execute();
      }
      await forget(store, IVAN, WORDS, NOW);
      await forget(store, { address: 'olga@other.example', also: [] }, WORDS, NOW);
      const files = fs.readdirSync(dir).filter((name) => /\.db/.test(name));
      expect(files).toEqual(expect.arrayContaining(['kvitok.db', 'spool.db']));
      for (const name of files)
        expect({
          name,
          found: /krokodil|Ivan Petrov/.exec(fs.readFileSync(path.join(dir, name), 'latin1'))?.[0],
        }).toEqual({ name });
    }));

  test.each<[string, LetterSketch]>([
    ['by its field', { headers: [['Auto-Submitted', 'auto-replied']], text: 'Ivan is at the sea.\n' }],
    ['by its words alone', { text: 'This is an automatic answer: Ivan and I are out of the office.\n' }],
  ])('takes robots’ mail about them along, known %s: the notice in their ticket names them', (_how, notice) =>
    withDesk(async ({ hand, workOff, store }) => {
      await hand({});
      await workOff();
      await hand({ ...notice, subject: 'Re: [#10008]', messageId: '2@c', from: 'oleg@client.example' });
      await workOff();
      await store.db.updateTable('letters').set({ ticket_id: 1000 }).where('id', '=', 2).execute();
      await forget(store, IVAN, WORDS, NOW);
      expect(store.spool.raw(2)).toBeNull();
    }),
  );

  test('whose letter is still in work is told to come back, and the letter is left whole', () =>
    withDesk(async ({ hand, workOff, store }) => {
      await hand({ messageId: '1@c' });
      await workOff();
      await hand({ messageId: '2@c', text: 'Just now.\n' });
      expect(await tracesOf(store, IVAN)).toMatchObject({ letters: 1, inWork: 1 });
      await forget(store, IVAN, WORDS, NOW);
      expect(store.spool.get(2)?.envelope.from).toBe('ivan@client.example');
      await workOff();
      expect(await tracesOf(store, IVAN)).toMatchObject({ letters: 1, inWork: 0 });
    }));

  test('a second time is nobody any more', () =>
    withDesk(async (desk) => {
      await twoPeople(desk);
      await forget(desk.store, IVAN, WORDS, NOW);
      const nothing = {
        letters: 0,
        bytes: 0,
        tickets: 0,
        shared: 0,
        attachments: 0,
        sent: 0,
        forwarded: 0,
        clients: 0,
        inWork: 0,
      };
      expect(await tracesOf(desk.store, IVAN)).toEqual(nothing);
    }));
});

/** Where the store of a test lies. */
async function fileOf({ db }: Store): Promise<string> {
  const { sql } = await import('kysely');
  const { rows } = await sql<{ file: string }>`select file from pragma_database_list where name = 'main'`.execute(db);
  return rows[0]!.file;
}

// kvitok ticket: what operators do by letter, done by an admin.

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { showTicket } from '../../src/store/tickets.ts';
import { ticketNumber } from '../../src/thread/damm.ts';
import { raw } from '../support/letter.ts';
import { type Desk, freshDesk, writeLetter } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = freshDesk({ operators: [{ address: 'anna@desk.example', name: 'Анна' }] });
  const letters = [
    { subject: 'Не печатает', text: 'Принтер не печатает.\n' },
    { from: 'olga@client.example', subject: 'Тоже не печатает', text: 'И у меня.\n' },
    { subject: 'Re: [#10008] Счёт', text: 'И пришлите счёт.\n' },
    { from: 'vera@client.example', subject: 'Доступ', text: 'Не вижу заказов.\n' },
  ].map((letter, i) => {
    const file = path.join(desk.dir, `${i}.eml`);
    writeLetter(file, raw({ messageId: `${i}@client.example`, ...letter }));
    return file;
  });
  // in one go, for every command line reads letters in threads of its own
  expect(await desk.run('ingest', ...letters)).toMatchObject({ code: 0 });
});
afterAll(() => desk.remove());

const ticket = async (id: number) => (await desk.store(({ db }) => showTicket(db, id)))!;
const said = async (...args: string[]) => {
  const { code, stdout, stderr } = await desk.run('ticket', ...args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
};
/** Letters to somebody, in the folder that all are written into. */
const lettersTo = (address: string): readonly string[] => {
  const folder = path.join(desk.dir, 'outgoing');
  return fs
    .readdirSync(folder)
    .toSorted()
    .map((name) => fs.readFileSync(path.join(folder, name), 'utf8'))
    .filter((letter) => new RegExp(`^To: .*${address}`, 'im').test(letter));
};
const plain = (letter: string) => {
  const body =
    /Content-Type: text\/plain[^\r\n]*\r?\n(Content-Transfer-Encoding: (\S+)\r?\n)?\r?\n([\s\S]*?)\r?\n--/.exec(letter);
  return body?.[2] === 'base64' ? Buffer.from(body[3]!, 'base64').toString('utf8') : (body?.[3] ?? '');
};

test('changes what a ticket is, in the name of the admin', async () => {
  expect(await said('level', '10008', 'partner')).toBe('[#10008] the level is partner now\n');
  expect(await said('assign', '10008', 'анна')).toBe('[#10008] the ticket is Анна’s\n');
  expect(await said('critical', '10008')).toContain('before the queue');
  expect((await ticket(1000)).ticket).toMatchObject({
    level: 'partner',
    assignee: 'anna@desk.example',
    critical: 'yes',
  });
  expect(await said('status', '10008')).toMatch(
    /^level: support for partners$[\s\S]*admin: level free support → support for partners \(#level\)$/m,
  );
});

test('takes the last thing back', async () => {
  await said('critical', '10008', 'no');
  await said('undo', '10008');
  expect((await ticket(1000)).ticket.critical).toBe('yes');
});

test('notes what an admin wants the desk to know', async () => {
  await said('note', '10008', 'позвонить', 'завтра');
  expect((await ticket(1000)).entries.at(-1)).toMatchObject({
    kind: 'note',
    author: 'admin',
    reply: 'позвонить завтра',
  });
});

test('notes nothing where the text was forgotten, and does not say it did', async () => {
  const before = (await ticket(1000)).entries.length;
  expect(await desk.run('ticket', 'note', '10008', '')).toMatchObject({
    code: 64,
    stdout: '',
    stderr: expect.stringMatching(/^kvitok ticket note: nothing was noted/),
  });
  expect((await ticket(1000)).entries).toHaveLength(before);
});

test('splits a letter off, and merges tickets', async () => {
  await said('split', '10008');
  expect((await ticket(1003)).entries.map(({ subject }) => subject)).toEqual(['Re: [#10008] Счёт']);
  expect(await said('merge', '10019', '10008')).toBe('[#10019] the ticket goes on in [#10008]\n');
  expect((await ticket(1001)).ticket).toMatchObject({ state: 'merged', merged_into: 1000 });
  // whoever looks at it finds the way on
  expect((await desk.run('show', '10019')).stdout).toContain('\nmerged into [#10008], opened ');
});

test('a merged ticket that somebody wants resolved stays merged: the one it goes on in is resolved', async () => {
  const set = (state: string) => desk.run('set', '10019', '--state', state);
  const was = (await ticket(1000)).ticket.state;
  expect(await set('resolved')).toEqual({
    code: 0,
    stdout: `[#10019] goes on in [#10008]\n[#10008] ${was} → resolved\n`,
    stderr: '',
  });
  expect((await set(was)).stdout).toBe(`[#10019] goes on in [#10008]\n[#10008] resolved → ${was}\n`);
  expect((await ticket(1001)).ticket).toMatchObject({ state: 'merged', merged_into: 1000 });
});

test('shows with a ticket what was said in those that were merged into it, in order of time, and from where', async () => {
  const split = ticketNumber(1003);
  // it went on in a ticket that goes on in this one
  await desk.store(({ db }) => db.updateTable('tickets').set({ merged_into: 1001 }).where('id', '=', 1003).execute());
  const { stdout } = await desk.run('show', '10008');
  expect(stdout).toContain(`\nmerged into it: [#10019] [#${split}]\n`);
  expect(stdout).toMatch(/^<olga@client\.example> {2}.*, from \[#10019\]\n {2}И у меня\.$/m);
  expect(stdout).toMatch(new RegExp(`, from \\[#${split}\\]\\n {2}И пришлите счёт\\.$`, 'm'));
  expect(stdout).toMatch(/→ full acknowledgement to olga@client\.example .*, from \[#10019\]$/m);
  const order = ['Принтер не печатает.', 'И у меня.', 'позвонить завтра'].map((text) => stdout.indexOf(text));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(stdout.slice(0, stdout.indexOf('Принтер не печатает.'))).not.toMatch(/, from \[#/);
  const { stdout: json } = await desk.run('show', '10008', '--json');
  expect(JSON.parse(json)).toMatchObject({ merged: [{ number: '10019' }, { number: split }] });
});

test('shows tickets that somehow went on in each other, each once', async () => {
  const goesOn = (into: number | null) =>
    desk.store(({ db }) => db.updateTable('tickets').set({ merged_into: into }).where('id', '=', 1000).execute());
  await goesOn(1003);
  const { stdout } = await desk.run('show', '10008', '--json');
  await goesOn(null);
  expect(JSON.parse(stdout)).toMatchObject({ merged: [{ number: '10019' }, { number: ticketNumber(1003) }] });
});

test('has its number at once for who called', async () => {
  const stdout = await said('new', '--from', 'Boris@client.example', '--subject', 'Звонок о доставке', '--phone');
  expect(stdout).toMatch(/^\[#\d+\] opened for boris@client\.example, level free, answer due .* Moscow time\n$/);
  const { entries, ticket: made } = await ticket(1004);
  expect(made).toMatchObject({ requester: 'boris@client.example', subject: 'Звонок о доставке', state: 'new' });
  expect(made.due_at).not.toBeNull();
  expect(entries).toMatchObject([{ kind: 'phone' }]);
});

test('writes to customers what operators would: reasons, ready answers, and numbers where they are wanted', async () => {
  expect(await said('defer', '10024', 'доступ')).toContain('reason 2');
  expect((await ticket(1002)).ticket.state).toBe('deferred');
  await said('answer', '10024', 'hosting', '--text', 'Всего доброго!');
  await said('close', '10024');
  expect((await ticket(1002)).ticket.state).toBe('resolved');
  await said(
    'new',
    '--from',
    'gleb@client.example',
    '--subject',
    'Возврат',
    '--text',
    'Хочет вернуть.',
    '--acknowledge',
  );
  await desk.run('once');
  const answers = lettersTo('vera@client.example').filter((letter) => !letter.includes('Auto-Submitted'));
  expect(answers).toHaveLength(2);
  expect(answers.map(plain)).toEqual(
    expect.arrayContaining([
      expect.stringContaining('Пользователь не предоставил доступ к своему сайту.'),
      expect.stringMatching(/^Здравствуйте!\s+Услуг хостинг-провайдера[\s\S]*Всего доброго!/),
    ]),
  );
  expect(lettersTo('boris@client.example')).toEqual([]);
  expect(lettersTo('gleb@client.example').map(plain)).toEqual([expect.stringContaining('Номер обращения:')]);
});

test('what can’t be done changes nothing and says what would work', async () => {
  const failing: readonly (readonly [readonly string[], number, RegExp])[] = [
    [['defer', '10008', 'завтра'], 65, /it takes one of the reasons of the regulation/],
    [['level', '10008', 'gold'], 65, /there are free, partner, development, consulting/],
    [['merge', '10008', '10009'], 65, /there is no ticket 10009/],
    [['close', '10429'], 66, /there is no ticket 10429/],
    [['new', '--from', 'nobody', '--subject', 'x'], 64, /takes an e-mail address/],
    [['new', '--from', 'support@desk.example', '--subject', 'x'], 64, /an address of the desk itself/],
  ];
  const before = (await ticket(1000)).ticket;
  for (const [args, code, words] of failing)
    expect(await desk.run('ticket', ...args)).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(words) });
  expect((await ticket(1000)).ticket).toEqual(before);
});

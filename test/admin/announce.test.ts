// kvitok announce and kvitok notice, as an admin calls them.

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Desk, freshDesk } from './desk.ts';

let desk: Desk;
let file: string;
beforeEach(async () => {
  desk = freshDesk();
  file = path.join(desk.dir, 'notice.md');
  fs.writeFileSync(file, '# Работы 4 ноября\n\nНе работаем.\n');
  await desk.takeIn({ text: 'Не работает корзина.\n' });
  await desk.run(
    'clients',
    'add',
    '17',
    '--category',
    'partner',
    '--addresses',
    'anna@luch.example, boris@luch.example',
  );
});
afterEach(() => desk.remove());

const sent = () => fs.readdirSync(path.join(desk.dir, 'outgoing')).length;

test('a preview shows the letter and how many get it, and changes nothing', async () => {
  const { code, stdout } = await desk.run('announce', file, '--to', 'partners', '--dry-run');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Работы 4 ноября\n\n {2}Не работаем\.\n\nto 2 addresses, 0 left out/);
  expect((await desk.run('announce')).stdout).toMatch(/^no announcements yet/);
});

test('nothing is sent without a yes; with it the next pass sends it, and the report tells of it', async () => {
  expect(await desk.run('announce', file, '--to', 'partners')).toMatchObject({
    code: 64,
    stderr: 'kvitok announce: nobody is there to ask; --yes does it without asking\n',
  });
  expect(await desk.run('announce', file, '--to', 'partners', '--yes')).toMatchObject({ code: 0 });
  const before = sent();
  expect((await desk.run('announce', '--report', '1')).stdout).toMatch(
    /^announcement 1: 0 of 2 sent, 2 ahead, 0 failed/,
  );
  await desk.run('once');
  await desk.run('once');
  expect(sent()).toBe(before + 2);
  expect((await desk.run('announce', '--report', '1')).stdout).toMatch(
    /^announcement 1: 2 of 2 sent, 0 ahead, 0 failed/,
  );
  expect((await desk.run('announce')).stdout).toMatch(/^1 .* partners +2 of 2 +Работы 4 ноября$/m);
});

test('a script that is run twice announces once, and says how it is meant to be sent again', async () => {
  const call = ['announce', file, '--to', 'partners', '--yes'] as const;
  expect(await desk.run(...call)).toMatchObject({ code: 0 });
  const second = await desk.run(...call);
  expect(second).toMatchObject({ code: 65, stderr: 'kvitok announce: nothing was sent; --again sends it once more\n' });
  expect(second.stdout).toMatch(/announcement 1 of .* says the same to the same people/);
  expect(await desk.run('announce', file, '--to', 'partners', '--yes', '--again')).toMatchObject({ code: 0 });
  fs.writeFileSync(file, '# Работы 5 ноября\n\nНе работаем.\n');
  expect(await desk.run(...call)).toMatchObject({ code: 0 });
});

test.each([
  [[], 64, /say who gets it/],
  [['--to', 'free'], 66, /nobody would get it/],
])('a call with %j is refused in a line', async (args, code, said) => {
  const run = await desk.run('announce', file, ...args, '--yes');
  expect(run.code).toBe(code);
  expect(run.stderr).toMatch(said);
});

test('a script that forgets the text is told that nothing was sent, and fails', async () => {
  expect(await desk.run('announce', '--to', 'all', '--yes')).toMatchObject({
    code: 64,
    stdout: '',
    stderr: expect.stringMatching(/^kvitok announce: nothing is sent: name the file/),
  });
});

test('a text without a subject is refused, with what to write', async () => {
  fs.writeFileSync(file, 'Не работаем.\n');
  expect(await desk.run('announce', file, '--to', 'partners')).toMatchObject({
    code: 65,
    stderr: expect.stringMatching(/its first line must be the subject/),
  });
});

test('a notice is set, listed and taken back; one that is over, or no moment, is refused', async () => {
  expect(await desk.run('notice', 'set', 'До 15:00.', '--until', '31.12.2099 15:00')).toMatchObject({
    code: 0,
    stdout: 'notice 1 holds until 2099-12-31 15:00\n',
  });
  expect((await desk.run('notice', 'list')).stdout).toMatch(/2099-12-31 15:00 +До 15:00\.$/m);
  expect(await desk.run('notice', 'remove', '1')).toMatchObject({ code: 0 });
  expect((await desk.run('notice', 'list')).stdout).toBe('no notice holds\n');
  expect(await desk.run('notice', 'remove', '1')).toMatchObject({ code: 66 });
  expect(await desk.run('notice', 'set', 'x', '--until', '31.12.2019 15:00')).toMatchObject({ code: 65 });
  expect(await desk.run('notice', 'set', 'x', '--until', 'tomorrow')).toMatchObject({ code: 65 });
});

// kvitok clients: an admin takes a spreadsheet of clients in, and looks at it.

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { type Desk, freshDesk } from './desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = freshDesk();
  await desk.takeIn({ from: 'Irina <irina@luch.example>' });
});
afterEach(() => desk.remove());

const TABLE = [
  'Код;Название;Категория;Почта;Домены;Версия;Конец договора',
  '17;ООО «Луч»;партнёр;irina@mail.ru, olga@bk.ru;luch.example;9.0;31.12.2099',
  '18;"ИП Петров; цветы";;petrov@yandex.ru;;;',
  '',
].join('\r\n');

function fileOf(content: string | Uint8Array): string {
  const file = path.join(desk.dir, 'clients.csv');
  fs.writeFileSync(file, content);
  return file;
}

const keys = async () => {
  const { stdout } = await desk.run('clients', 'list', '--json');
  return (JSON.parse(stdout) as { key: string; name: string }[]).map(({ key, name }) => `${key} ${name}`);
};

test.each<readonly [string, Uint8Array]>([
  ['in windows-1251, as Excel saves it in Russia', iconv.encode(TABLE, 'windows-1251')],
  ['in UTF-8 with a byte order mark', iconv.encode(TABLE, 'utf8', { addBOM: true })],
  [
    'in UTF-16 with tabs, as Excel saves Unicode text',
    iconv.encode(TABLE.replaceAll(';', '\t').replace('"ИП Петров\t цветы"', '"ИП Петров; цветы"'), 'utf16le', {
      addBOM: true,
    }),
  ],
  ['that names its delimiter in the first line', iconv.encode(`sep=;\r\n${TABLE}`, 'utf8')],
])('a table %s is taken in', async (_how, bytes) => {
  expect(await desk.run('clients', 'import', fileOf(bytes))).toMatchObject({
    code: 0,
    stdout: 'taken in: 2 clients new, 0 changed, 0 as before\n',
    stderr: '',
  });
  expect(await keys()).toEqual(['17 ООО «Луч»', '18 ИП Петров; цветы']);
});

test('a dry run changes nothing; the second import of a table changes what it changes', async () => {
  const file = fileOf(TABLE);
  expect((await desk.run('clients', 'import', file, '--dry-run')).stdout).toBe(
    'would be taken in: 2 clients new, 0 changed, 0 as before; nothing was changed\n',
  );
  expect(await keys()).toEqual([]);
  await desk.run('clients', 'import', file);
  const changed = fileOf('key,category,manager\n18,partner,Anna\n17,partner,\n');
  expect((await desk.run('clients', 'import', changed)).stdout).toBe(
    'the column "manager" means nothing to kvitok and is left out\ntaken in: 0 clients new, 1 changed, 1 as before\n',
  );
  expect(JSON.parse((await desk.run('clients', 'show', '18', '--json')).stdout)).toMatchObject({
    name: 'ИП Петров; цветы',
    category: 'partner',
    addresses: ['petrov@yandex.ru'],
  });
});

test('where lines are wrong nothing is taken in, and each is told with its number and what to do', async () => {
  const file = fileOf('код;домены;почта;категория\n17;mail.ru;a@b.example;\n\n18;;olga;золотой\n19;;a@b.example;;x\n');
  const { code, stdout, stderr } = await desk.run('clients', 'import', file);
  expect({ code, stdout }).toEqual({ code: 65, stdout: '' });
  const lines = stderr.trimEnd().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/clients\.csv: line 2: anybody may have an address at mail\.ru/),
    expect.stringMatching(/line 4: "olga" is no e-mail address/),
    expect.stringMatching(/line 4: "золотой" is no category/),
    expect.stringMatching(/line 5: has more cells than the first line has columns, from "x" on/),
    'nothing was taken in; correct the file and import it again',
  ]);
  expect(await keys()).toEqual([]);
});

test.each([
  ['', /it is empty; its first line names the columns/],
  ['name,category\nx,free\n', /line 1: no column is headed key \(код\)/],
  ['key,name\n1,"x\n2,y\n', /the quotes in it do not fit/],
])('a file that is no table of clients (%j) is refused in a line', async (content, said) => {
  const { code, stderr } = await desk.run('clients', 'import', fileOf(content));
  expect(code).toBe(65);
  expect(stderr).toMatch(said);
});

test('a file that is not there is said to be missing', async () => {
  const { code, stderr } = await desk.run('clients', 'import', path.join(desk.dir, 'nowhere.csv'));
  expect(code).toBe(66);
  expect(stderr).toMatch(/nowhere\.csv can't be read/);
});

test('a client is added, changed, shown and taken out by hand', async () => {
  const add = ['clients', 'add', '17', '--name', 'ООО «Луч»', '--category', 'партнёр', '--domains', 'luch.example'];
  expect(await desk.run(...add)).toMatchObject({ code: 0, stdout: 'client 17 is in the register\n' });
  expect(await desk.run(...add)).toMatchObject({ code: 65, stderr: expect.stringMatching(/a client 17 already/) });
  expect(await desk.run('clients', 'set', '17', '--contract-end', '31.01.2020')).toMatchObject({ code: 0 });
  const { stdout } = await desk.run('clients', 'show', '17');
  expect(stdout).toMatch(
    /name +ООО «Луч»\n +category +partner\n +domains +luch\.example\n +contract +ended 2020-01-31/,
  );
  expect((await desk.run('clients', 'list', '--category', 'partner')).stdout).toMatch(/^17 +ООО «Луч» +partner/m);
  expect((await desk.run('clients', 'list', '--search', 'svet')).stdout).toBe('no client fits\n');
  expect(await desk.run('clients', 'set', '17', '--domains', 'gmail.com')).toMatchObject({ code: 65 });
  expect(await desk.run('clients', 'set', '99', '--name', 'x')).toMatchObject({ code: 66 });
  expect(await desk.run('clients', 'remove', '17')).toMatchObject({
    code: 0,
    stdout: 'client 17 is out of the register\n',
  });
  expect(await desk.run('clients', 'remove', '17')).toMatchObject({ code: 66 });
});

test("a partner's letter opens a ticket of that level, and the ticket says whose it is", async () => {
  await desk.run('clients', 'add', '17', '--name', 'ООО «Луч»', '--category', 'partner', '--domains', 'luch.example');
  await desk.takeIn({ from: 'Olga <olga@luch.example>', text: 'Не открывается корзина.\n' });
  const shown = await desk.run('show', '10019');
  expect(shown.stdout).toMatch(/client: ООО «Луч», partner/);
  expect(JSON.parse((await desk.run('show', '10019', '--json')).stdout).ticket).toMatchObject({
    level: 'partner',
    level_because: 'client ООО «Луч», partner',
  });
  expect((await desk.run('show', '10008')).stdout).toMatch(/client: not in the client register: free support/);
});

// kvitok export: what a developer gets who has nothing but the archive.

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import Database from 'better-sqlite3';
import { zip } from '../attachments/archives.ts';
import { bmp, jpeg, png } from '../attachments/pictures.ts';
import { type Desk, freshDesk } from './desk.ts';

let desk: Desk;
let file = '';
beforeEach(() => {
  desk = freshDesk();
  file = path.join(desk.dir, 'ticket.zip');
});
afterEach(() => desk.remove());

/** Paths in the archive with their bytes. */
const contents = (): ReadonlyMap<string, Buffer> =>
  new Map(new AdmZip(file).getEntries().map((entry) => [entry.entryName, entry.getData()]));
const read = (name: string) => contents().get(name)?.toString('utf8') ?? '';

const screenshot = { contentType: 'image/png', content: png(30, 20), filename: 'Снимок "1" & 2%.png' };
const program = { contentType: 'application/octet-stream', content: 'MZ', filename: 'setup.exe' };
const packed = {
  contentType: 'application/zip',
  content: zip([{ name: 'папка/экран.bmp', data: bmp() }]),
  filename: 'shots.zip',
};

test('a developer finds the conversation, the letters as they came, accepted files and previews of BMP', async () => {
  await desk.takeIn({ parts: [screenshot, program, packed] }, { subject: 'Re: [#10008] more', text: 'And it blinks.' });
  expect(await desk.run('export', '10008', file)).toEqual({
    code: 0,
    stdout: expect.stringMatching(
      /^\S+ticket\.zip: 2 letters, 2 files, 1 preview, 1 file left in its letter as not accepted, [\d.]+ kB\n$/,
    ),
    stderr: '',
  });
  expect([...contents().keys()].toSorted()).toEqual([
    'conversation.html',
    'conversation.txt',
    'files/01-Снимок _1_ & 2_.png',
    'files/03-shots.zip',
    'letters/1.eml',
    'letters/2.eml',
    'previews/03-1-экран.bmp.png',
  ]);
  for (const n of [1, 2])
    expect(contents().get(`letters/${n}.eml`)).toEqual(fs.readFileSync(path.join(desk.dir, `${n}.eml`)));
  expect(contents().get('files/01-Снимок _1_ & 2_.png')).toEqual(png(30, 20));
  expect(contents().get('previews/03-1-экран.bmp.png')?.subarray(1, 4).toString()).toBe('PNG');
  for (const form of ['conversation.html', 'conversation.txt']) {
    expect(read(form)).toMatch(/does not print[\s\S]*And it blinks/);
    expect(read(form)).toMatch(/setup\.exe.*не принят.*программы и сценарии не принимаются \(executable/);
  }
});

test('what a phone wrote behind a picture is only in the letter', async () => {
  const content = Buffer.concat([jpeg(), Buffer.from('a film of three seconds')]);
  await desk.takeIn({ parts: [{ contentType: 'image/jpeg', content, filename: 'IMG_1.jpg' }] });
  await desk.run('export', '10008', file);
  expect(contents().get('files/01-IMG_1.jpg')).toEqual(jpeg());
});

describe('the page', () => {
  const hostile = '<script>alert(1)</script><img src="https://spy.example/x.png"> {{ number }} javascript:';

  test('shows what was written as text, runs nothing and loads nothing from elsewhere', async () => {
    await desk.takeIn({
      from: '"<b>Ivan</b>" <ivan@client.example>',
      subject: hostile,
      text: `${hostile}\n`,
      parts: [{ contentType: 'image/png', content: png(), filename: '"><script>.png' }],
    });
    await desk.run('export', '10008', file);
    const page = read('conversation.html');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('{{ number }}');
    expect(page).not.toMatch(/<script|<b>|<iframe|\son\w+=/i);
    const places = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? '');
    expect(places.length).toBeGreaterThan(1);
    for (const place of places) expect(contents().has(decodeURIComponent(place))).toBe(true);
    expect(page).toContain(`content="default-src 'none';`);
  });

  test('folds the quoted history, and the text has it below', async () => {
    await desk.takeIn({
      text: 'Still broken.\n\nOn 2 March 2026, Support wrote:\n> It should work now.\n> Try again.\n',
    });
    await desk.run('export', '10008', file);
    expect(read('conversation.html')).toMatch(
      /<details>.*Цитата.*wrote:\n&gt; It should work now\.\n&gt; Try again\./s,
    );
    expect(read('conversation.txt')).toMatch(
      /Still broken\.\n\nЦитата:\n\nOn 2 March 2026, Support wrote:\n> It should work now\.\n> Try again\./,
    );
  });

  test('of an English desk is English', async () => {
    const english = freshDesk({ desk: { name: 'Support', address: 'support@desk.example', language: 'en' } });
    try {
      await english.takeIn({ parts: [program] });
      await english.run('export', '10008', file);
      expect(read('conversation.html')).toContain('<html lang="en">');
      for (const form of ['conversation.html', 'conversation.txt']) {
        expect(read(form)).toMatch(/Acknowledgement to ivan@client\.example: sent/);
        expect(read(form)).not.toMatch(/[а-яё]/i);
      }
    } finally {
      english.remove();
    }
  });
});

test('a developer finds what was said in a ticket that was merged into this one, with its letters and files, and from where', async () => {
  await desk.takeIn({}, { from: 'olga@client.example', text: 'With me, too.', parts: [screenshot] });
  await desk.run('ticket', 'merge', '10019', '10008');
  expect((await desk.run('export', '10008', file)).stdout).toContain(': 2 letters, 1 file, ');
  expect([...contents().keys()]).toEqual(
    expect.arrayContaining(['letters/1.eml', 'letters/2.eml', 'files/01-Снимок _1_ & 2_.png']),
  );
  for (const form of ['conversation.html', 'conversation.txt']) {
    expect(read(form)).toMatch(/Присоединены(: |<.*>)#10019/);
    expect(read(form)).toMatch(/does not print[\s\S]*olga@client\.example.*, из обращения #10019[\s\S]*With me, too\./);
    expect(read(form)).toMatch(/letters\/2\.eml/);
    expect(read(form).split('does not print')[0]).not.toContain('из обращения');
  }
});

test('a letter that came twice is there once', async () => {
  await desk.takeIn({ messageId: 'same@client.example' });
  const again = fs.readFileSync(path.join(desk.dir, '1.eml'));
  await desk.takeIn(Buffer.concat([Buffer.from('Received: from elsewhere\r\n'), again]));
  expect((await desk.run('export', '10008', file)).stdout).toContain(': 1 letter, 0 files, ');
});

test('a letter whose bytes are gone is named, and the rest is exported', async () => {
  await desk.takeIn({}, { subject: 'Re: [#10008] more', parts: [screenshot] });
  const spool = new Database(path.join(desk.data, 'spool.db'));
  spool.prepare('delete from raw where letter = 1').run();
  spool.close();
  const { code, stderr } = await desk.run('export', '10008', file);
  expect({ code, stderr }).toEqual({
    code: 0,
    stderr: 'kvitok export: the bytes of letter 1 are gone from the spool\n',
  });
  expect([...contents().keys()].filter((name) => /^(letters|files)/.test(name))).toEqual([
    'files/01-Снимок _1_ & 2_.png',
    'letters/2.eml',
  ]);
  expect(read('conversation.txt')).toContain('does not print');
});

test('nobody but its owner may read the archive', async () => {
  await desk.takeIn({});
  await desk.run('export', '10008', file);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
});

describe('one line says why there is no archive', () => {
  test('where a file of that name is there, which stays as it is', async () => {
    await desk.takeIn({});
    fs.writeFileSync(file, 'mine');
    expect(await desk.run('export', '10008', file)).toEqual({
      code: 73,
      stdout: '',
      stderr: `kvitok export: ${file} is there already; name another file\n`,
    });
    expect(fs.readFileSync(file, 'utf8')).toBe('mine');
  });

  test('where a link to nowhere lies there, which is not followed', async () => {
    await desk.takeIn({});
    fs.symlinkSync(path.join(desk.dir, 'target'), file);
    expect(await desk.run('export', '10008', file)).toMatchObject({ code: 73, stdout: '' });
    expect(fs.existsSync(path.join(desk.dir, 'target'))).toBe(false);
    expect(fs.lstatSync(file).isSymbolicLink()).toBe(true);
  });

  test('where there is no such ticket or folder', async () => {
    await desk.takeIn({});
    expect(await desk.run('export', '10019', file)).toMatchObject({
      code: 66,
      stderr: 'there is no ticket 10019; kvitok tickets lists them\n',
    });
    const nowhere = path.join(desk.dir, 'none', 'ticket.zip');
    expect(await desk.run('export', '10008', nowhere)).toMatchObject({
      code: 73,
      stderr: `kvitok export: ${nowhere} can't be written: there is no such file or folder\n`,
    });
    expect(fs.existsSync(file)).toBe(false);
  });
});

// kvitok attachments: files of customers on the admin's disk, whatever their names want.

import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { bmp, jpeg, png } from '../attachments/pictures.ts';
import type { PartSketch } from '../support/letter.ts';
import { type Desk, freshDesk } from './desk.ts';

let desk: Desk;
let out = '';
beforeEach(() => {
  desk = freshDesk();
  out = path.join(desk.dir, 'out');
});
afterEach(() => desk.remove());

const named = (...names: string[]): readonly PartSketch[] =>
  names.map((filename, i) => ({ contentType: 'application/octet-stream', content: `content ${i + 1}`, filename }));

test('are listed with type, size and verdict', async () => {
  await desk.takeIn({ parts: named('отчёт.txt') });
  const { stdout } = await desk.run('attachments', '10008');
  expect(stdout).toMatch(/^letter +file +type +size +verdict$/m);
  expect(stdout).toMatch(/^1 +отчёт\.txt +application\/octet-stream +9 B +rejected/m);
  expect(JSON.parse((await desk.run('attachments', '10008', '--json')).stdout)).toEqual([
    expect.objectContaining({ filename: 'отчёт.txt', size: 9 }),
  ]);
});

test('of a ticket without any are said to be none', async () => {
  await desk.takeIn({});
  for (const args of [[], ['--save', out]])
    expect(await desk.run('attachments', '10008', ...args)).toEqual({
      code: 0,
      stdout: 'no attachments\n',
      stderr: '',
    });
});

test('are saved byte for byte under their own names', async () => {
  const content = png(30, 20);
  await desk.takeIn({ parts: [{ contentType: 'image/png', content, filename: 'снимок экрана.png' }] });
  const { stdout } = await desk.run('attachments', '10008', '--save', out);
  const file = path.join(out, '01-снимок экрана.png');
  expect(stdout).toBe(`${file}\n`);
  expect(fs.readFileSync(file)).toEqual(content);
});

test('are saved without what a phone wrote behind the picture', async () => {
  const content = Buffer.concat([jpeg(), Buffer.from('a film of three seconds')]);
  await desk.takeIn({ parts: [{ contentType: 'image/jpeg', content, filename: 'IMG_1.jpg' }] });
  await desk.run('attachments', '10008', '--save', out);
  expect(fs.readFileSync(path.join(out, '01-IMG_1.jpg'))).toEqual(jpeg());
});

test('that were refused stay where they are, with the reason; --all saves them where no viewer opens them', async () => {
  const parts = [
    { contentType: 'image/png', content: png(), filename: 'screen.png' },
    { contentType: 'image/bmp', content: bmp(), filename: 'screen.bmp' },
    { contentType: 'image/png', content: 'MZ program', filename: 'setup.exe' },
  ];
  await desk.takeIn({ parts });
  expect(await desk.run('attachments', '10008', '--save', out)).toEqual({
    code: 0,
    stdout: `${out}/01-screen.png\n`,
    stderr: 'not saved, rejected: bmp-not-archived: 02-screen.bmp\nnot saved, rejected: not-a-picture: 03-setup.exe\n',
  });
  const all = path.join(desk.dir, 'all');
  expect((await desk.run('attachments', '10008', '--save', all, '--all')).stderr).toBe('');
  expect(fs.readdirSync(all).toSorted()).toEqual(['01-screen.png', '02-screen.bmp.refused', '03-setup.exe.refused']);
  expect(fs.readFileSync(path.join(all, '02-screen.bmp.refused'))).toEqual(bmp());
  const modes = ['', ...fs.readdirSync(all)].map((name) => fs.statSync(path.join(all, name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600, 0o600]);
});

test('whose names lead elsewhere, hide, repeat or carry controls stay in the folder, each a file of its own', async () => {
  const names = [
    '../../escape.txt',
    '/etc/kvitok-escape',
    '..',
    '.bashrc',
    'C:\\Windows\\x.exe',
    'a\u0000b\u001b[31m\nc.txt',
    'same.txt',
    'same.txt',
    'con\u202etxt.exe',
    `${'длинное имя '.repeat(40)}.png`,
    '__proto__',
  ];
  await desk.takeIn({ parts: named(...names) });
  const { code, stdout } = await desk.run('attachments', '10008', '--save', out, '--all');
  expect(code).toBe(0);
  const written = fs.readdirSync(out).toSorted();
  expect(written).toHaveLength(names.length);
  expect(stdout.trimEnd().split('\n').toSorted()).toEqual(written.map((name) => path.join(out, name)));
  for (const [i, name] of written.entries()) {
    expect(fs.lstatSync(path.join(out, name)).isFile()).toBe(true);
    expect(fs.readFileSync(path.join(out, name), 'utf8')).toBe(`content ${i + 1}`);
    expect(name).toMatch(/^\d\d-[^./\\\u0000-\u001f\u202e][^/\\\u0000-\u001f\u202e]*$/);
  }
  expect(fs.readdirSync(desk.dir).toSorted()).toEqual(['1.eml', 'data', 'kvitok.json', 'out', 'outgoing']);
});

test('never overwrite a file, nor follow a link that lies there', async () => {
  await desk.takeIn({ parts: [{ contentType: 'image/png', content: png(), filename: 'a.png' }] });
  fs.mkdirSync(out);
  const target = path.join(desk.dir, 'target');
  fs.symlinkSync(target, path.join(out, '01-a.png'));
  expect(await desk.run('attachments', '10008', '--save', out)).toMatchObject({
    code: 73,
    stderr: `kvitok attachments: ${out}/01-a.png can't be written: it is there already\n`,
  });
  expect(fs.existsSync(target)).toBe(false);
});

test('for which there is no folder and none can be made are refused in one line', async () => {
  await desk.takeIn({ parts: named('a.txt') });
  const inFile = path.join(desk.configFile, 'sub');
  expect(await desk.run('attachments', '10008', '--save', inFile)).toMatchObject({
    code: 73,
    stderr: `kvitok attachments: ${inFile} can't be written: part of the path is no folder\n`,
  });
});

test('are told with their verdicts by show and why; what a mail program added does not bury them', async () => {
  await desk.takeIn({
    parts: [
      { contentType: 'image/png', content: png(), filename: 'screen.png' },
      { contentType: 'image/bmp', content: bmp(), filename: 'screen.bmp' },
      { contentType: 'application/pgp-signature', content: '-----BEGIN PGP SIGNATURE-----', filename: 'signature.asc' },
    ],
  });
  const shown = (await desk.run('show', '10008')).stdout;
  expect(shown).toMatch(/file: screen\.png, image\/png, .*, accepted$/m);
  expect(shown).toMatch(/file: screen\.bmp, image\/bmp, .*, rejected: bmp-not-archived$/m);
  expect(shown).not.toContain('signature.asc');
  expect(shown).toMatch(
    /^ +\(1 file of the mail program's own, a signature for example; kvitok attachments lists all\)$/m,
  );
  const why = (await desk.run('why', '10008')).stdout;
  expect(why).toMatch(/^ +file +screen\.png: accepted$/m);
  expect(why).toMatch(/^ +file +screen\.bmp: rejected: bmp-not-archived$/m);
});

test('are named by show where they were left out as a logo; what a limit cut is shown as lost', async () => {
  const logo = `<img src="data:image/png;base64,${png(9, 9).toString('base64')}">`;
  const pictures = Array.from({ length: 101 }, (_, i) => `<img src="data:image/gif,${i}">`).join('');
  await desk.takeIn({ html: `<p>Не печатает.</p>${pictures}<p>-- </p><p>Иван ${logo}</p>` });
  await desk.takeIn({ messageId: 'b@client.example', html: `<p>Не печатает.</p><p>-- </p><p>Иван ${logo}</p>` });
  const first = (await desk.run('show', '10008')).stdout;
  expect(first).toMatch(/^ +NOT ALL OF IT WAS READ: not all pictures and files in the text itself were taken/m);
  const second = (await desk.run('show', '10019')).stdout;
  expect(second).toMatch(
    /left out of what is sent on: picture-1\.png, image\/png, .*, accepted \(stands below the signature\)$/m,
  );
  expect(second).not.toContain('NOT ALL OF IT');
});

test('that could not be checked are not shown as if they were accepted', async () => {
  await desk.takeIn({ parts: [{ contentType: 'image/png', content: png(), filename: 'screen.png' }] });
  await desk.store(({ db }) =>
    db.updateTable('attachments').set({ verdict: 'unchecked', reason: 'scanner-away' }).execute(),
  );
  for (const command of ['show', 'why', 'attachments'])
    expect((await desk.run(command, '10008')).stdout).toMatch(/unchecked: scanner-away$/m);
});

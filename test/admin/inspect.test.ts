// kvitok inspect: what would become of a letter, for people and for scripts that ask about thousands.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { commandOf, plainEnvironment, spawnKvitok } from '../support/command.ts';
import { raw } from '../support/letter.ts';
import { commandLine, type Desk, freshDesk } from './desk.ts';

let desk: Desk;
beforeAll(() => {
  desk = freshDesk();
});
afterAll(() => desk.remove());

function put(name: string, bytes: string | Uint8Array): string {
  const file = path.join(desk.dir, name);
  fs.writeFileSync(file, bytes);
  return file;
}

const good = () => put('good.eml', raw({ subject: 'Не открывается корзина', text: 'Здравствуйте!\n' }));

describe('a page', () => {
  test('says who wrote, what it is, whether it would be answered and why', async () => {
    const { code, stdout } = await desk.run('inspect', good());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ {2}from {5}Ivan Petrov <ivan@client\.example>$/m);
    expect(stdout).toMatch(/^ {2}subject {2}Не открывается корзина$/m);
    expect(stdout).toMatch(/^ {2}kind {5}human$/m);
    expect(stdout).toMatch(/^ {2}answer {3}would be acknowledged: /m);
    expect(stdout).toMatch(/^ {2}Здравствуйте!$/m);
  });

  test('names each file with its verdict', async () => {
    const parts = [{ contentType: 'image/png', content: 'no picture', filename: 'снимок.png' }];
    const { stdout } = await desk.run('inspect', put('file.eml', raw({ parts })));
    expect(stdout).toMatch(/^ {2}file {5}снимок\.png, image\/png, 10 B, rejected: /m);
  });

  test('says why there would be no answer', async () => {
    const robot = put('robot.eml', raw({ headers: [['Auto-Submitted', 'auto-generated']] }));
    expect((await desk.run('inspect', robot)).stdout).toMatch(/^ {2}answer {3}no acknowledgement: automatic mail/m);
  });

  test('says which words mute the answer to a person', async () => {
    const text = 'I am out of the office until 15 August. For urgent matters please contact Bob.\n';
    const { stdout } = await desk.run('inspect', put('away.eml', raw({ text })));
    expect(stdout).toMatch(/^ {2}kind {5}human, muted by rule vacation-words: I am out of the office$/m);
    expect(stdout).toMatch(/^ {2}answer {3}no acknowledgement: its words look automatic \(vacation-words\)$/m);
  });

  test('of a broken letter is a page; of a file that is not there it says so', async () => {
    const missing = path.join(desk.dir, 'none.eml');
    const { code, stdout } = await desk.run(
      'inspect',
      put('broken.eml', 'no header\u0000\u001b[2J at all'),
      missing,
      good(),
    );
    expect(code).toBe(66);
    expect(stdout).toMatch(/none\.eml\n {2}can't be read: there is no such file or folder\n/);
    expect(stdout).toMatch(/Не открывается корзина/);
    expect(stdout).not.toContain('\u001b');
    expect((await desk.run('inspect', path.join(desk.dir, 'broken.eml'))).code).toBe(0);
  });

  test('touches nothing', async () => {
    await desk.run('inspect', good());
    expect(fs.existsSync(desk.data)).toBe(false);
  });
});

describe('the desk it asks for', () => {
  test('is the configured one: our own address is not answered', async () => {
    const own = put('own.eml', raw({ from: 'support@desk.example' }));
    const { stdout } = await desk.run('inspect', '--json', own);
    expect(JSON.parse(stdout)).toMatchObject({ acknowledge: false });
  });

  test('needs no configuration, but one that was named must be there', async () => {
    const { code, stdout } = await spawnKvitok(['inspect', '--json', good()], path.dirname(desk.dir));
    expect(code).toBe(0);
    expect(JSON.parse(stdout.toString())).toMatchObject({ subject: 'Не открывается корзина', acknowledge: true });
    expect(await commandLine(['inspect', good(), '-c', path.join(desk.dir, 'none.json')])).toMatchObject({
      code: 78,
      stdout: '',
    });
  });
});

describe('names on standard input', () => {
  test('are answered at once, each before the next is asked, in order, and the command ends with its input', async () => {
    const missing = path.join(desk.dir, 'none.eml');
    const [program, ...args] = commandOf(['inspect', '--json', '--paths-from-stdin']);
    const child = spawn(program, args, { cwd: desk.dir, env: plainEnvironment(), stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ask = async (file: string) => {
      child.stdin.write(`${file}\n`);
      const { value } = (await answers.next()) as { value: string };
      return JSON.parse(value) as { file: string; subject?: string; error?: string };
    };
    expect(await ask(good())).toMatchObject({ file: good(), subject: 'Не открывается корзина' });
    expect(await ask(missing)).toEqual({ file: missing, error: 'there is no such file or folder' });
    expect(await ask(put('broken.eml', '\u0000\u00ff'))).toMatchObject({ subject: '', defects: expect.anything() });
    expect(await ask(desk.dir)).toEqual({ file: desk.dir, error: 'it is a folder' });
    expect(await ask(good())).toMatchObject({ subject: 'Не открывается корзина' });
    child.stdin.end();
    expect(await ended).toBe(66);
  });

  test('may stop being read at any time, as by head, without a word', async () => {
    const input = `${good()}\n`.repeat(2000);
    const { stdout, stderr } = await spawnKvitok(['inspect', '--json', '--paths-from-stdin'], desk.dir, {
      input,
      closeOutputAfter: 1,
    });
    expect(stdout.length).toBeGreaterThan(0);
    expect(stderr).toBe('');
  });
});

test('a letter on standard input is -', async () => {
  const { code, stdout } = await spawnKvitok(['inspect', '--json', '-'], desk.dir, {
    input: raw({ subject: 'Piped' }),
  });
  expect(code).toBe(0);
  expect(JSON.parse(stdout.toString())).toMatchObject({ file: '-', subject: 'Piped' });
});

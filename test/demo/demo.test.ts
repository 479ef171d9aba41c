// npm run demo, as a newcomer runs it: it tells what its fixtures expect, its commands work, it ends by itself and leaves nothing.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createTransport } from 'nodemailer';
import { plainEnvironment } from '../support/command.ts';
import { until } from '../support/condition.ts';

const ROOT = path.join(import.meta.dirname, '../..');
const LETTERS = path.join(ROOT, 'fixtures/letters/demo');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-demo-test-'));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

interface Demo {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  told(): string;
}

function startDemo(...args: string[]): Demo {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', 'demo/demo.ts', ...args], {
    cwd: ROOT,
    env: { ...plainEnvironment(), TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
    // a group of its own, so that a process it left behind is found
    detached: true,
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      told += chunk;
    });
  return { child, told: () => told, ended: new Promise((resolve) => child.once('close', resolve)) };
}

const groupLives = ({ child }: Demo): boolean => {
  try {
    return process.kill(-child.pid!, 0);
  } catch {
    return false;
  }
};

interface Row {
  readonly became: string;
  readonly ticket: string;
  readonly answered: string;
}

interface Expected {
  readonly about: string;
  readonly tags?: readonly string[];
  readonly acknowledge?: boolean;
}

describe('the demo', () => {
  let demo: Demo;
  let code: number | null;
  let ms = 0;
  const rows = new Map<string, Row>();
  const expected = fs
    .readdirSync(LETTERS)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name, ...(JSON.parse(fs.readFileSync(path.join(LETTERS, name), 'utf8')) as Expected) }));
  /** What became of the letter of a fixture, by the beginning of its name. */
  const row = (name: string): Row => rows.get(expected.find((one) => one.name.startsWith(name))?.about ?? '')!;

  beforeAll(async () => {
    const start = performance.now();
    demo = startDemo();
    code = await demo.ended;
    ms = performance.now() - start;
    for (const [, about = '', became = '', ticket = '', answered = ''] of demo
      .told()
      .matchAll(/^\d+ +(\S.*?) {2,}(\w+) +(\d+)? +(\d+ ms|silent)$/gm))
      rows.set(about, { became, ticket, answered });
  });

  test('ends by itself within 30 seconds, all well, and leaves no process', () => {
    expect({ code, told: code === 0 ? '' : demo.told() }).toEqual({ code: 0, told: '' });
    expect(ms).toBeLessThan(30_000);
    expect(groupLives(demo)).toBe(false);
  });

  test('sums up every letter there is', () => {
    expect([...rows.keys()]).toEqual(expected.map((one) => one.about));
  });

  test('answers exactly the letters whose fixtures say so', () => {
    for (const { about, acknowledge } of expected) {
      if (acknowledge === undefined) continue;
      expect({ about, answered: rows.get(about)?.answered }).toEqual({
        about,
        answered: acknowledge ? expect.stringMatching(/^\d+ ms$/) : 'silent',
      });
    }
  });

  test('opens a ticket of its own for each customer who writes anew', () => {
    const opened = [...rows.values()].filter(({ became }) => became === 'opened');
    expect(new Set(opened.map(({ ticket }) => ticket)).size).toBe(opened.length);
    expect(opened.length).toBe(rows.size - 3);
  });

  test('puts the reply into the ticket it names, beside the letter that opened it', () => {
    expect(row('07')).toMatchObject({ became: 'appended', ticket: row('01').ticket });
  });

  test('keeps silent to a vacation notice, on its ticket', () => {
    expect(row('09')).toEqual({ became: 'automatic', ticket: row('02').ticket, answered: 'silent' });
  });

  test('takes the letter seen twice for one, and answers once', () => {
    expect(row('10')).toEqual({ became: 'duplicate', ticket: row('03').ticket, answered: 'silent' });
  });

  test('gives a stranger who names another ticket one of his own', () => {
    expect(row('12').became).toBe('opened');
    expect(row('12').ticket).not.toBe(row('01').ticket);
  });

  test('shows what the customer gets of an operator’s answer: her words, and neither the command nor the desk’s part', () => {
    const [, exchange = ''] = demo.told().split('answers [#10008] from her own mail client');
    const got = exchange.slice(exchange.indexOf('Ирина Соколова gets'), exchange.indexOf('gets what became of'));
    expect(got).toContain('нажмите «Очистить»');
    expect(got).toContain('<support@demo-shop.example>');
    expect(got).not.toMatch(/#закрыть|kvitok:|anna@/);
    expect(exchange).toContain('обращение решено');
  });

  test('shows letters without a broken character, and says how the mislabelled one was read', () => {
    expect(demo.told()).toContain('Отдел продаж  «Пропали остатки после обмена с 1С»');
    expect(demo.told()).toContain('declared koi8-r, decoded windows-1251');
    expect(demo.told()).not.toContain('\ufffd');
  });

  test('fits a window of 100 columns', () => {
    const story = demo
      .told()
      .split('\n')
      .filter((line) => !line.includes('kvitok.json'));
    expect(story.filter((line) => line.length > 100)).toEqual([]);
  });

  test('prints commands that work', () => {
    const commands = [...demo.told().matchAll(/^ {2}(\.\/kvitok .*)$/gm)].map((match) => match[1] ?? '');
    expect(commands.length).toBeGreaterThanOrEqual(5);
    for (const command of commands) {
      const out = execFileSync('sh', ['-c', command], { cwd: ROOT, env: plainEnvironment(), encoding: 'utf8' });
      expect({ command, lines: out.split('\n').length > 3 }).toEqual({ command, lines: true });
    }
  });
});

test('the demo that is kept running answers a letter sent to it, and ends on Ctrl-C', async () => {
  const demo = startDemo('--keep');
  try {
    await until(() => /--server 127\.0\.0\.1:\d+ .* --to \S+ /.test(demo.told()), 25_000, 'the demo runs on');
    const port = Number(/--server 127\.0\.0\.1:(\d+)/.exec(demo.told())?.[1]);
    const address = /--to (\S+)/.exec(demo.told())?.[1] ?? '';
    const transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
    await transport.sendMail({ from: 'you@example.org', to: address, subject: 'Проверка', text: 'Привет' });
    transport.close();
    await until(
      () => /→ a letter to you@example\.org\n[^│]*│ \[#\d+\] [\s\S]*отправлено автоматически/.test(demo.told()),
      10_000,
      'the letter is answered',
    );
  } finally {
    demo.child.kill('SIGINT');
  }
  expect(await demo.ended).toBe(0);
  expect(groupLives(demo)).toBe(false);
});

// kvitok init, as an admin answers it, against a real Dovecot and a real SMTP server.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Person } from '../../src/admin/ask.ts';
import { initialise } from '../../src/admin/init.ts';
import type { Flags } from '../../src/admin/init-questions.ts';
import { loadConfig } from '../../src/config/load.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';

let dovecot: Dovecot;
let sink: SmtpSink;
beforeAll(async () => {
  dovecot = await startDovecot();
  sink = await startSmtpSink({ auth: { user: 'support', pass: 'secret' } });
});
afterAll(async () => {
  await dovecot.stop();
  await sink.stop();
});

let path = '';
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'kvitok-init-')), 'kvitok.json');
});
afterEach(() => {
  sink.calm();
  rmSync(join(path, '..'), { recursive: true });
});

const noMx = async () => [];

/** Somebody who answers by what a question says; a list is used up, then its last answer stays. */
function somebody(answers: Readonly<Record<string, string | readonly string[]>>) {
  const told: string[] = [];
  const asked: string[] = [];
  const times = new Map<string, number>();
  const person: Person = {
    tell: (line) => void told.push(line),
    ask: async ({ text, fallback, check }) => {
      asked.push(text);
      const key = Object.keys(answers).find((words) => text.includes(words));
      const time = times.get(key ?? '') ?? 0;
      times.set(key ?? '', time + 1);
      const all = key === undefined ? [] : [answers[key] ?? ''].flat();
      const answer = all[Math.min(time, all.length - 1)] ?? fallback ?? '';
      const wrong = check?.(answer);
      if (wrong) throw new Error(`${text} ${answer}: ${wrong}`);
      return answer;
    },
    close: () => {},
  };
  return { person, told, asked };
}

function servers(): Record<string, string> {
  return {
    'Support address': 'support@desk.example',
    'Name of the desk': 'Example support',
    'IMAP server': dovecot.host,
    'IMAP protection': 'none',
    'IMAP port': String(dovecot.port),
    'SMTP server': sink.host,
    'SMTP protection': 'none',
    'SMTP port': String(sink.port),
    'Log-in': 'support',
    Password: 'secret',
    'whoever reads them first': 'anna.svetlova@desk.example',
  };
}

function flags(more: Flags = {}): Flags {
  return {
    yes: true,
    test: true,
    address: 'support@desk.example',
    name: 'Example support',
    password: 'secret',
    user: 'support',
    imapHost: dovecot.host,
    imapPort: String(dovecot.port),
    imapSecurity: 'none',
    smtpHost: sink.host,
    smtpPort: String(sink.port),
    smtpSecurity: 'none',
    ...more,
  };
}

const script = (more: Flags = {}) => initialise({ flags: flags(more), path, person: null, env: {}, mx: noMx });

describe('the first person of the desk', () => {
  test('is asked for at a terminal, and leads it; the support address is no person', async () => {
    const { person, asked } = somebody(servers());
    await initialise({ flags: {}, path, person, env: {}, mx: noMx });
    expect(asked).toContainEqual(expect.stringContaining('whoever reads them first'));
    expect(loadConfig(path, {})).toMatchObject({
      config: { operators: [{ address: 'anna.svetlova@desk.example', name: 'Anna Svetlova', role: 'lead' }] },
    });
    await expect(script({ force: true, operator: 'Support@desk.example' })).rejects.toMatchObject({
      lines: [expect.stringContaining('not the support address')],
    });
  });

  test('is named by flags in a script, which may leave it out', async () => {
    await script({ operator: 'boris@desk.example', operatorName: 'Борис' });
    expect(loadConfig(path, {})).toMatchObject({
      config: { operators: [{ address: 'boris@desk.example', name: 'Борис', role: 'lead' }] },
    });
    await script({ force: true });
    expect(loadConfig(path, {})).toMatchObject({ config: { operators: [] } });
  });
});

describe('at a terminal', () => {
  test('good answers give a file that loads, that only its owner can read, with a comment on each setting', async () => {
    dovecot.drop('support', 'Subject: old\r\n\r\nold\r\n');
    const { person, told, asked } = somebody(servers());
    await initialise({ flags: {}, path, person, env: {}, mx: noMx });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(loadConfig(path, {})).toMatchObject({
      ok: true,
      warnings: [],
      config: {
        desk: { name: 'Example support', address: 'support@desk.example', language: 'ru' },
        mailboxes: [
          {
            host: dovecot.host,
            port: dovecot.port,
            user: 'support',
            startFrom: 'now',
            done: { move: ['Kvitok', 'Done'] },
          },
        ],
        smtp: { host: sink.host, user: 'support', password: 'secret', envelopeFrom: 'null' },
      },
    });
    const lines = readFileSync(path, 'utf8').split('\n');
    expect(lines.filter((line) => line.trim().startsWith('//')).length).toBeGreaterThan(10);
    expect(told.join('\n')).toMatch(/logged in; letters in INBOX: 1/);
    expect(asked.join('\n')).toMatch(/already there \(INBOX holds 1\)/);
    expect(sink.letters).toEqual([]);
  });

  test('a wrong password is told while asking, and can be corrected', async () => {
    const { person, told } = somebody({ ...servers(), Password: ['wrong', 'secret'] });
    await initialise({ flags: {}, path, person, env: {}, mx: noMx });
    expect(told.filter((line) => line.includes('✗'))).toEqual([
      expect.stringContaining('refuses this user name or password'),
    ]);
    expect(loadConfig(path, {})).toMatchObject({ config: { mailboxes: [{ password: 'secret' }] } });
  });

  test('a server that can not be reached now can be kept as it is', async () => {
    const { person, told } = somebody({ ...servers(), 'IMAP port': '1', 'correct it': 'k' });
    await initialise({ flags: {}, path, person, env: {}, mx: noMx });
    expect(told.join('\n')).toContain('nothing listens there');
    expect(loadConfig(path, {})).toMatchObject({ config: { mailboxes: [{ port: 1 }] } });
  });

  test('who quits leaves no file behind', async () => {
    const { person } = somebody({ ...servers(), 'IMAP port': '1', 'correct it': 'q' });
    await expect(initialise({ flags: {}, path, person, env: {}, mx: noMx })).rejects.toMatchObject({ exitCode: 1 });
    expect(existsSync(path)).toBe(false);
  });

  test('a file that is there is left alone unless the person says yes', async () => {
    writeFileSync(path, 'mine', { mode: 0o644 });
    const no = somebody(servers());
    await expect(initialise({ flags: {}, path, person: no.person, env: {}, mx: noMx })).rejects.toMatchObject({
      exitCode: 1,
    });
    expect(no.asked).toHaveLength(1);
    expect(readFileSync(path, 'utf8')).toBe('mine');
    const yes = somebody({ ...servers(), overwrite: 'yes' });
    await initialise({ flags: {}, path, person: yes.person, env: {}, mx: noMx });
    expect(loadConfig(path, {}).ok).toBe(true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  test('a company whose mail is at a known provider is not asked for servers, and told what the provider wants', async () => {
    const { person, told, asked } = somebody({
      'Support address': 'a@company.example',
      Name: 'N',
      Password: 'x',
      'whoever reads them first': 'b@company.example',
    });
    await initialise({ flags: { test: false }, path, person, env: {}, mx: async () => ['mx.yandex.net'] });
    expect(asked.filter((text) => /server|\bport\b|protection/.test(text))).toEqual([]);
    expect(told.join('\n')).toMatch(/Yandex 360; needs an app password/);
    expect(loadConfig(path, {})).toMatchObject({
      config: {
        mailboxes: [{ host: 'imap.yandex.ru', port: 993 }],
        smtp: { host: 'smtp.yandex.ru', port: 465, user: 'a@company.example' },
      },
    });
  });
});

describe('in a script', () => {
  test('flags answer every question', async () => {
    await script({ language: 'en', startFrom: '2026-01-31', done: 'flag:$Kept' });
    expect(loadConfig(path, {})).toMatchObject({
      config: { desk: { language: 'en' }, mailboxes: [{ startFrom: '2026-01-31', done: { flag: '$Kept' } }] },
    });
  });

  test('what is missing is named in one line, and nothing is written', async () => {
    const missing = initialise({
      flags: { yes: true, address: 'a@company.example' },
      path,
      person: null,
      env: {},
      mx: noMx,
    });
    await expect(missing).rejects.toMatchObject({
      exitCode: 64,
      lines: ['missing: --name, --password, --imap-host, --smtp-host'],
    });
    expect(existsSync(path)).toBe(false);
  });

  test('a flag that is not right is named, without the secret', async () => {
    await expect(script({ imapPort: '70000' })).rejects.toMatchObject({
      lines: ['--imap-port "70000" is not right: a number from 1 to 65535'],
    });
    await expect(script({ password: 'file:hunter2' })).rejects.toMatchObject({
      lines: [expect.stringMatching(/^--password is not right: the file .*hunter2 does not exist$/)],
    });
  });

  test('a log-in that fails ends it with nothing written, unless tests are off', async () => {
    await expect(script({ password: 'wrong' })).rejects.toMatchObject({
      exitCode: 1,
      lines: [expect.stringContaining('refuses this user name or password'), expect.stringContaining('--no-test')],
    });
    expect(existsSync(path)).toBe(false);
    await script({ password: 'wrong', test: false });
    expect(existsSync(path)).toBe(true);
  });

  test('a file that is there is overwritten only by --force', async () => {
    writeFileSync(path, 'mine');
    await expect(script()).rejects.toMatchObject({ lines: [`${path} exists already; --force overwrites it`] });
    await script({ force: true });
    expect(loadConfig(path, {}).ok).toBe(true);
  });

  test('a place where nothing can be written is told before anything is asked', async () => {
    const { person, asked } = somebody(servers());
    const at = (where: string) => initialise({ flags: {}, path: where, person, env: {}, mx: noMx });
    await expect(at('/proc/kvitok.json')).rejects.toMatchObject({ lines: [expect.stringContaining('into /proc')] });
    await expect(at(join(path, '..', 'none', 'k.json'))).rejects.toMatchObject({
      lines: [expect.stringMatching(/^there is no folder .*none; make it/)],
    });
    await expect(at(join(path, '..'))).rejects.toMatchObject({ lines: [expect.stringContaining('is a folder')] });
    expect(asked).toEqual([]);
  });

  test('the password may stay in the environment: the file names it, the trial uses it', async () => {
    await initialise({ flags: flags({ password: 'env:PW' }), path, person: null, env: { PW: 'secret' }, mx: noMx });
    expect(readFileSync(path, 'utf8')).toContain('"env:PW"');
    expect(readFileSync(path, 'utf8')).not.toContain('secret"');
  });
});

describe('the envelope sender of acknowledgements', () => {
  test('is null where the provider takes it', async () => {
    await script();
    expect(loadConfig(path, {})).toMatchObject({ config: { smtp: { envelopeFrom: 'null' } } });
  });

  test.each(['mail', 'rcpt'] as const)(
    'is the support address where the provider refuses <> (at %s)',
    async (stage) => {
      sink.trouble(stage === 'mail' ? { stage, answer: 553, address: '' } : { stage, answer: 553, times: 1 });
      await script();
      expect(loadConfig(path, {})).toMatchObject({ config: { smtp: { envelopeFrom: 'support' } } });
      expect(sink.letters).toEqual([]);
    },
  );
});

describe('what was typed', () => {
  /** Answers that leave ports and the SMTP server to what is proposed. */
  const proposed = async (answers: Readonly<Record<string, string | readonly string[]>>) => {
    const { person, told } = somebody({ ...servers(), ...answers });
    const proposals = new Map<string, (string | undefined)[]>();
    const watching: Person = {
      ...person,
      ask: (question) => {
        proposals.set(question.text, [...(proposals.get(question.text) ?? []), question.fallback]);
        return person.ask(question);
      },
    };
    await initialise({ flags: { force: true }, path, person: watching, env: {}, mx: noMx });
    return { proposals, told };
  };

  test('a port survives a change of protection, and the SMTP server is proposed beside the IMAP server', async () => {
    const { proposals } = await proposed({ 'IMAP protection': ['tls', 'none'], 'correct it': 'c' });
    const [first, corrected] = proposals.get('IMAP port') ?? [];
    expect([first, corrected]).toEqual(['993', String(dovecot.port)]);
    expect(proposals.get('SMTP server')).toEqual([dovecot.host]);
  });

  test('a password that the SMTP server refuses is told without a word of IMAP', async () => {
    const { told } = await proposed({
      'SMTP log-in': ['other', 'support'],
      'SMTP password': ['wrong', 'secret'],
      'correct it': 'c',
    });
    const refusals = told.filter((line) => line.includes('refuses this user name or password'));
    expect(refusals).toHaveLength(1);
    expect(refusals[0]).not.toContain('IMAP');
  });
});

// What an admin is told about a configuration, right or wrong.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadConfig } from '../../src/config/load.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kvitok-config-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const DESK = '"desk": { "name": "Support", "address": "support@example.org" }';

function write(text: string, mode = 0o600): string {
  const path = join(dir, 'kvitok.json');
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
  return path;
}

function problems(text: string, env: Record<string, string> = {}): readonly string[] {
  const path = write(text);
  const loaded = loadConfig(path, env);
  return loaded.ok ? [] : loaded.problems.map((line) => line.replace(path, 'FILE'));
}

function mailbox(rest: string, name = 'support'): string {
  return `{ "name": "${name}", "host": "imap.example.org", "user": "u", "startFrom": "now", ${rest} }`;
}

describe('a good file', () => {
  test('may hold comments and trailing commas, and what is left out gets its default', () => {
    const loaded = loadConfig(write(`\uFEFF{ // the desk\n ${DESK}, /* no more */ }`), {});
    expect(loaded).toMatchObject({
      ok: true,
      dir,
      warnings: [],
      config: { desk: { timeZone: 'Europe/Moscow', language: 'ru' }, acknowledge: { perAddressHour: 3 } },
    });
  });

  test('has its relative paths taken from its own folder', () => {
    const loaded = loadConfig(
      write(`{ ${DESK}, "data": "d", "templates": "../t", "smtp": { "directory": "out" } }`),
      {},
    );
    expect(loaded).toMatchObject({
      config: { data: join(dir, 'd'), templates: join(dir, '..', 't'), smtp: { directory: join(dir, 'out') } },
    });
  });

  test('can be changed by nobody afterwards, at any depth', () => {
    const loaded = loadConfig(write(`{ ${DESK}, "mailboxes": [${mailbox('"password": "x"')}] }`), {});
    if (!loaded.ok) throw new Error(loaded.problems.join());
    expect(() => Object.assign(loaded.config.mailboxes[0]!, { host: 'evil' })).toThrow(TypeError);
    expect(() => Object.assign(loaded.config.desk, { name: 'evil' })).toThrow(TypeError);
  });

  test('may take its secrets from the environment and from files beside it', () => {
    writeFileSync(join(dir, 'secret'), 'from a file\r\n', { mode: 0o600 });
    const text = `{ ${DESK}, "mailboxes": [${mailbox('"password": "env:PW"', 'one')}, ${mailbox('"password": "file:secret"', 'two')}] }`;
    const loaded = loadConfig(write(text, 0o644), { PW: 'from the environment' });
    expect(loaded).toMatchObject({
      warnings: [],
      config: { mailboxes: [{ password: 'from the environment' }, { password: 'from a file' }] },
    });
  });

  test('that others can read while it holds a password is warned of, and so is an open secret file', () => {
    writeFileSync(join(dir, 'secret'), 'x', { mode: 0o644 });
    const text = `{ ${DESK}, "mailboxes": [${mailbox('"password": "hunter2"', 'one')}, ${mailbox('"password": "file:secret"', 'two')}] }`;
    const loaded = loadConfig(write(text, 0o640), {});
    if (!loaded.ok) throw new Error(loaded.problems.join());
    expect(loaded.warnings).toEqual([
      expect.stringContaining(`chmod 600 ${join(dir, 'secret')}`),
      expect.stringContaining(`chmod 600 ${join(dir, 'kvitok.json')}`),
    ]);
    expect(loaded.warnings.join()).not.toContain('hunter2');
  });
});

describe('a file that is none', () => {
  test('missing, empty, or a folder gets one line that says what to do', () => {
    const none = join(dir, 'none.json');
    expect(loadConfig(none, {})).toEqual({
      ok: false,
      problems: [`${none} does not exist; run \`kvitok init\` to make one, or name yours with --config`],
    });
    expect(problems(' \n')).toEqual(['FILE is empty; run `kvitok init` to make a configuration']);
    expect(loadConfig(dir, {})).toEqual({ ok: false, problems: [`${dir} is a folder; name the file in it`] });
  });

  test('with broken JSON is pointed to by line and column', () => {
    expect(problems('{\n  "desk": {\n    "name" "x"\n')).toEqual([
      'FILE:3:12: the JSON is broken here: colon expected',
    ]);
  });

  test('of other JSON than a group says what belongs there', () => {
    expect(problems('[]')).toEqual([
      expect.stringMatching(/^FILE:1: found a list; allowed: a group in \{ \} with .*desk/),
    ]);
  });
});

describe('a file with mistakes', () => {
  test('tells all of them in one go, in the order of the file, each with line, path, what was found and what is allowed', () => {
    const text = `{
  "desk": { "nam": "x", "address": "support", "timeZone": "Moscow" },
  "mailboxes": [
    { "name": "a", "host": "h", "user": "u", "startFrom": "yesterday", "port": 70000, "poll": "often" },
    { "name": "a", "host": "h:993", "user": "u", "startFrom": "now", "password": "env:NOPE" }
  ],
  "smtp": { "host": "h", "prot": 25, "port": "25" },
  "log": { "level": "loud" }
}`;
    expect(problems(text)).toEqual([
      'FILE:2: desk.nam: is no setting; did you mean name?',
      'FILE:2: desk.address: found "support"; allowed: an e-mail address like support@example.org',
      'FILE:2: desk.timeZone: found "Moscow"; allowed: a time zone of the IANA database like Europe/Moscow',
      'FILE:4: mailboxes[0]: password or oauth2 is missing; give one of them',
      expect.stringMatching(/^FILE:4: mailboxes\[0\]\.startFrom: found "yesterday"; allowed: now, all, a date/),
      'FILE:4: mailboxes[0].port: found 70000; allowed: a whole number from 1 to 65535',
      expect.stringMatching(/^FILE:4: mailboxes\[0\]\.poll: found "often"; allowed: a cron schedule/),
      'FILE:5: mailboxes[1].name: mailboxes[0] has the same name; every mailbox needs a name of its own',
      'FILE:5: mailboxes[1].host: found "h:993"; allowed: a host name or an IP address, without port',
      'FILE:5: mailboxes[1].password: the environment variable NOPE is not set',
      'FILE:7: smtp.prot: is no setting; did you mean port?',
      'FILE:7: smtp.port: found "25"; allowed: a whole number from 1 to 65535',
      'FILE:8: log.level: found "loud"; allowed: one of debug, info, warn, error',
    ]);
  });

  test('is told that password and oauth2 exclude each other, and that both need a user', () => {
    const oauth2 = '"oauth2": { "tokenUrl": "https://example.org/t", "clientId": "c", "refreshToken": "r" }';
    expect(
      problems(
        `{ ${DESK}, "mailboxes": [${mailbox(`"password": "x", ${oauth2}`)}], "smtp": { "host": "h", "password": "x" } }`,
      ),
    ).toEqual([
      'FILE:1: mailboxes[0].oauth2: password and oauth2 are both given; keep one of them',
      'FILE:1: smtp: user is missing; password and oauth2 need it',
    ]);
  });

  test('is told of a key that stands there twice, for only the last would count', () => {
    expect(problems(`{ ${DESK},\n "data": "a",\n "data": "b" }`)).toEqual([
      'FILE:3: data: is given twice; keep one of them',
    ]);
  });

  test('is told which settings there are where a key resembles none', () => {
    expect(problems(`{ ${DESK}, "log": { "colour": true } }`)).toEqual([
      'FILE:1: log.colour: is no setting; allowed here: level, format',
    ]);
  });

  test('with a missing, empty or unreadable secret says which, and goes on with the rest', () => {
    writeFileSync(join(dir, 'empty'), '\n');
    const boxes = ['file:none', 'file:empty', 'env:EMPTY'].map((secret, i) =>
      mailbox(`"password": "${secret}"`, `m${i}`),
    );
    expect(problems(`{ ${DESK}, "data": 5, "mailboxes": [\n${boxes.join(',\n')}] }`, { EMPTY: '' })).toEqual([
      'FILE:1: data: found 5; allowed: a text in quotes, not empty',
      `FILE:2: mailboxes[0].password: the file ${join(dir, 'none')} does not exist`,
      `FILE:3: mailboxes[1].password: the file ${join(dir, 'empty')} is empty`,
      'FILE:4: mailboxes[2].password: the environment variable EMPTY is empty',
    ]);
  });

  test('never has a secret repeated, wherever it was put', () => {
    const texts = [
      `{ ${DESK}, "mailboxes": [${mailbox('"pasword": "hunter2"')}] }`,
      `{ ${DESK}, "mailboxes": { "password": "hunter2" } }`,
      `{ ${DESK}, "mailboxes": "imaps://u:hunter2@h" }`,
      `{ ${DESK}, "smtp": "smtps://u:hunter2@h" }`,
      `{ ${DESK}, "smtp": { "host": "u:hunter2@h", "password": ["hunter2"] } }`,
      `{ ${DESK}, "password": "hunter2" }`,
      `{ ${DESK}, "mailboxes": [${mailbox('"password": "hunter2", "password": "hunter2"')}] }`,
      `{ ${DESK}, "mailboxes": [${mailbox('"password": "hunter2" "user": ')}] }`,
    ];
    for (const text of texts) {
      const lines = problems(text);
      expect(lines.length).toBeGreaterThan(0);
      expect(lines.join('\n')).not.toContain('hunter2');
    }
  });
});

test.each([
  [
    'windows-1251',
    Buffer.concat([Buffer.from('{ "desk": { "name": "'), Buffer.from([0xcf, 0xee, 0xe4]), Buffer.from('" } }')]),
  ],
  ['UTF-16', Buffer.from('\ufeff{ "desk": { "name": "Поддержка" } }', 'utf16le')],
])(
  'a configuration that an editor saved in %s is named as such, and no name is read as other letters',
  (encoding, bytes) => {
    const dir = mkdtempSync(join(tmpdir(), 'kvitok-encoding-'));
    try {
      const file = join(dir, 'kvitok.json');
      writeFileSync(file, bytes);
      expect(loadConfig(file, {})).toMatchObject({
        ok: false,
        problems: [expect.stringMatching(new RegExp(`is written in .*${encoding}.*; save it as UTF-8`))],
      });
    } finally {
      rmSync(dir, { recursive: true });
    }
  },
);

// kvitok check: what an admin is told before the daemon meets it.

import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { check } from '../../src/admin/check.ts';
import { findingLine } from '../../src/admin/findings.ts';
import { openFile } from '../../src/store/sqlite.ts';
import { openStore, RESTORE_MARK } from '../../src/store/store.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';

let dovecot: Dovecot;
let sink: SmtpSink;
beforeAll(async () => {
  dovecot = await startDovecot({ tls: true });
  sink = await startSmtpSink({ auth: { user: 'support', pass: 'secret' } });
});
afterAll(async () => {
  await dovecot.stop();
  await sink.stop();
});

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kvitok-check-'));
});
afterEach(() => {
  sink.calm();
  rmSync(dir, { recursive: true });
});

const NOW = Date.parse('2031-05-01T12:00:00Z');
const DESK = { name: 'Support', address: 'support@desk.example' };

async function found(values: object, { offline = false, now = NOW } = {}): Promise<string> {
  const path = join(dir, 'kvitok.json');
  writeFileSync(path, JSON.stringify({ desk: DESK, ...values }), { mode: 0o600 });
  const findings = await check(path, {}, now, { offline });
  return findings.map((finding) => findingLine(finding, false)).join('\n');
}

const mailbox = (more: object = {}) => ({
  name: 'support',
  host: dovecot.host,
  port: dovecot.port,
  security: 'none',
  user: 'support',
  password: 'secret',
  startFrom: 'now',
  ...more,
});
const smtp = (more: object = {}) => ({
  host: sink.host,
  port: sink.port,
  security: 'none',
  user: 'support',
  password: 'secret',
  ...more,
});

describe('configuration', () => {
  test('with mistakes gives each its line and ends the look', async () => {
    const text = await found({ dat: 'x', log: { level: 5 } }, { offline: true });
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^problem {2}configuration: .*dat: is no setting; did you mean data\?$/),
      expect.stringMatching(/^problem {2}configuration: .*log\.level: found 5/),
    ]);
  });
});

describe('this machine', () => {
  test('in order is said to be, and nothing is made', async () => {
    // of 2031 no holidays are known
    const calendars = { support: { holidays: 'none' } };
    const operators = [{ address: 'anna@desk.example', name: 'Anna', role: 'lead' }];
    const threading = { authservId: 'mx.desk.example' };
    const text = await found({ smtp: smtp(), calendars, operators, threading }, { offline: true });
    expect(text).toMatch(/^ok .*configuration/);
    expect(text).toMatch(/ok {7}data folder: .*data will be made at the first start/);
    expect(text).toMatch(/ok {7}clock: it is 1 May 2031, 15:00 in Europe\/Moscow/);
    expect(text).not.toMatch(/warning|problem/);
  });

  test('with a data folder that is a file or lies under one is a problem', async () => {
    writeFileSync(join(dir, 'data'), '');
    expect(await found({ smtp: smtp() }, { offline: true })).toMatch(/problem {2}data folder: .*data is no folder/);
    expect(await found({ smtp: smtp(), data: 'data/inner' }, { offline: true })).toMatch(/problem {2}data folder/);
  });

  test.each([
    [0o755, true],
    [0o701, true],
    [0o704, true],
    [0o700, false],
    [0o750, false],
  ])('with a data folder of mode %o warns of readers: %p', async (mode, warned) => {
    const data = join(dir, 'data');
    mkdirSync(data);
    chmodSync(data, mode);
    const text = await found({ smtp: smtp() }, { offline: true });
    const line = `warning  data folder: ${data} is open to every user of this machine (mode ${mode.toString(8)}), and customers' letters are in it; chmod 700 ${data}`;
    expect(text.split('\n').includes(line)).toBe(warned);
  });

  test('with a read-only data folder is a problem', async () => {
    expect(await found({ smtp: smtp(), data: '/proc/kvitok' }, { offline: true })).toMatch(
      /problem {2}data folder: \/proc can't be written/,
    );
  });

  test('with a database that is none is a problem', async () => {
    mkdirSync(join(dir, 'data'));
    writeFileSync(
      join(dir, 'data', 'kvitok.db'),
      'this is no database, though it is long enough to be looked into'.repeat(50),
    );
    expect(await found({ smtp: smtp() }, { offline: true })).toMatch(
      /problem {2}database: .*kvitok\.db can't be opened \(SQLITE_NOTADB\); restore it from a backup/,
    );
  });

  test('with a database that this user may not open is told to give it to the right one, not to replace it', async () => {
    mkdirSync(join(dir, 'data'));
    // root is stopped by no rights, but by a socket
    const socket = createServer().listen(join(dir, 'data', 'kvitok.db'));
    await once(socket, 'listening');
    const text = await found({ smtp: smtp() }, { offline: true });
    socket.close();
    expect(text).toMatch(/problem {2}database: .*kvitok\.db can't be opened \(SQLITE_CANTOPEN\w*\); give it/);
    expect(text).not.toMatch(/backup/);
  });

  test('with data of a newer kvitok is a problem before the daemon is started', async () => {
    const data = join(dir, 'data');
    await (await openStore(data)).close();
    expect(await found({ smtp: smtp() }, { offline: true })).not.toMatch(/problem/);
    const change = (name: string, sql: string) => {
      const file = openFile(join(data, name));
      file.exec(sql);
      file.close();
    };
    change('spool.db', 'pragma user_version = 99');
    change('kvitok.db', "insert into kysely_migration (name, timestamp) values ('9999-later', '')");
    const text = await found({ smtp: smtp() }, { offline: true });
    expect(text).toMatch(/problem {2}database: .*spool\.db was written by a newer version of kvitok; install that one/);
    expect(text).toMatch(
      /problem {2}database: .*kvitok\.db was written by a newer version of kvitok; install that one/,
    );
  });

  test('with a restore that was cut off is told to restore once more', async () => {
    mkdirSync(join(dir, 'data'));
    writeFileSync(join(dir, 'data', RESTORE_MARK), '');
    expect(await found({ smtp: smtp() }, { offline: true })).toMatch(
      /problem {2}data folder: .*data can't be used: a restore into it did not come to its end/,
    );
  });

  test('whose clock is behind the program itself is a problem', async () => {
    expect(await found({ smtp: smtp() }, { offline: true, now: 0 })).toMatch(/problem {2}clock: .*1970.*NTP/);
  });

  test('where letters are written into a folder is warned of, for nobody gets them', async () => {
    expect(await found({}, { offline: true })).toMatch(/warning {2}smtp: nothing is sent/);
  });

  test('with a template that is broken, misnamed or without subject is told which', async () => {
    mkdirSync(join(dir, 'own/ru'), { recursive: true });
    writeFileSync(join(dir, 'own/ru/acknowledgement-full.txt'), 'no subject\n');
    writeFileSync(join(dir, 'own/ru/acknowledgement-full.html'), '{% if %}{{ x');
    writeFileSync(join(dir, 'own/ru/greeting.txt'), 'Subject: x\n\ny\n');
    const text = await found({ smtp: smtp(), templates: 'own' }, { offline: true });
    expect(text).toMatch(/problem {2}templates: ru\/acknowledgement-full\.txt must begin with a line "Subject: …"/);
    expect(text).toMatch(/problem {2}templates: ru\/acknowledgement-full\.html: /);
    expect(text).toMatch(/warning {2}templates: ru\/greeting\.txt is never used/);
  });

  test('with a ready answer or an alarm that can’t be written is told which, a line each', async () => {
    mkdirSync(join(dir, 'own/ru'), { recursive: true });
    mkdirSync(join(dir, 'own/answers'));
    writeFileSync(join(dir, 'own/answers/access.ru.md'), 'Пришлите доступ.\n');
    writeFileSync(join(dir, 'own/ru/alarm-begun.txt'), 'Subject: {{ what }}\n\n{{ wat }}\n');
    writeFileSync(join(dir, 'own/ru/alarm-over.txt'), 'no subject\n');
    const text = await found({ smtp: smtp(), templates: 'own' }, { offline: true });
    expect(text.split('\n').filter((line) => line.includes('templates: '))).toEqual([
      expect.stringMatching(
        /^problem {2}templates: ru\/alarm-begun\.txt asks for wat, which no letter has; this one has .*\bwhat\b/,
      ),
      'problem  templates: ru/alarm-over.txt must begin with a line "Subject: …" and an empty line',
      expect.stringMatching(
        /^problem {2}templates: answers\/access\.ru\.md can't be used: it does not begin with front/,
      ),
    ]);
  });

  test('with a letter that asks for what it does not have, or by a filter that there is not, is told the file and the name', async () => {
    mkdirSync(join(dir, 'own/ru'), { recursive: true });
    writeFileSync(join(dir, 'own/ru/acknowledgement-brief.txt'), 'Subject: [#{{ nubmer }}]\n\n{{ hours }}\n');
    writeFileSync(join(dir, 'own/ru/acknowledgement-brief.html'), '{% if footer %}{{ footer }}{% endif %}');
    writeFileSync(join(dir, 'own/ru/warning-before.txt'), 'Subject: {{ subject | shout }}\n\n{{ due }}\n');
    writeFileSync(join(dir, 'own/ru/warning-missed.txt'), 'Subject: {{ subject }}\n\n{{ due }} {{ site }}\n');
    const text = await found({ smtp: smtp(), templates: 'own' }, { offline: true });
    const told = text.split('\n').filter((line) => line.includes('templates: '));
    expect(told).toHaveLength(3);
    expect(text).toMatch(
      /problem {2}templates: ru\/acknowledgement-brief\.txt asks for nubmer, which no letter has; this one has number, /,
    );
    expect(text).toMatch(/warning {2}templates: ru\/acknowledgement-brief\.html asks for footer, .*can't leave/);
    expect(text).toMatch(/problem {2}templates: ru\/warning-before\.txt: .*shout/);
  });

  test('with texts of its own that can all be used is said to be in order', async () => {
    mkdirSync(join(dir, 'own/en'), { recursive: true });
    writeFileSync(join(dir, 'own/en/alarm-begun.txt'), 'Subject: {{ what }}\n\n{{ todo }} {{ since }} {{ error }}\n');
    const text = await found({ smtp: smtp(), templates: 'own' }, { offline: true });
    expect(text).toMatch(/ok {7}templates: .*own, 1 of your own/);
  });
});

describe('servers', () => {
  test('in order are said to be, with what lies there, and nothing is changed on them', async () => {
    dovecot.drop('support', 'Subject: a\r\n\r\nb\r\n');
    const text = await found({ mailboxes: [mailbox()], smtp: smtp() });
    expect(text).toMatch(
      /ok {7}mailbox support: logged in .*; letters in INBOX: 1, kept ones go to Kvitok › Done, which will be made/,
    );
    expect(text).toMatch(/ok {7}smtp: logged in .*takes the null envelope sender/);
    expect(await dovecot.folders('support')).not.toContain('Kvitok');
    expect(await dovecot.letters('support')).toEqual([
      expect.objectContaining({ flags: expect.not.arrayContaining(['\\Seen']) }),
    ]);
    expect(sink.letters).toEqual([]);
  });

  test('that refuse, are missing or unproven are told in words, all in one go', async () => {
    const boxes = [
      mailbox({ name: 'wrong', password: 'wrong' }),
      mailbox({ name: 'gone', port: 1 }),
      mailbox({ name: 'unproven', port: dovecot.tlsPort, security: 'tls' }),
      mailbox({ name: 'nowhere', folder: ['Nowhere'] }),
    ];
    const text = await found({ mailboxes: boxes, smtp: smtp({ password: 'wrong' }) });
    expect(text).toMatch(/problem {2}mailbox wrong: support at .*refuses this user name or password/);
    expect(text).toMatch(/problem {2}mailbox gone: .*nothing listens there/);
    expect(text).toMatch(/problem {2}mailbox unproven: .*self-signed/);
    expect(text).toMatch(/problem {2}mailbox nowhere: .*there is no folder Nowhere; there are: INBOX/);
    expect(text).toMatch(/problem {2}smtp: .*refuses this user name or password/);
  });

  test('with STARTTLS, or a certificate taken on trust, work', async () => {
    const boxes = [
      mailbox({ name: 'starttls', security: 'starttls', verifyCertificate: false }),
      mailbox({ name: 'tls', port: dovecot.tlsPort, security: 'tls', verifyCertificate: false }),
    ];
    const text = await found({ mailboxes: boxes, smtp: smtp() });
    expect(text).toMatch(/ok {7}mailbox starttls/);
    expect(text).toMatch(/ok {7}mailbox tls/);
  });

  test('without the folder of sent letters that is to be read are warned of', async () => {
    const text = await found({ mailboxes: [mailbox({ sent: { folder: ['Posted'] } })], smtp: smtp() });
    expect(text).toMatch(/warning {2}mailbox support: there is no folder Posted of sent letters/);
    const filing = mailbox({ sent: { folder: ['Posted'], read: false, file: true } });
    expect(await found({ mailboxes: [filing], smtp: smtp() })).not.toContain('Posted');
  });

  test('whose folder separator stands in a configured name are warned of', async () => {
    expect(await found({ mailboxes: [mailbox({ done: { move: ['Kvitok.Done'] } })], smtp: smtp() })).toMatch(
      /warning {2}mailbox support: "Kvitok\.Done" in done\.move holds the server's delimiter \./,
    );
  });

  test('that refuse the null envelope sender are warned of, with the cure', async () => {
    sink.trouble({ stage: 'mail', answer: 553, address: '' });
    expect(await found({ mailboxes: [mailbox()], smtp: smtp() })).toMatch(
      /warning {2}smtp: .*refuses the null envelope sender \(553.*set smtp\.envelopeFrom to "support"/,
    );
  });

  test('whose OAuth2 token can not be had are told with the reason, and no secret', async () => {
    const oauth2 = { tokenUrl: 'http://127.0.0.1:1/token', clientId: 'app', refreshToken: 'hunter2' };
    const text = await found({
      mailboxes: [mailbox({ password: undefined, oauth2 })],
      smtp: smtp({ password: undefined, oauth2 }),
    });
    expect(text).toMatch(/problem {2}mailbox support: 127\.0\.0\.1:1 gives no token: /);
    expect(text).toMatch(/problem {2}smtp: 127\.0\.0\.1:1 gives no token: /);
    expect(text).not.toContain('hunter2');
  });
});

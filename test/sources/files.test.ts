import { chmodSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FileDelivery, readEml, readMaildir, readMbox, readStdin } from '../../src/sources/files.ts';
import { mboxLetters } from '../../src/sources/mbox.ts';

const LIMITS = { letterBytes: 10_000 };
let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kv-files-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

async function all(found: AsyncIterable<FileDelivery>) {
  return Array.fromAsync(found);
}

async function letters(found: AsyncIterable<FileDelivery>) {
  return (await all(found)).map((each) => {
    if (each.kind !== 'letter') throw new Error(each.reason);
    return { ...each.delivery, text: Buffer.from(each.delivery.raw).toString() };
  });
}

describe('an .eml file', () => {
  test('is taken byte for byte, under its digest, with the envelope and the time its last server wrote', async () => {
    const text =
      'Return-Path: <anna@example.net>\r\nDelivered-To: support@example.org\r\nX-Original-To: help@example.org\r\n' +
      'Received: from mx (mx [192.0.2.1])\r\n\tby mail.example.org; Mon, 2 Nov 2026 10:00:05 +0300 (MSK)\r\n' +
      'Received: from pc; Sun, 1 Nov 2026 00:00:00 +0300\r\nSubject: x\r\n\r\nhello\r\n';
    const [found] = await letters(readEml(file('one.eml', text), LIMITS));
    expect(found).toMatchObject({ source: 'file', text, receivedAt: Date.parse('2026-11-02T07:00:05Z') });
    expect(found!.envelope).toEqual({ from: 'anna@example.net', to: ['support@example.org', 'help@example.org'] });
    expect(found!.key).toMatch(/^file:[0-9a-f]{64}$/);
  });

  test('has the null sender where Return-Path is <>, and no known sender where there is none', async () => {
    const [bounce] = await letters(readEml(file('bounce.eml', 'Return-Path: <>\n\nx'), LIMITS));
    const [unknown] = await letters(readEml(file('unknown.eml', 'Subject: x\n\nReturn-Path: <a@b.c>\n'), LIMITS));
    expect(bounce!.envelope.from).toBe('');
    expect(unknown!.envelope.from).toBeNull();
  });

  test('without a Received arrived when the file was written', async () => {
    const path = file('old.eml', 'Subject: x\n\n');
    utimesSync(path, 1_700_000_000, 1_700_000_000);
    expect((await letters(readEml(path, LIMITS)))[0]!.receivedAt).toBe(1_700_000_000_000);
  });

  test('past the size limit is handed over by its header block, with its size', async () => {
    const text = `Subject: big\r\n\r\n${'x'.repeat(20_000)}`;
    const [found] = await letters(readEml(file('big.eml', text), LIMITS));
    expect(found).toMatchObject({ oversize: text.length, text: 'Subject: big\r\n\r\n' });
  });

  test('of 0 bytes is a letter', async () => {
    expect((await letters(readEml(file('empty.eml', ''), LIMITS)))[0]!.raw).toHaveLength(0);
  });

  test('that is not there, or is a folder, is named with the reason and throws nothing', async () => {
    const found = [...(await all(readEml(join(dir, 'nowhere.eml'), LIMITS))), ...(await all(readEml(dir, LIMITS)))];
    expect(found).toEqual([
      { kind: 'unreadable', path: join(dir, 'nowhere.eml'), reason: 'there is no such file' },
      { kind: 'unreadable', path: dir, reason: 'it is a folder' },
    ]);
  });
});

describe('a Maildir', () => {
  test('gives its letters oldest first, under names that stay when a mail client changes their flags', async () => {
    const maildir = join(dir, 'maildir');
    for (const sub of ['', 'cur', 'new', 'tmp']) mkdirSync(join(maildir, sub));
    file('maildir/new/1000000000.a.host', 'Subject: second\n\n');
    file('maildir/cur/999999999.b.host:2,S', 'Subject: first\n\n');
    file('maildir/tmp/1.c.host', 'Subject: half written\n\n');
    mkdirSync(join(maildir, 'new', '1000000001.d.host'));
    const found = await all(readMaildir(maildir, LIMITS));
    expect(found.map((each) => (each.kind === 'letter' ? each.delivery.key : each.reason))).toEqual([
      expect.stringMatching(/^maildir:999999999\.b\.host:[0-9a-f]{64}$/),
      expect.stringMatching(/^maildir:1000000000\.a\.host:[0-9a-f]{64}$/),
      'it is a folder',
    ]);
  });

  test('of another account may name its letters alike, and none is taken for one of the first', async () => {
    const keys: string[] = [];
    for (const [account, text] of Object.entries({ anna: 'Subject: hers\n\n', boris: 'Subject: his\n\n' })) {
      for (const sub of ['', 'cur', 'new']) mkdirSync(join(dir, account, sub));
      file(`${account}/cur/1:2,S`, text);
      for (const each of await all(readMaildir(join(dir, account), LIMITS)))
        keys.push(each.kind === 'letter' ? each.delivery.key : each.reason);
    }
    expect(new Set(keys).size).toBe(2);
  });

  test('that is none is said once for each missing folder', async () => {
    const found = await all(readMaildir(join(dir, 'nowhere'), LIMITS));
    expect(found.map((each) => each.kind)).toEqual(['unreadable', 'unreadable']);
  });
});

describe('an mbox', () => {
  const THREE =
    'From anna@example.net Mon Nov  2 07:00:00 2026\nSubject: one\n\n>From the start\n>>From deeper\nFrom here it goes on\n\nFrom my side too\n\n' +
    'From - Mon Nov  2 08:00:00 2026\nReturn-Path: <b@example.net>\nSubject: two\n\n\n\n' +
    'From MAILER-DAEMON Mon Nov  2 09:00:00 2026\nSubject: three\n\nno line end';

  test('is cut at its From_ lines, not at sentences that begin with From, and its quoting is undone', async () => {
    const found = await letters(readMbox(file('three.mbox', THREE), LIMITS));
    expect(found.map((each) => each.text)).toEqual([
      'Subject: one\n\nFrom the start\n>From deeper\nFrom here it goes on\n\nFrom my side too\n',
      'Return-Path: <b@example.net>\nSubject: two\n\n\n',
      'Subject: three\n\nno line end',
    ]);
    expect(found.map((each) => each.envelope.from)).toEqual(['anna@example.net', 'b@example.net', '']);
    expect(found[0]!.receivedAt).toBe(Date.parse('2026-11-02T07:00:00Z'));
  });

  test('with CRLF gives letters with CRLF', async () => {
    const found = await letters(readMbox(file('crlf.mbox', THREE.replaceAll('\n', '\r\n')), LIMITS));
    expect(found.map((each) => each.text)[1]).toBe('Return-Path: <b@example.net>\r\nSubject: two\r\n\r\n\r\n');
    expect(found).toHaveLength(3);
  });

  test('gives the same letters however the bytes are cut into chunks', async () => {
    const bytes = Buffer.from(THREE);
    const whole = await Array.fromAsync(mboxLetters(Readable.from([bytes]), 10_000));
    for (const size of [1, 2, 3, 7, 50]) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.subarray(i * size, (i + 1) * size),
      );
      expect(await Array.fromAsync(mboxLetters(Readable.from(chunks), 10_000))).toEqual(whole);
    }
  });

  test('of 200 MB with one endless line and a letter past the limit is read in bounded memory', async () => {
    async function* chunks() {
      yield Buffer.from('From a@example.net Mon Nov  2 07:00:00 2026\nSubject: huge\n\n');
      const block = Buffer.alloc(1 << 20, 'x');
      for (let i = 0; i < 200; i++) yield block;
      yield Buffer.from('\n\nFrom b@example.net Mon Nov  2 07:00:00 2026\nSubject: behind it\n\n');
    }
    const before = process.memoryUsage().arrayBuffers;
    const sizes: number[] = [];
    for await (const letter of mboxLetters(chunks(), 1_000_000)) {
      sizes.push(letter.size);
      expect(letter.raw.length).toBeLessThanOrEqual(1_000_000);
    }
    expect(sizes).toEqual(['Subject: huge\n\n\n\n'.length + (200 << 20), 'Subject: behind it\n'.length]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
  });

  test('that is none, or is not there, is named with the reason', async () => {
    const found = [
      ...(await all(readMbox(file('none.mbox', 'Subject: x\n\nhello\n'), LIMITS))),
      ...(await all(readMbox(join(dir, 'nowhere'), LIMITS))),
    ];
    expect(found.map((each) => (each.kind === 'letter' ? 'letter' : each.reason))).toEqual([
      'no letter in it; an mbox begins with a line "From …"',
      'there is no such file',
    ]);
  });
});

describe('a letter on standard input', () => {
  test('arrived now where it does not say when, and the From_ line of a pipe is no part of it', async () => {
    const pipe = Readable.from([
      Buffer.from('From anna@example.net Mon Nov  2 07:00:00 2026\nSub'),
      Buffer.from('ject: x\n\n'),
    ]);
    const [found] = await letters(readStdin(pipe, LIMITS, () => 42));
    expect(found).toMatchObject({ source: 'pipe', text: 'Subject: x\n\n', receivedAt: 42 });
  });

  test('that breaks off is no letter', async () => {
    const broken = new Readable({
      read() {
        this.destroy(new Error('broken pipe'));
      },
    });
    expect(await all(readStdin(broken, LIMITS, () => 42))).toEqual([
      { kind: 'unreadable', path: '-', reason: 'broken pipe' },
    ]);
  });
});

test('a file that this user may not read is named, and the next one is read', async () => {
  if (process.getuid?.() === 0) return;
  const path = file('secret.eml', 'x');
  chmodSync(path, 0);
  expect((await all(readEml(path, LIMITS)))[0]).toMatchObject({ reason: 'this user may not read it' });
});

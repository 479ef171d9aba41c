import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Delivery } from '../../src/mail/envelope.ts';
import { imapKey } from '../../src/store/ledger.ts';
import { openSpool, type Spool } from '../../src/store/spool.ts';

const BOX = { account: 'support', mailbox: 'INBOX', uidValidity: '1700000000' };
const NOW = 1_700_000_000_000;

let dir: string;
let spool: Spool;
beforeEach(() => {
  dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-spool-'));
  spool = openSpool(path.join(dir, 'spool.db'));
});
afterEach(() => {
  spool.close();
  fs.rmSync(dir, { recursive: true, force: true });
});

const delivery = (key: string, text = `Subject: ${key}\r\n\r\nHello\r\n`): Delivery => ({
  source: 'file',
  key,
  receivedAt: NOW,
  envelope: { from: '', to: ['support@desk.example'] },
  raw: Buffer.from(text),
});

describe('a letter that was kept', () => {
  test('is there byte for byte, with its envelope, after the file is opened again', () => {
    const raw = Buffer.from([0, 255, 13, 10, 128]);
    const [kept] = spool.keep([{ ...delivery('a'), raw }], NOW);
    spool.close();
    spool = openSpool(path.join(dir, 'spool.db'));
    expect(spool.raw(kept!.letter)).toEqual(raw);
    expect(spool.get(kept!.letter)).toMatchObject({ envelope: { from: '', to: ['support@desk.example'] }, size: 5 });
  });

  test('is the same letter when it is handed over once more', () => {
    const [first] = spool.keep([delivery('a')], NOW);
    const [second] = spool.keep([delivery('a')], NOW);
    expect(second).toEqual({ letter: first!.letter, again: true });
    expect(spool.after(0, 10)).toHaveLength(1);
  });

  test('keeps an unknown envelope sender apart from a null one', () => {
    spool.keep([{ ...delivery('a'), envelope: { from: null, to: [] } }], NOW);
    expect(spool.after(0, 1)[0]!.envelope.from).toBeNull();
  });
});

test('letters of one hand-over are kept all or none', () => {
  const broken = { ...delivery('b'), receivedAt: undefined as unknown as number };
  expect(() => spool.keep([delivery('a'), broken], NOW)).toThrow();
  expect(spool.after(0, 10)).toEqual([]);
});

/** Another process at the same file, as `kvitok ingest` is beside the daemon: commits as fast as it can. */
const WRITER = `
const { workerData, parentPort } = require('node:worker_threads');
const file = new (require('better-sqlite3'))(workerData, { timeout: 5000 });
file.exec('create table busy (n integer)');
parentPort.postMessage('at work');
for (;;) file.exec('insert into busy values (1)');
`;

describe('the ledger', () => {
  test('fails at no letter that another process puts into the spool at the same moment', async () => {
    spool.ledger.open(BOX, 1, NOW);
    const writer = new Worker(WRITER, { eval: true, workerData: path.join(dir, 'spool.db') });
    await once(writer, 'message');
    try {
      for (let uid = 1; uid <= 1000; uid++) spool.ledger.record(BOX, [uid], 'vanished');
    } finally {
      await writer.terminate();
    }
    expect(spool.ledger.known(BOX, [1000])).toEqual(new Set([1000]));
  });

  test('has a row for a letter from a mailbox in the same commit as its bytes', () => {
    spool.ledger.open(BOX, 1, NOW);
    spool.keep([delivery(imapKey(BOX, 7))], NOW);
    expect([...spool.ledger.known(BOX, [6, 7, 8])]).toEqual([7]);
    expect(spool.ledger.unfinished(BOX)).toEqual([7]);
    spool.ledger.finish(BOX, [7]);
    expect(spool.ledger.unfinished(BOX)).toEqual([]);
  });

  test('knows letters that were left alone and asks nothing more of them', () => {
    spool.ledger.open(BOX, 10, NOW);
    spool.ledger.record(BOX, [1, 2, 3], 'left-alone');
    expect([...spool.ledger.known(BOX, [1, 2, 3, 4])]).toEqual([1, 2, 3]);
    expect(spool.ledger.unfinished(BOX)).toEqual([]);
  });

  test('remembers when a mailbox was taken on, also after the server renumbered it', () => {
    expect(spool.ledger.open(BOX, 10, NOW)).toEqual({ takenOnAt: NOW, uidNext: 10, renumbered: false, first: true });
    expect(spool.ledger.open(BOX, 99, NOW + 5)).toEqual({
      takenOnAt: NOW,
      uidNext: 10,
      renumbered: false,
      first: false,
    });
    const renumbered = spool.ledger.open({ ...BOX, uidValidity: '2' }, 40, NOW + 9);
    expect(renumbered).toEqual({ takenOnAt: NOW, uidNext: 40, renumbered: true, first: true });
  });

  test('keeps mailboxes with colons and Cyrillic names apart', () => {
    const odd = { account: 'a:b', mailbox: 'Входящие/1:2', uidValidity: '5' };
    spool.ledger.open(odd, 1, NOW);
    spool.keep([delivery(imapKey(odd, 3))], NOW);
    expect([...spool.ledger.known(odd, [3])]).toEqual([3]);
  });
});

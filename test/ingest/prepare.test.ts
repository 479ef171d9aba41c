import fs from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { closeJudges, judgeBy, prepare, type Reading } from '../../src/ingest/prepare.ts';
import { PROVE_NOTHING, proveBy } from '../../src/ingest/prove.ts';
import { raw } from '../support/letter.ts';

const READING: Reading = {
  ours: {
    addresses: new Set(),
    messageIdHost: 'kvitok.desk.example',
    groups: new Set<string>(),
    forms: new Map<string, string | null>(),
  },
  prove: proveBy(PROVE_NOTHING),
  judge: judgeBy(),
};
const read = (bytes: Uint8Array, reading = READING) =>
  prepare({ raw: bytes, envelope: { from: null, to: [] }, receivedAt: 0, oversize: null, silent: null }, reading);

afterAll(closeJudges);

test('fields that only kvitok may write are gone before anything reads them, and the letter says so', async () => {
  const { message } = await read(
    raw({
      headers: [
        ['X-Kvitok-Operator', 'anna'],
        ['x-KVITOK-ticket', '1'],
      ],
    }),
  );
  expect(message.fields.all.filter(({ name }) => /kvitok/i.test(name))).toEqual([]);
  expect(message.defects.map(({ code }) => code)).toEqual(['own-field-removed']);
});

test('an attachment comes with its verdict, its digest and the name of its content', async () => {
  const letter = await read(raw({ parts: [{ contentType: 'image/png', filename: 'a.png', content: '<svg/>' }] }));
  expect(letter.attachments).toMatchObject([{ filename: 'a.png', verdict: 'rejected', size: 6, inlined: false }]);
});

test('the statement of the pinned server is the proof, and without one nothing is', async () => {
  const letter = raw({
    headers: [],
  });
  const stated = Buffer.concat([
    Buffer.from(
      'Authentication-Results: mx.desk.example; dmarc=pass header.from=client.example\r\nReceived: from a (a [192.0.2.1]) by mx.desk.example\r\n',
    ),
    letter,
  ]);
  const pinned = {
    ...READING,
    prove: proveBy({ ...PROVE_NOTHING, authservId: 'mx.desk.example' }),
  };
  expect((await read(stated, pinned)).proof).toMatchObject({ result: 'pass', by: 'dmarc' });
  expect((await read(stated)).proof.result).toBe('none');
});

test('of an archive that is accepted the pictures inside are named, with their dimensions', async () => {
  const letter = await read(
    fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/letters/demo/06-bmp-in-zip.eml')),
  );
  expect(letter.attachments).toMatchObject([
    { filename: 'скриншот.zip', verdict: 'accepted', detail: 'holds скриншот оплаты.bmp 80×45' },
  ]);
});

import { afterEach, describe, expect, test } from '@jest/globals';
import AdmZip from 'adm-zip';
import { REGULATION } from '../../src/attachments/policy.ts';
import { PROVE_NOTHING } from '../../src/ingest/prove.ts';
import { openReaders, READING_LIMITS, type Readers } from '../../src/ingest/readers.ts';
import { withDesk } from '../support/desk.ts';
import { raw } from '../support/letter.ts';

const SETTINGS = {
  ours: {
    addresses: new Set<string>(),
    messageIdHost: 'kvitok.desk.example',
    groups: new Set<string>(),
    forms: new Map<string, string | null>(),
  },
  proof: PROVE_NOTHING,
  policy: REGULATION,
};
/** Enough for every letter but the one below. */
const SMALL = { ...READING_LIMITS, heapMegabytes: 24 };
/** Two megabytes of text in two encodings at once: more than a thread of that size can hold while it repairs them. */
const KILLER = Buffer.from(`Subject: killer\r\n\r\n${'Привет мир РџСЂРёРІРµС‚ '.repeat(40_000)}`);

let readers: Readers;
afterEach(() => readers.close());

const read = (bytes: Uint8Array, load = () => Uint8Array.from(bytes)) => {
  const envelope = { from: null, to: [] };
  return readers.read({ envelope, receivedAt: 7, size: bytes.byteLength, oversize: null, silent: null }, load);
};
const subjects = async (letters: readonly Promise<{ letter: { message: { subject: string } } }>[]) =>
  (await Promise.allSettled(letters)).map((one) =>
    one.status === 'fulfilled' ? one.value.letter.message.subject : String(one.reason.message),
  );

test('a letter comes out of its thread as it would have been read here, without the bytes of its files', async () => {
  readers = openReaders(SETTINGS);
  const { letter, stemmed } = await read(
    raw({ subject: 'Принтер', text: 'Не печатает\n', parts: [{ contentType: 'image/png', content: '<svg/>' }] }),
  );
  expect(letter.message.subject).toBe('Принтер');
  expect(letter.message.fields.first('SUBJECT')).toBe('Принтер');
  expect(letter.attachments).toMatchObject([{ verdict: 'rejected', size: 6 }]);
  expect(letter.receivedAt).toBe(7);
  expect(stemmed).toEqual({ text: letter.message.reply, stems: 'не печата' });
  expect(() => letter.message.parts[0]?.bytes).toThrow('stay in the thread');
});

test('a letter that is passed on as an attachment is read where the bytes of it are', async () => {
  readers = openReaders(SETTINGS);
  const content = raw({ from: 'petr@shop.example', subject: 'Корзина', text: 'Не открывается.\n' });
  const { passedOn } = await read(
    raw({ subject: 'Fwd: Корзина', parts: [{ contentType: 'message/rfc822', content, filename: 'Корзина.eml' }] }),
  );
  expect(passedOn).toMatchObject({ writer: { address: 'petr@shop.example' }, reply: 'Не открывается.', path: '2' });
});

describe('a letter that fills the memory of its thread', () => {
  test('fails alone: those handed over with it are read by another thread, in their order', async () => {
    readers = openReaders(SETTINGS, SMALL);
    const others = ['one', 'two', 'three'].map((subject) => raw({ subject }));
    expect(await subjects([read(others[0]!), read(KILLER), read(others[1]!), read(others[2]!)])).toEqual([
      'one',
      'reading this letter took too long or too much memory, and its thread was ended',
      'two',
      'three',
    ]);
  });

  test('is set aside after three attempts, and its neighbours get their tickets at once', async () => {
    readers = openReaders(SETTINGS, SMALL);
    await withDesk(
      async ({ hand, workOff, fates, clock, log }) => {
        await hand({ text: 'before\n', messageId: '1@client.example' }, KILLER, { text: 'behind\n' });
        await workOff();
        expect(await fates()).toEqual(['opened', 'in work', 'opened']);
        for (let attempt = 2; attempt <= 3; attempt++) {
          clock.now += 60_000;
          await workOff();
        }
        expect(await fates()).toEqual(['opened', 'quarantined', 'opened']);
        expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([{ fields: { letter: 2 } }]);
      },
      { read: readers.read },
    );
  });
});

test('a letter whose buffers fill the memory of its thread ends it, though its heap is small', async () => {
  readers = openReaders(SETTINGS, { ...READING_LIMITS, memoryMegabytes: 72, watchMs: 1 });
  const head = 'Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n';
  const large = Buffer.from(head + 'A\n'.repeat(17 * 1024 * 1024));
  expect(await subjects([read(large), read(raw({ subject: 'behind' }))])).toEqual([
    'reading this letter took too long or too much memory, and its thread was ended',
    'behind',
  ]);
});

test('a letter that takes too long ends its thread', async () => {
  readers = openReaders(SETTINGS, { ...READING_LIMITS, letterMs: 5, watchMs: 2 });
  expect(await subjects([read(KILLER)])).toEqual([expect.stringContaining('took too long')]);
});

test('a file that takes too long is left unchecked, and the letter is read without it', async () => {
  const archive = new AdmZip();
  archive.addFile('a.bmp', Buffer.alloc(48 * 1024 * 1024));
  const content = archive.toBuffer();
  readers = openReaders({ ...SETTINGS, policy: { ...REGULATION, fileMs: 5 } }, { ...READING_LIMITS, watchMs: 2 });
  const parts = [{ contentType: 'application/zip', filename: 'a.zip', content }];
  const { letter } = await read(raw({ subject: 'files', parts }));
  expect([letter.message.subject, ...letter.attachments.map(({ verdict }) => verdict)]).toEqual(['files', 'unchecked']);
});

test('no more letters are in the hands of threads than a sum of bytes, but a larger one alone', async () => {
  readers = openReaders(SETTINGS, { ...READING_LIMITS, bytes: 10_000 });
  const loaded: number[] = [];
  const reading = [4000, 4000, 30_000, 4000].map((size, i) =>
    read(Buffer.from(`Subject: ${i}\r\n\r\n`.padEnd(size, 'x')), () => {
      loaded.push(size);
      return Buffer.alloc(size, `Subject: ${i}\r\n\r\n`);
    }),
  );
  expect(loaded).toEqual([4000, 4000]);
  await reading[0];
  expect(loaded).toEqual([4000, 4000]);
  await reading[1];
  expect(loaded).toEqual([4000, 4000, 30_000]);
  await reading[2];
  expect(loaded).toEqual([4000, 4000, 30_000, 4000]);
  await reading[3];
});

import { expect, test } from '@jest/globals';
import { fileHoldsSecret } from '../../src/ingest/file-secrets.ts';
import { makeReplyAddress } from '../../src/thread/reply-address.ts';

const SECRETS = { address: 'support@desk.example', people: ['anna@desk.example'] };
const TOKEN = makeReplyAddress({ current: 'a key', believed: ['a key'] }, SECRETS.address, {
  reader: 'operator',
  ticket: 1042,
  about: 7,
  person: 1,
});
const holds = (text: string, type: string | null = 'txt') =>
  fileHoldsSecret({ bytes: new TextEncoder().encode(text) }, type, SECRETS);

test('a signed address is found wherever a window of the file begins, with no key at hand', () => {
  for (let before = 63 * 1024 - 100; before < 64 * 1024 + 100; before += 13)
    expect([before, holds(`${'x'.repeat(before)}\n${TOKEN}\n${'y'.repeat(5_000)}`)]).toEqual([before, true]);
});

test('a log that names customers and the desk holds none, however long', () => {
  expect(holds('12:00 ivan@client.example wrote to support@desk.example\n'.repeat(40_000))).toBe(false);
});

test('a picture is not read as a text', () => {
  expect(holds(TOKEN, 'png')).toBe(false);
});

import { describe, expect, test } from '@jest/globals';
import { makeOwnId, NO_TICKET, readOwnId } from '../../src/thread/own-id.ts';
import { makeReplyAddress, personMark, readReplyAddress } from '../../src/thread/reply-address.ts';
import { base32, fromBase32 } from '../../src/thread/signing.ts';

const KEYS = { current: 'new key', believed: ['new key', 'old key'] };
const OLD = { current: 'old key', believed: ['old key'] };
const OTHER = { current: 'another', believed: ['another'] };
const DESK = 'support@desk.example';
const TOKEN = { reader: 'customer', ticket: 1042, about: 77, person: personMark('ivan@client.example') } as const;

describe('a signed reply address', () => {
  const address = makeReplyAddress(KEYS, DESK, TOKEN);
  const token = address.slice('support+'.length, address.indexOf('@'));

  test('is short, lower-case, and names ticket, entry and person', () => {
    expect(token).toMatch(/^[a-z2-7]{1,40}$/);
    expect(readReplyAddress(KEYS, DESK, address)).toEqual(TOKEN);
  });
  test('is read in any case, for servers fold it', () => {
    expect(readReplyAddress(KEYS, DESK, address.toUpperCase())).toEqual(TOKEN);
  });
  test('signed by a key we still believe is read, by any other not', () => {
    expect(readReplyAddress(KEYS, DESK, makeReplyAddress(OLD, DESK, TOKEN))).toEqual(TOKEN);
    expect(readReplyAddress(KEYS, DESK, makeReplyAddress(OTHER, DESK, TOKEN))).toBeNull();
  });
  test('with any one character changed is none', () => {
    const changed = [...token].map((character, i) => {
      const other = character === 'a' ? 'b' : 'a';
      return `support+${token.slice(0, i)}${other}${token.slice(i + 1)}@desk.example`;
    });
    expect(changed.filter((one) => readReplyAddress(KEYS, DESK, one) !== null)).toEqual([]);
  });
  test('tells a customer from an operator, and both from who was asked', () => {
    const readers = ['customer', 'operator', 'asked'] as const;
    const made = readers.map((reader) => makeReplyAddress(KEYS, DESK, { ...TOKEN, reader }));
    expect(new Set(made).size).toBe(3);
    expect(made.map((one) => readReplyAddress(KEYS, DESK, one)?.reader)).toEqual(readers);
  });
  test.each([
    'support@desk.example',
    'support+@desk.example',
    'support+aaaa@desk.example',
    'other+x@desk.example',
    '',
    `support+${'a'.repeat(5000)}@desk.example`,
  ])('is not seen in %p', (recipient) => expect(readReplyAddress(KEYS, DESK, recipient)).toBeNull());
  test('of the largest ids fits into 40 characters', () => {
    const large = makeReplyAddress(KEYS, DESK, {
      ...TOKEN,
      ticket: 2 ** 40 - 1,
      about: 2 ** 40 - 1,
      person: 0xffffffff,
    });
    expect(large.length - 'support+@desk.example'.length).toBeLessThanOrEqual(40);
    expect(() => makeReplyAddress(KEYS, DESK, { ...TOKEN, ticket: 2 ** 40 })).toThrow(RangeError);
  });
});

describe('a Message-ID of ours', () => {
  const id = makeOwnId(KEYS, 'kvitok.desk.example', 'ack', '10429', 'abc123def456');

  test('proves its kind and its ticket', () =>
    expect(readOwnId(KEYS, 'kvitok.desk.example', id)).toEqual({ kind: 'ack', ticket: 1042 }));
  test('proves nothing on another host, with another number, or without our digest', () => {
    const forged = [
      id.replace('kvitok.desk', 'kvitok.evil'),
      id.replace('10429', '10008'),
      id.replace(/\.[a-z2-7]{16}@/, '@'),
    ];
    expect(forged.map((one) => readOwnId(KEYS, 'kvitok.desk.example', one))).toEqual([null, null, null]);
  });
  test('of a letter about no ticket proves its kind', () => {
    const aside = makeOwnId(KEYS, 'kvitok.desk.example', 'question', NO_TICKET, 'abc123def456');
    expect(readOwnId(KEYS, 'kvitok.desk.example', aside)).toEqual({ kind: 'question', ticket: null });
  });
  test('is no reply token: each digest is for one purpose', () => {
    const mac = id.slice(id.lastIndexOf('.', id.indexOf('@')) + 1, id.indexOf('@'));
    expect(readReplyAddress(KEYS, DESK, `support+${mac}@desk.example`)).toBeNull();
  });
});

test('base32 gives back what it was given, and refuses what it never made', () => {
  for (const length of [0, 1, 2, 3, 4, 5, 10, 24]) {
    const bytes = Buffer.from(Array.from({ length }, (_, i) => (i * 37 + length) & 255));
    expect(fromBase32(base32(bytes))).toEqual(bytes);
  }
  expect([fromBase32('a1'), fromBase32('ä'), fromBase32('ab'), fromBase32('aaa')]).toEqual([null, null, null, null]);
});

import { describe, expect, test } from '@jest/globals';
import { contentDigest } from '../../src/mail/digest.ts';

const LETTER = [
  'From: Ivan <ivan@client.example>',
  'To: support@desk.example',
  'Subject: Printer',
  'Date: Mon, 02 Mar 2026 10:00:00 +0300',
  'Message-ID: <one@client.example>',
  '',
  'It does not print.',
  '',
];
const digest = (lines: readonly string[], end = '\r\n') => contentDigest(Buffer.from(lines.join(end)));

describe('one letter that came by two ways has one digest', () => {
  const same: Record<string, readonly string[]> = {
    'with the trace of another relay': ['Received: from a by b', 'Return-Path: <ivan@client.example>', ...LETTER],
    'with a Message-ID that a relay rewrote': LETTER.map((line) => line.replace('one@', 'two@')),
    'with what a spam filter added': ['X-Spam-Score: 0.1', 'Authentication-Results: mx; spf=pass', ...LETTER],
    'with its header in another order': [...LETTER.slice(0, 5).toReversed(), ...LETTER.slice(5)],
    'with a folded subject': LETTER.flatMap((line) => (line.startsWith('Subject') ? ['Subject:', ' Printer'] : [line])),
    'with blank lines behind it': [...LETTER, '', ''],
  };
  for (const [how, lines] of Object.entries(same)) {
    test(how, () => expect(digest(lines)).toBe(digest(LETTER)));
  }
  test('with the line ends of a pipe', () => expect(digest(LETTER, '\n')).toBe(digest(LETTER)));
});

describe('two letters have two digests', () => {
  const other: Record<string, readonly string[]> = {
    'when another word is in the text': LETTER.map((line) => line.replace('does not', 'did not')),
    'when it was written a second later': LETTER.map((line) => line.replace(':00:00', ':00:01')),
    'when somebody else wrote it': LETTER.map((line) => line.replace('ivan@', 'olga@')),
    'when the subject is another': LETTER.map((line) => line.replace('Printer', 'Scanner')),
  };
  for (const [when, lines] of Object.entries(other)) {
    test(when, () => expect(digest(lines)).not.toBe(digest(LETTER)));
  }
});

test('a letter of 0 bytes has a digest too', () => {
  expect(contentDigest(new Uint8Array())).toMatch(/^[0-9a-f]{64}$/);
});

test('two pieces of noise without one field of a writer are two letters', () => {
  const [one, other] = [Buffer.from([1, 2, 3, 200]), Buffer.from([1, 2, 3, 201])];
  expect(contentDigest(one)).not.toBe(contentDigest(other));
  expect(contentDigest(one)).not.toBe(contentDigest(new Uint8Array()));
});

test('a long letter is known again wherever its line ends fall', () => {
  const long = ['From: a@client.example', '', ...Array.from({ length: 3000 }, (_, i) => 'x'.repeat(i % 90)), 'end'];
  expect(digest(long, '\n')).toBe(digest(long));
  expect(digest([...long, '', 'end'])).not.toBe(digest(long));
});

// The letters of a torture: customers of the bench's load, of whom some write again (by the ID in the subject, by answering the
// acknowledgement, by answering themselves), some come twice, and some are robots. All from a seed.

import { createHash } from 'node:crypto';
import { bytesIn, type Charset, encodedWords } from '../../bench/encodings.ts';
import { type LoadLetter, letters } from '../../bench/letters.ts';
import { type Chance, chance, one, SENTENCES } from '../../bench/words.ts';

/** `gone`: a person at the mailbox deletes it, perhaps before it is taken in. */
export type Kind = 'opens' | 'replies' | 'automatic' | 'repeats' | 'gone';

export type Way = 'imap' | 'lmtp';

/** What is remembered of a letter that was put into the mailbox. */
export interface Sent {
  readonly kind: Kind;
  readonly way: Way;
  readonly messageId: string;
  /** Of its bytes. */
  readonly sha256: string;
  /** Message-ID of the letter that opened the ticket it belongs to. */
  readonly opener: string;
}

/** What a customer does after the first letter. */
export type Next = 'nothing' | 'by-tag' | 'by-acknowledgement' | 'by-own-letter' | 'repeats';

export interface Customer {
  readonly first: LoadLetter;
  readonly kind: 'opens' | 'automatic';
  readonly next: Next;
}

/** An acknowledgement as its reader sees it. */
export interface Acknowledged {
  readonly number: string;
  readonly messageId: string;
}

/** As many customers as write `n` letters together: 30 % of them replies, 3 % automatic, 2 % come twice. */
export function* customers(n: number, seed: number): Generator<Customer> {
  const replies = Math.round(n * 0.3);
  const repeats = Math.round(n * 0.02);
  const robots = Math.round(n * 0.03);
  const first = n - replies - repeats;
  const nexts = spread(first - robots, replies, repeats, chance(seed));
  let at = 0;
  for (const letter of letters(first, seed)) {
    const robot = Math.floor(((at + 1) * robots) / first) > Math.floor((at * robots) / first);
    at += 1;
    yield robot
      ? { first: automatic(letter), kind: 'automatic', next: 'nothing' }
      : { first: letter, kind: 'opens', next: nexts.shift() ?? 'nothing' };
  }
}

function spread(openers: number, replies: number, repeats: number, random: Chance): Next[] {
  const ways: readonly Next[] = ['by-tag', 'by-tag', 'by-tag', 'by-acknowledgement', 'by-own-letter'];
  const nexts = Array.from({ length: openers }, (_, i): Next => {
    if (i < replies) return ways[i % ways.length] ?? 'by-tag';
    return i < replies + repeats ? 'repeats' : 'nothing';
  });
  return nexts
    .map((next) => ({ next, place: random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ next }) => next);
}

/** The same letter as an autoresponder would send it (RFC 3834 §5). */
function automatic(letter: LoadLetter): LoadLetter {
  return { ...letter, raw: Buffer.concat([Buffer.from('Auto-Submitted: auto-replied\r\n'), letter.raw]) };
}

/** The same letter by another relay: only what relays write on top is different. */
export function repeated(letter: LoadLetter): Buffer {
  const trace = `Received: from other.example (other.example [192.0.2.251])\r\n\tby mx.desk.example; ${new Date(0).toUTCString()}\r\n`;
  return Buffer.concat([Buffer.from(trace), letter.raw]);
}

const SUBJECTS: readonly ((number: string, subject: string) => string)[] = [
  (number, subject) => `Re: [#${number}] ${subject}`,
  (number, subject) => `Re[2]: ${subject} [#${number}]`,
  (number, subject) => `Отв: обращение ${number}: ${subject}`,
  (number, subject) => `HA: ID ${number} ${subject}`,
];

/** The customer's second letter. Without an acknowledgement in hand it can only refer to the customer's own first one. */
export function reply({ first, next }: Customer, answer: Acknowledged | null): { messageId: string; raw: Buffer } {
  const random = chance(Number.parseInt(sha256(first.messageId).slice(0, 8), 16));
  const subject =
    answer && next === 'by-tag' ? one(random, SUBJECTS)(answer.number, first.subject) : `Re: ${first.subject}`;
  const referred = answer && next === 'by-acknowledgement' ? answer.messageId : first.messageId;
  const messageId = `again.${first.messageId}`;
  const head = [
    `From: ${encodedWords(first.from.name, first.charset)} <${first.from.address}>`,
    'To: support@desk.example',
    `Subject: ${encodedWords(subject, first.charset)}`,
    `Message-ID: <${messageId}>`,
    ...(answer && next === 'by-tag' ? [] : [`In-Reply-To: <${referred}>`, `References: <${referred}>`]),
    'MIME-Version: 1.0',
    `Content-Type: text/plain; charset=${first.charset}`,
    'Content-Transfer-Encoding: 8bit',
  ];
  const body = bodyIn(first.charset, `${one(random, SENTENCES)}\r\n\r\n-- \r\n${first.from.name}\r\n`);
  return { messageId, raw: Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), body]) };
}

const bodyIn = (charset: Charset, text: string): Buffer => bytesIn(text, charset);

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

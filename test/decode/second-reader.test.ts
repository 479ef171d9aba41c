import { expect, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { forwardedLetter } from '../../src/decode/forwarded.ts';
import { secondOpinion } from '../../src/decode/second-reader.ts';
import type { Message, Part } from '../../src/mail/message.ts';
import { raw } from '../support/letter.ts';

const HEAD = 'From: ivan@client.example\r\nSubject: s\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n';
const PICTURE = 'Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n';

async function read(body: string): Promise<Message> {
  const bytes = Buffer.from(HEAD + body, 'latin1');
  return secondOpinion(bytes, decode(bytes));
}

test('a sound letter is not read twice', async () => {
  const bytes = raw({ parts: [{ contentType: 'image/png', content: 'x', filename: 'a.png' }] });
  const message = decode(bytes);
  expect(await secondOpinion(bytes, message)).toBe(message);
});

test('a picture of a letter whose last delimiter is lost is trusted when both readers see the same', async () => {
  const message = await read(`--b\r\n\r\nwords\r\n--b\r\n${PICTURE}`);
  expect(message.parts.map(({ ambiguous }) => ambiguous)).toEqual([false]);
});

test('a part with two transfer encodings is ambiguous: one reader sees a picture, the other text', async () => {
  const message = await read(`--b\r\nContent-Transfer-Encoding: 7bit\r\n${PICTURE}--b--\r\n`);
  expect(message.parts.map(({ ambiguous }) => ambiguous)).toEqual([true]);
  expect(message.defects.map(({ code }) => code)).toContain('parts-ambiguous');
});

test('a part behind the last delimiter is ambiguous, its neighbour before it is not', async () => {
  const message = await read(`--b\r\n${PICTURE}--b--\r\n--b\r\n${PICTURE.replace('Ggo', 'Hgo')}--b--\r\n`);
  expect(message.parts.map(({ ambiguous }) => ambiguous)).toEqual([false, true]);
});

test('a structure that the second reader gives up on is ambiguous throughout', async () => {
  const many = `--b\r\nX-A: ${'x'.repeat(1_100_000)}\r\n${PICTURE}`;
  const message = await read(`${many}--b\r\n${PICTURE}`);
  expect(message.parts.length).toBeGreaterThan(0);
  expect(message.parts.every(({ ambiguous }) => ambiguous)).toBe(true);
  expect(message.defects.map(({ code }) => code)).toContain('second-reader-failed');
});

test('a forwarded letter is read as a letter, three deep and no deeper', () => {
  let inner = 'Subject: innermost\r\n\r\nwords\r\n';
  for (let depth = 0; depth < 4; depth++)
    inner = `Subject: depth ${depth}\r\nContent-Type: message/rfc822\r\n\r\n${inner}`;
  let message: Message | null = decode(Buffer.from(inner));
  const subjects: string[] = [];
  for (let depth = 1; message !== null; depth++) {
    subjects.push(message.subject);
    const part: Part | undefined = message.parts[0];
    message = part ? forwardedLetter(part, depth) : null;
  }
  expect(subjects).toEqual(['depth 3', 'depth 2', 'depth 1', 'depth 0']);
});

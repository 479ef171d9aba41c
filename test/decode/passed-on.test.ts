import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { passedOn } from '../../src/decode/passed-on.ts';
import { letter, raw } from '../support/letter.ts';

interface Row {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  readonly writer: string | null;
  readonly becomes?: string;
  readonly reply?: string;
  readonly above?: string;
}

const TABLE = path.join(import.meta.dirname, '../../fixtures/tables/passed-on.json');
const rows = JSON.parse(readFileSync(TABLE, 'utf8')) as readonly Row[];

test.each(rows)('who wrote a letter that is passed on, and what: $from', ({ subject, text, ...expected }) => {
  const found = passedOn(decode(raw({ subject, text })));
  expect(found && `${found.writer.name} <${found.writer.address}>`).toBe(expected.writer);
  if (!found) return;
  expect(found).toMatchObject({
    subject: expected.becomes,
    reply: expected.reply,
    above: expected.above,
    messageId: null,
    path: null,
  });
});

describe('a letter that is passed on as an attachment', () => {
  const inner = raw({
    from: 'Иван Петров <ivan@client.example>',
    subject: 'Корзина',
    messageId: 'inner@client.example',
    text: 'Корзина не открывается.\n',
  });
  const part = { contentType: 'message/rfc822', content: inner, filename: 'Корзина.eml' };

  test('is read whole, with its Message-ID, and stands before what the text quotes', () => {
    const found = passedOn(decode(raw({ subject: 'Fwd: Корзина', text: 'Это к вам.\n', parts: [part] })));
    expect(found).toMatchObject({
      writer: { address: 'ivan@client.example' },
      subject: 'Корзина',
      reply: 'Корзина не открывается.',
      messageId: 'inner@client.example',
      path: '2',
      above: 'Это к вам.',
    });
  });

  test('is none where it has no writer', () => {
    const nobody = { ...part, content: 'Subject: x\r\n\r\ntext\r\n' };
    expect(passedOn(decode(raw({ text: 'Это к вам.\n', parts: [nobody] })))).toBeNull();
  });
});

test('a letter of fifty thousand dividers is read in a moment', () => {
  const text = '-------- Forwarded Message --------\nFrom: \n'.repeat(50_000);
  const begun = process.cpuUsage();
  expect(passedOn(letter({ subject: 'Fwd: x', text }))).toBeNull();
  expect(process.cpuUsage(begun).user / 1000).toBeLessThan(3000);
});

test('a header on one line is read with blanks before its colons, as the French write', () => {
  const text =
    'À vous\n\n----- Message transféré ----- De : Vera <vera@sirin.example> À : ivan@client.example Envoyé : mardi 10 mars 2026 à 11:00:00 UTC+1 Objet : Caisse\nElle se tait.';
  expect(passedOn(letter({ subject: 'Fwd: Caisse', text }))).toMatchObject({
    writer: { address: 'vera@sirin.example' },
    subject: 'Caisse',
    reply: 'Elle se tait.',
  });
});

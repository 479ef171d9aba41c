import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';

interface Expected {
  readonly about: string;
  readonly subject: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly text: string;
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly size?: number }[];
  readonly defects?: readonly string[];
}

const folder = new URL('../../fixtures/letters/mime/', import.meta.url);
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, string, Expected] => {
    const expected = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Expected;
    return [expected.about, name.replace('.json', '.eml'), expected];
  });

test.each(cases)('%s', (_, file, expected) => {
  const message = decode(readFileSync(new URL(file, folder)));
  expect({ subject: message.subject, from: message.from[0], text: message.text }).toEqual({
    subject: expected.subject,
    from: expected.from,
    text: expected.text,
  });
  expect(
    message.parts.map(({ filename, contentType, bytes }, index) => ({
      filename,
      contentType,
      ...(expected.attachments[index]?.size === undefined ? {} : { size: bytes.length }),
    })),
  ).toEqual(expected.attachments);
  const codes = message.defects.map(({ code }) => code);
  expect(codes).toEqual(expect.arrayContaining([...(expected.defects ?? [])]));
});

test('a plain form that holds one word of a short page gives way to the page', () => {
  const message = decode(
    Buffer.from(
      'From: a@client.example\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nПечать\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Печать</p><p>Что делать?</p>\r\n--b--\r\n',
    ),
  );
  expect(message.text).toBe('Печать\n\nЧто делать?');
});

// Small pictures that stand in the text of a letter: a screenshot reaches whoever reads it, a logo does so no more than it must.

import { deflateSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { IngestDeps } from '../../src/ingest.ts';
import { attachmentsOf } from '../../src/store/tickets.ts';
import { bmp, png } from '../attachments/pictures.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { type LetterSketch, raw } from '../support/letter.ts';
import { ANNA, toCustomers, told, toOperators } from '../support/operators.ts';
import type { LetterSent } from '../support/way-out.ts';

const OPERATORS: Partial<IngestDeps> = { rules: { ...RULES, operators: [ANNA] } };

/** A small picture of its own kind. */
const small = (kind: number) => png(120, 40, deflateSync(Buffer.alloc(121 * 40, kind)));
const LOGO = small(1);
const SHOT = small(2);

const shown = (picture: Buffer, type = 'image/png') =>
  `<p><img src="data:${type};base64,${picture.toString('base64')}"></p>`;

let n = 0;
const withPictures = (change: LetterSketch, ...pictures: readonly Buffer[]): LetterSketch => ({
  messageId: `pictures${++n}@client.example`,
  html: `<p>Вот что я вижу:</p>${pictures.map((one) => shown(one)).join('')}<p>Спасибо, Иван</p>`,
  ...change,
});

/** A letter whose HTML shows a part by its Content-ID, as Apple Mail and Outlook send them. */
function related(sketch: LetterSketch, html: string, picture: Buffer): Uint8Array {
  const head =
    Buffer.from(raw({ ...sketch, text: '' }))
      .toString('latin1')
      .split('\r\nMIME-Version')[0] ?? '';
  const body = [
    'MIME-Version: 1.0',
    'Content-Type: multipart/related; boundary=rel',
    '',
    '--rel',
    'Content-Type: text/html; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from(html).toString('base64'),
    '--rel',
    'Content-Type: image/png; name="shot.png"',
    'Content-Disposition: inline; filename="shot.png"',
    'Content-ID: <shot@client>',
    'Content-Transfer-Encoding: base64',
    '',
    picture.toString('base64'),
    '--rel--',
    '',
  ];
  return Buffer.from(`${head}\r\n${body.join('\r\n')}`, 'latin1');
}

const filesIn = (letters: readonly LetterSent[]) =>
  letters.flatMap(({ message }) => message.parts.map(({ bytes }) => Buffer.from(bytes)));

/** Which of the pictures came along. */
const seenIn = (letters: readonly LetterSent[], ...pictures: readonly Buffer[]) =>
  pictures.map((picture) => filesIn(letters).some((bytes) => bytes.equals(picture)));

const footersOf = (letters: readonly LetterSent[]) => letters.map(({ message }) => message.text).join('\n');

describe('a small screenshot that a customer pasted', () => {
  test('reaches the operator from Apple Mail, in its own element', () =>
    withDesk(async (desk) => {
      const html = 'Здравствуйте!<br><attachment src="cid:shot@client"></attachment><br>Что делать?';
      const letters = toOperators(await desk.round(related({ messageId: 'apple@client.example' }, html, SHOT)));
      expect(seenIn(letters, SHOT)).toEqual([true]);
      expect(footersOf(letters)).toContain('Файлы в этом письме: shot.png');
    }, OPERATORS));

  test('reaches the operator where it stands in the HTML itself, and so does a second one', () =>
    withDesk(async (desk) => {
      const first = toOperators(await desk.round(withPictures({}, SHOT)));
      const second = toOperators(await desk.round(withPictures({ subject: 'Re: [#10008]' }, small(3))));
      expect(seenIn(first, SHOT)).toEqual([true]);
      expect(seenIn(second, small(3))).toEqual([true]);
    }, OPERATORS));

  test('that is pasted once more into a letter on another ticket reaches its operator too', () =>
    withDesk(async (desk) => {
      await desk.round(withPictures({}, SHOT));
      expect(seenIn(toOperators(await desk.round(withPictures({ subject: 'Опять' }, SHOT))), SHOT)).toEqual([true]);
    }, OPERATORS));

  test('is judged as every file: what is no picture is refused by name', () =>
    withDesk(async (desk) => {
      const html = `<p>Окно:</p>${shown(bmp(), 'image/png')}${shown(Buffer.from('<svg onload="alert(1)">'), 'image/svg+xml')}`;
      const letters = toOperators(await desk.round({ html }));
      expect(filesIn(letters)).toEqual([]);
      expect(footersOf(letters)).toMatch(/Не принят: picture-1\.bmp – [\s\S]*Не принят: picture-2\.svg – /);
    }, OPERATORS));
});

describe('a logo', () => {
  test('that came with earlier letters on the ticket stays behind, which the operator is told with the way to it', () =>
    withDesk(async (desk) => {
      await desk.round(withPictures({}, LOGO));
      const letters = toOperators(await desk.round(withPictures({ subject: 'Re: [#10008]' }, LOGO, SHOT)));
      expect(seenIn(letters, LOGO, SHOT)).toEqual([false, true]);
      expect(footersOf(letters)).toMatch(
        /Не приложены картинки из-под подписи или прежних писем \(взять: kvitok attachments 10008 --save папка\): picture-1\.png/,
      );
    }, OPERATORS));

  test('that several letters on other tickets had stays behind', () =>
    withDesk(async (desk) => {
      const letters: (readonly LetterSent[])[] = [];
      for (const subject of ['Раз', 'Два', 'Три'])
        letters.push(toOperators(await desk.round(withPictures({ subject }, LOGO))));
      expect(letters.map((round) => seenIn(round, LOGO))).toEqual([[true], [true], [false]]);
    }, OPERATORS));

  test('below a signature stays behind from the first letter on', () =>
    withDesk(async (desk) => {
      const html = `<p>Не печатает.</p>${shown(SHOT)}<div class="gmail_signature">Иван${shown(LOGO)}</div>`;
      const letters = toOperators(await desk.round({ html }));
      expect(seenIn(letters, LOGO, SHOT)).toEqual([false, true]);
      expect(footersOf(letters)).toContain('Не приложены картинки из-под подписи или прежних писем');
      expect(await attachmentsOf(desk.store.db, 1000)).toMatchObject([
        { inlined: 0, detail: null },
        { inlined: 1, detail: 'stands below the signature' },
      ]);
    }, OPERATORS));
});

describe('a small picture in an operator’s answer', () => {
  const withTicket = (use: (desk: TestDesk) => Promise<void>) =>
    withDesk(async (desk) => {
      await desk.round(withPictures({ messageId: 'first@client.example' }, SHOT));
      await use(desk);
    }, OPERATORS);

  test('reaches the customer', () =>
    withTicket(async (desk) => {
      const { headers } = await told(desk, ANNA, 1000);
      const html = `<p>Нажмите сюда:</p>${shown(small(7))}`;
      const letters = toCustomers(await desk.round({ from: ANNA.address, messageId: 'a@desk.example', headers, html }));
      expect(seenIn(letters, small(7))).toEqual([true]);
    }));

  test('stays behind where it is the customer’s own, quoted, or stands below the signature', () =>
    withTicket(async (desk) => {
      const { headers } = await told(desk, ANNA, 1000);
      const html = `<p>Нажмите «Печать».</p><div class="gmail_signature">Анна${shown(LOGO)}</div><blockquote>${shown(SHOT)}</blockquote>`;
      const letters = toCustomers(await desk.round({ from: ANNA.address, messageId: 'a@desk.example', headers, html }));
      expect(letters).toHaveLength(1);
      expect(filesIn(letters)).toEqual([]);
    }));
});

describe('a screenshot that was cropped and saved over a larger one', () => {
  const larger = png(60, 60, deflateSync(Buffer.from(Array.from({ length: 61 * 60 }, (_, i) => (i * 7919) & 255))));
  const cropped = png(4, 4);
  const snip = {
    contentType: 'image/png',
    filename: 'snip.png',
    content: Buffer.concat([cropped, larger.subarray(cropped.length)]),
  };

  test('reaches operator and customer without the rest of the larger one, which is private', () =>
    withDesk(async (desk) => {
      const [file, ...others] = filesIn(toOperators(await desk.round({ parts: [snip] })));
      expect([file?.equals(cropped), others]).toEqual([true, []]);
      const { headers } = await told(desk, ANNA, 1000);
      const answer = { from: ANNA.address, messageId: 'a@desk.example', headers, text: 'Вот так.\n', parts: [snip] };
      expect(filesIn(toCustomers(await desk.round(answer))).map((bytes) => bytes.equals(cropped))).toEqual([true]);
    }, OPERATORS));
});

import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { decode } from '../../src/decode/decode.ts';
import { openTnef } from '../../src/decode/tnef.ts';

const u16 = (value: number): Buffer => Buffer.from([value & 255, value >> 8]);
const u32 = (value: number): Buffer => Buffer.from(Uint32Array.of(value).buffer);
const padded = (data: Buffer): Buffer => Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);

function attribute(level: 1 | 2, id: number, data: Buffer): Buffer {
  const sum = data.reduce((total, byte) => (total + byte) & 0xffff, 0);
  return Buffer.concat([Buffer.of(level), u32(id), u32(data.length), data, u16(sum)]);
}
const tnef = (...attributes: Buffer[]): Buffer => Buffer.concat([u32(0x223e9f78), u16(7), ...attributes]);

const variable = (id: number, type: number, data: Buffer): Buffer =>
  Buffer.concat([u16(type), u16(id), u32(1), u32(data.length), padded(data)]);
const unicode = (id: number, text: string): Buffer => variable(id, 0x1f, Buffer.from(`${text}\0`, 'utf16le'));
const string8 = (id: number, text: string): Buffer => variable(id, 0x1e, iconv.encode(`${text}\0`, 'windows-1251'));
const binary = (id: number, data: Buffer): Buffer => variable(id, 0x102, data);
const long = (id: number, value: number): Buffer => Buffer.concat([u16(3), u16(id), u32(value)]);
const named = (name: string): Buffer =>
  Buffer.concat([
    u16(3),
    u16(0x8001),
    Buffer.alloc(16, 7),
    u32(1),
    u32(name.length * 2 + 2),
    padded(Buffer.from(`${name}\0`, 'utf16le')),
    u32(5),
  ]);
const properties = (...list: Buffer[]): Buffer => Buffer.concat([u32(list.length), ...list]);

const CODE_PAGE_1251 = attribute(1, 0x00069007, Buffer.concat([u32(1251), u32(0)]));
const message = (...list: Buffer[]): Buffer => attribute(1, 0x00069003, properties(...list));
const newAttachment = attribute(2, 0x00069002, Buffer.alloc(14));
const title = (text: string): Buffer => attribute(2, 0x00018010, iconv.encode(`${text}\0`, 'windows-1251'));
const data = (bytes: Buffer): Buffer => attribute(2, 0x0006800f, bytes);
const attachmentProperties = (...list: Buffer[]): Buffer => attribute(2, 0x00069005, properties(...list));

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const plainRtf = (rtf: string): Buffer => {
  const bytes = iconv.encode(rtf, 'windows-1251');
  return Buffer.concat([u32(bytes.length + 12), u32(bytes.length), u32(0x414c454d), u32(0), bytes]);
};

describe('winmail.dat', () => {
  test('of an old Outlook gives its subject, text and attachment in the stated code page', () => {
    const opened = openTnef(
      tnef(
        CODE_PAGE_1251,
        attribute(1, 0x00018004, iconv.encode('Счёт за май\0', 'windows-1251')),
        attribute(1, 0x0002800c, iconv.encode('Добрый день!\r\nСчёт во вложении.\0', 'windows-1251')),
        newAttachment,
        title('Накладная.png'),
        data(PNG),
      ),
    );
    expect(opened).toMatchObject({ subject: 'Счёт за май', text: 'Добрый день!\r\nСчёт во вложении.', html: null });
    expect(opened?.attachments).toEqual([
      { filename: 'Накладная.png', contentType: 'application/octet-stream', bytes: PNG },
    ]);
  });

  test('keeps a long name in full, not its DOS abbreviation', () => {
    const long = 'Снимок экрана 2024-05-17 в 12.31.07 (личный кабинет).png';
    const opened = openTnef(
      tnef(
        newAttachment,
        title('СНИМОК~1.PNG'),
        attachmentProperties(
          string8(0x3704, 'СНИМОК~1.PNG'),
          unicode(0x3707, `C:\\Users\\Иван\\${long}`),
          unicode(0x370e, 'image/png'),
          binary(0x3701, PNG),
        ),
      ),
    );
    expect(opened?.attachments).toEqual([{ filename: long, contentType: 'image/png', bytes: PNG }]);
  });

  test('gives the HTML body by its own charset, past properties that have names', () => {
    const html = iconv.encode('<html><meta charset=koi8-r><p>Здравствуйте</p>', 'koi8-r');
    const opened = openTnef(tnef(CODE_PAGE_1251, message(named('x-note'), long(0x3fde, 20866), binary(0x1013, html))));
    expect(opened?.html).toContain('<p>Здравствуйте</p>');
  });

  test('gives a body that is only RTF as text', () => {
    const rtf = '{\\rtf1\\ansi\\ansicpg1251{\\fonttbl{\\f0 Arial;}}\\f0 Прошу \\b помочь\\b0\\par С уважением}';
    expect(openTnef(tnef(message(binary(0x1009, plainRtf(rtf)))))).toMatchObject({
      text: 'Прошу помочь\nС уважением',
      html: null,
    });
  });

  test('reads strings rightly where the code page lies', () => {
    const page1252 = attribute(1, 0x00069007, Buffer.concat([u32(1252), u32(0)]));
    const opened = openTnef(tnef(page1252, message(string8(0x0037, 'Не открывается сайт'))));
    expect(opened?.subject).toBe('Не открывается сайт');
  });

  test('gives a forwarded letter as a letter, with its own attachment inside', () => {
    const inner = tnef(
      message(
        unicode(0x0037, 'Отказ в оплате заказа на сайте интернет-магазина'),
        unicode(0x1000, 'Карта не принята.'),
        unicode(0x0c1a, 'Пётр'),
        unicode(0x5d01, 'petr@example.org'),
      ),
      newAttachment,
      attachmentProperties(unicode(0x3707, 'чек №1.png'), binary(0x3701, PNG)),
    );
    const iid = Buffer.from('0703020000000000c000000000000046', 'hex');
    const opened = openTnef(
      tnef(
        newAttachment,
        attachmentProperties(unicode(0x3001, 'Отказ'), variable(0x3701, 0x0d, Buffer.concat([iid, inner]))),
      ),
    );
    expect(opened?.attachments).toMatchObject([{ filename: 'Отказ.eml', contentType: 'message/rfc822' }]);
    const letter = decode(opened?.attachments[0]?.bytes ?? Buffer.alloc(0));
    expect(letter).toMatchObject({
      subject: 'Отказ в оплате заказа на сайте интернет-магазина',
      from: [{ name: 'Пётр', address: 'petr@example.org' }],
      text: 'Карта не принята.',
    });
    expect(letter.parts.map((part) => [part.filename, Buffer.from(part.bytes)])).toEqual([['чек №1.png', PNG]]);
  });

  test('that is none is said to be none', () => {
    for (const bytes of [Buffer.alloc(0), Buffer.from('PK\x03\x04'), u32(0x223e9f78), Buffer.alloc(1000, 0x78)]) {
      expect(openTnef(bytes)).toBeNull();
    }
  });

  test('with wrong checksums opens all the same', () => {
    const stream = tnef(newAttachment, title('a.png'), data(PNG));
    stream.fill(0xee, stream.length - 2);
    expect(openTnef(stream)?.attachments).toMatchObject([{ filename: 'a.png' }]);
  });

  test('cut off or damaged anywhere never stops the letter', () => {
    const whole = tnef(
      CODE_PAGE_1251,
      message(named('n'), unicode(0x0037, 'Тема'), binary(0x1009, plainRtf('{\\rtf1 x}'))),
      newAttachment,
      title('a.png'),
      data(PNG),
    );
    for (let cut = 0; cut < whole.length; cut++) {
      openTnef(whole.subarray(0, cut));
      for (const byte of [0, 0x7f, 0xff]) openTnef(Buffer.from(whole).fill(byte, cut, Math.min(cut + 4, whole.length)));
    }
    expect(openTnef(whole.subarray(0, whole.length - 4))?.attachments).toHaveLength(1);
  });

  test('inside itself many times ends at a depth', () => {
    const iid = Buffer.from('0703020000000000c000000000000046', 'hex');
    let stream = tnef(message(unicode(0x1000, 'дно')));
    for (let i = 0; i < 50; i++) {
      stream = tnef(newAttachment, attachmentProperties(variable(0x3701, 0x0d, Buffer.concat([iid, stream]))));
    }
    expect(openTnef(stream)?.attachments).toHaveLength(1);
  });
});

import { describe, expect, test } from '@jest/globals';
import { isMailPart } from '../../src/attachments/part.ts';
import { decode } from '../../src/decode/decode.ts';
import { openEnvelope } from '../../src/decode/smime.ts';
import { cpuMs } from '../support/cpu.ts';

/** DER as X.690 writes it, plainly. */
const der = (tag: number, ...content: readonly Buffer[]): Buffer => {
  const inside = Buffer.concat(content);
  const { length } = inside;
  const size =
    length < 128 ? [length] : [0x84, length >>> 24, (length >>> 16) & 255, (length >>> 8) & 255, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), inside]);
};
/** The same with an indefinite length. */
const ber = (tag: number, ...content: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])]);

const id = (last: number): Buffer => Buffer.from(`06092a864886f70d0107${last.toString(16).padStart(2, '0')}`, 'hex');
const VERSION = Buffer.from('020101', 'hex');
const octets = (text: string): Buffer => der(0x04, Buffer.from(text));

const signed = (content: Buffer, write = der): Buffer =>
  write(0x30, id(2), write(0xa0, write(0x30, VERSION, der(0x31), write(0x30, id(1), write(0xa0, content)), der(0x31))));
const enveloped = der(0x30, id(3), der(0xa0, der(0x30, VERSION)));

const ENTITY = 'Content-Type: text/plain; charset=utf-8\r\n\r\nЧек не печатается.\r\n';

function letter(type: string, body: Buffer): ReturnType<typeof decode> {
  const lines = body.toString('base64').replace(/.{64}/g, '$&\r\n');
  return decode(
    Buffer.from(
      `From: a@client.example\r\nContent-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines}\r\n`,
    ),
  );
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/.{64}/g, '$&\r\n');
const pem = (bytes: Buffer): string => `-----BEGIN CMS-----\r\n${base64(bytes)}\r\n-----END CMS-----`;

const codes = (message: ReturnType<typeof decode>): string[] => message.defects.map(({ code }) => code);
/** Parts that the writer would be asked to send again. */
const files = ({ parts }: ReturnType<typeof decode>) => parts.filter(({ contentType }) => !isMailPart(contentType));

describe('a letter in an S/MIME envelope that is signed and not encrypted', () => {
  test.each([
    ['of definite lengths', signed(octets(ENTITY))],
    ['of indefinite lengths', signed(octets(ENTITY), ber)],
    ['cut into pieces', signed(ber(0x24, ...[...ENTITY].map(octets)), ber)],
    ['whose pieces are in pieces', signed(der(0x24, der(0x24, octets(ENTITY.slice(0, 30))), octets(ENTITY.slice(30))))],
  ])('%s is read', (_, envelope) => {
    const message = letter('application/pkcs7-mime; smime-type=signed-data; name=smime.p7m', envelope);
    expect(message.text).toBe('Чек не печатается.');
    expect(message.parts).toEqual([]);
    expect(codes(message)).toEqual(['smime-opened']);
  });

  test.each(['application/x-pkcs7-mime', 'application/octet-stream; name="smime.p7m"'])('is read as %s too', (type) => {
    expect(letter(type, signed(octets(ENTITY))).text).toBe('Чек не печатается.');
  });

  test.each([
    ['in PEM', 'application/x-pkcs7-mime; name=smime.p7m', pem],
    [
      'in PEM that was put into base64 again',
      'application/pkcs7-mime',
      (bytes: Buffer) => base64(Buffer.from(pem(bytes))),
    ],
    ['in base64 of which its header says nothing', 'application/pkcs7-mime', base64],
  ])('is read %s', (how, type, written) => {
    const encoding = how.includes('again') ? 'Content-Transfer-Encoding: base64\r\n' : '';
    const message = decode(
      Buffer.from(
        `From: a@client.example\r\nContent-Type: ${type}\r\n${encoding}\r\n${written(signed(octets(ENTITY), ber))}\r\n`,
      ),
    );
    expect(message.text).toBe('Чек не печатается.');
    expect(message.parts).toEqual([]);
  });

  test('is read under a name after RFC 2231', () => {
    const type = `application/octet-stream\r\nContent-Disposition: attachment; filename*=utf-8''smime.p7m`;
    expect(letter(type, signed(octets(ENTITY))).text).toBe('Чек не печатается.');
  });

  test('is read where a script signed bare words, but not where it signed a file', () => {
    const words = signed(octets('Чек не печатается.'));
    expect(letter('application/pkcs7-mime; name=smime.p7m', words).text).toBe('Чек не печатается.');
    const file = letter('application/pkcs7-mime; name="договор.txt.p7m"', words);
    expect([file.text, file.parts.length]).toEqual(['', 1]);
    expect(letter('application/pkcs7-mime', signed(octets('%PDF-1.7\n\x00\x01'))).parts).toHaveLength(1);
  });

  test('has its files, as any letter', () => {
    const inner = `Content-Type: multipart/mixed; boundary=i\r\n\r\n--i\r\n\r\nsee file\r\n--i\r\nContent-Type: image/png; name=p.png\r\n\r\nPNG\r\n--i--\r\n`;
    const message = letter('application/pkcs7-mime', signed(octets(inner)));
    expect(message.text).toBe('see file');
    expect(message.parts.map(({ filename, path }) => [filename, path])).toEqual([['p.png', '1.1.2']]);
  });

  test('is read where it lies in another signed one, as deep as parts are read', () => {
    let envelope = signed(octets(ENTITY));
    for (let round = 0; round < 3; round++)
      envelope = signed(der(0x04, Buffer.from('Content-Type: application/pkcs7-mime\r\n\r\n'), envelope));
    expect(letter('application/pkcs7-mime', envelope).text).toBe('Чек не печатается.');
    for (let round = 0; round < 100; round++)
      envelope = signed(der(0x04, Buffer.from('Content-Type: application/pkcs7-mime\r\n\r\n'), envelope));
    expect(() => letter('application/pkcs7-mime', envelope)).not.toThrow();
  });

  test('that was cut on its way gives the words that arrived', () => {
    const envelope = signed(octets(ENTITY.repeat(3)));
    expect(letter('application/pkcs7-mime', envelope.subarray(0, 160)).text).toContain('Чек не');
  });

  test('a contract that its writer signed is a file and no letter', () => {
    const contract = signed(octets('%PDF-1.7\nContent of a contract'));
    const message = letter('application/octet-stream; name="contract.pdf.p7m"', contract);
    expect(message.text).toBe('');
    expect(files(message).map(({ filename }) => filename)).toEqual(['contract.pdf.p7m']);
    expect(codes(message)).toEqual([]);
  });

  test('one that cannot be opened is told and asked for by nobody', () => {
    const message = letter('application/pkcs7-mime; smime-type=signed-data', Buffer.from('nothing of the kind'));
    expect(codes(message)).toEqual(['smime-unreadable']);
    expect(files(message)).toEqual([]);
  });

  test('ten million pieces of no length cost no more than the bytes they are written in', () => {
    const flat = signed(der(0x24, Buffer.alloc(20_000_000, '0400', 'hex')));
    const deep = Buffer.alloc(20_000_000, '2480', 'hex');
    const begun = cpuMs();
    expect([openEnvelope(flat).kind, openEnvelope(deep).kind]).toEqual(['unreadable', 'unreadable']);
    expect(cpuMs() - begun).toBeLessThan(500);
  });

  test('whatever the bytes are, they are no accident', () => {
    const sample = signed(ber(0x24, octets(ENTITY), octets(ENTITY)), ber);
    let state = 20261201;
    const next = (most: number): number => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return (state >>> 8) % most;
    };
    for (let round = 0; round < 3000; round++) {
      const bytes = Buffer.from(sample.subarray(0, sample.length - next(40)));
      for (let hit = next(6); hit > 0; hit--) bytes[next(bytes.length)] = next(256);
      expect(() => openEnvelope(bytes)).not.toThrow();
    }
  });
});

describe('an encrypted letter says what it is, and nobody is asked to send its envelope again', () => {
  test.each([
    ['S/MIME', 'application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m', enveloped, 'encrypted-smime'],
    ['S/MIME under another type', 'application/octet-stream; name=smime.p7m', enveloped, 'encrypted-smime'],
    [
      'S/MIME by its label alone',
      'application/pkcs7-mime; smime-type=enveloped-data',
      Buffer.from('?'),
      'encrypted-smime',
    ],
  ])('%s', (_, type, body, code) => {
    const message = letter(type, body);
    expect(codes(message)).toEqual([code]);
    expect(files(message)).toEqual([]);
  });

  const ARMOUR = '-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA7\r\n=aB3d\r\n-----END PGP MESSAGE-----\r\n';
  const parts = (type: string, ...bodies: readonly string[]): ReturnType<typeof decode> =>
    decode(
      Buffer.from(
        `From: a@client.example\r\nContent-Type: ${type}; boundary=e\r\n\r\n${bodies.map((one) => `--e\r\n${one}`).join('')}--e--\r\n`,
      ),
    );
  const VERSION_PART = 'Content-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n';
  const DATA_PART = `Content-Type: application/octet-stream; name=encrypted.asc\r\nContent-Disposition: inline; filename=encrypted.asc\r\n\r\n${ARMOUR}`;

  test.each([
    [
      'PGP that is the whole letter',
      decode(Buffer.from(`From: a@client.example\r\n${DATA_PART.replace('inline', 'attachment')}`)),
    ],
    ['PGP', parts('multipart/encrypted; protocol="application/pgp-encrypted"', VERSION_PART, DATA_PART)],
    [
      'PGP whose first part has no label',
      parts('multipart/encrypted', '\r\nVersion: 1\r\n', DATA_PART.replace('inline', 'attachment')),
    ],
    [
      'PGP that Exchange put into multipart/mixed',
      parts('multipart/mixed', 'Content-Type: text/plain\r\n\r\n\r\n', VERSION_PART, DATA_PART),
    ],
    [
      'PGP both of whose parts a gateway made files',
      parts(
        'multipart/mixed',
        'Content-Type: text/plain\r\n\r\n\r\n',
        'Content-Type: application/octet-stream; name="PGPMIME Versions Identification"\r\n\r\nVersion: 1\r\n',
        DATA_PART,
      ),
    ],
  ])('%s', (_, message) => {
    expect(codes(message)).toEqual(['encrypted-pgp']);
    expect(message.text).toBe('');
    expect(files(message)).toEqual([]);
  });

  test.each([
    ['an armoured file below an empty text', parts('multipart/mixed', '\r\n \r\n', DATA_PART)],
    [
      'the type that PGP had before MIME',
      decode(Buffer.from(`From: a@client.example\r\nContent-Type: application/pgp; x-action=encrypt\r\n\r\n${ARMOUR}`)),
    ],
  ])('PGP as %s', (_, message) => {
    expect(codes(message)).toEqual(['encrypted-pgp']);
    expect(files(message)).toEqual([]);
  });

  test('PGP in the text', () => {
    const message = decode(
      Buffer.from(
        `From: a@client.example\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nПароль ниже.\r\n\r\n${ARMOUR}`,
      ),
    );
    expect(codes(message)).toEqual(['encrypted-pgp']);
    expect(message.text).toContain('Пароль ниже.');
  });

  test('words of a list below an encrypted letter stay words', () => {
    const message = parts('multipart/encrypted', VERSION_PART, DATA_PART, '\r\nSent to the list of clients\r\n');
    expect(message.text).toBe('Sent to the list of clients');
  });

  test('an encrypted file beside words of a letter is a file like any other', () => {
    const message = parts('multipart/mixed', '\r\nSee the file\r\n', DATA_PART.replace('inline', 'attachment'));
    expect(codes(message)).toEqual([]);
    expect(files(message)).toHaveLength(1);
  });
});

test('a signature is no file, also where its mail program calls it by no type', () => {
  const type = 'multipart/signed; protocol="application/pkcs7-signature"; boundary=s';
  const message = decode(
    Buffer.from(
      `From: a@client.example\r\nContent-Type: ${type}\r\n\r\n--s\r\n\r\nwords\r\n--s\r\nContent-Type: application/octet-stream; name=smime.p7s\r\n\r\nMII\r\n--s--\r\n`,
    ),
  );
  expect(message.text).toBe('words');
  expect(files(message)).toEqual([]);
});

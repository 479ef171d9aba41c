import { describe, expect, test } from '@jest/globals';
import { transferred } from '../../src/decode/transfer.ts';

const undo = (encoded: string, encoding: string): string =>
  transferred(Buffer.from(encoded, 'latin1'), encoding).bytes.toString('latin1');
const broken = (encoded: string, encoding: string): boolean =>
  transferred(Buffer.from(encoded, 'latin1'), encoding).broken !== null;

describe('base64', () => {
  const lines = Buffer.from('words of a customer '.repeat(20)).toString('base64').replace(/.{76}/g, '$&\r\n');
  test.each([
    ['lines of 76', lines, 'words of a customer '.repeat(20), false],
    ['one long line', lines.replace(/\r\n/g, ''), 'words of a customer '.repeat(20), false],
    ['lines of uneven length', 'd29y\r\nZHM=\r\n', 'words', false],
    ['padding in the middle, of parts encoded apart', 'd29y\r\nZHM=\r\nIHRvbw==\r\n', 'words too', false],
    ['no padding', 'd29yZHM', 'words', false],
    ['a stray byte', `${'d29yZHM='.slice(0, 4)}\x01ZHM=`, 'words', true],
    ['words on the line behind the padding', 'd29yZHM= ignored', 'words', true],
    ['words under a wrong label', '?garbage', '?garbage', true],
    ['a footer of a mailing list', 'd29yZHM=\r\n____________\r\nour list: click here\r\n', 'words', true],
    ['a footer where the data needs no padding', 'd29yZHMh\r\n-- \r\nsent by our scanner\r\n', 'words!', true],
  ])('%s', (_, encoded, text, isBroken) => {
    expect(undo(encoded, 'base64')).toBe(text);
    expect(broken(encoded, 'base64')).toBe(isBroken);
  });
});

describe('quoted-printable', () => {
  test.each([
    ['digits in either case', 'a=3d=3D', 'a==', false],
    ['soft line ends', 'one =\r\ntwo=\nthree', 'one twothree', false],
    ['blanks behind a soft line end', 'one= \t\r\ntwo', 'onetwo', false],
    ['a = at the very end', 'one=', 'one', false],
    ['a = that encodes nothing', 'a=zz', 'a=zz', true],
  ])('%s', (_, encoded, text, isBroken) => {
    expect(undo(encoded, 'quoted-printable')).toBe(text);
    expect(broken(encoded, 'quoted-printable')).toBe(isBroken);
  });
});

test('uuencoded bytes', () => {
  expect(undo("begin 644 a.txt\r\n%=V]R9',\r\n`\r\nend\r\n", 'x-uuencode')).toBe('words');
});

test('an unknown encoding leaves the bytes and says so', () => {
  expect(transferred(Buffer.from('words'), 'rot13')).toEqual({
    bytes: Buffer.from('words'),
    broken: 'unknown transfer encoding rot13',
  });
});

test('what needs no decoding is not copied', () => {
  const letter = Buffer.from('words');
  expect(transferred(letter, '8bit').bytes.buffer).toBe(letter.buffer);
});

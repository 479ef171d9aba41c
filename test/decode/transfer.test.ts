import { describe, expect, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { uuencodedFile } from '../../src/decode/transfer/uuencode.ts';
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
    ['line ends of CR alone', 'd29y\rZHM=\r', 'words', false],
    ['blanks in all its lines', 'd2 9y\r\nZH M=\r\n', 'words', false],
    ['words behind data that needs no padding', 'd29yZHMh\r\nsent by our scanner\r\n', 'words!', true],
    ['a digit too few', 'd29yZHMhd\r\n', 'words!', true],
    ['a digit too few in a piece', 'd29yZ=\r\nIHRvbw==\r\n', 'wor too', true],
    ['a hyphen, which is a digit in links alone', 'd29yd29y\r\nd29y-\r\n', 'worworwor', true],
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

test('base64 with one line of another length keeps every byte, wherever that line is', () => {
  const bytes = Buffer.from(Array.from({ length: 60_000 }, (_, i) => (i * i) % 251));
  const text = bytes.toString('base64');
  for (let off = -5; off <= 5; off++) {
    for (const line of [1, 300, 430, 431, 432, 600]) {
      const cut = line * 76 + off;
      const lines = `${text.slice(0, cut)}\n${text.slice(cut)}`.replace(/[^\n]{76}(?=[^\n])/g, '$&\n');
      const decoded = transferred(Buffer.from(lines), 'base64');
      expect([decoded.bytes.equals(bytes), decoded.broken]).toEqual([true, null]);
    }
  }
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

  test('blanks at the end of a line are kept, and doubted in a file', () => {
    const { bytes, broken, doubtful } = transferred(Buffer.from('one \r\ntwo=\r\n'), 'quoted-printable');
    expect([bytes.toString(), broken]).toEqual(['one \r\ntwo', null]);
    expect(doubtful).toEqual(expect.stringContaining('blanks'));
  });
});

describe('uuencode', () => {
  const words = "%=V]R9',";
  test.each([
    ['a file', `begin 644 a.txt\r\n${words}\r\n\`\r\nend\r\n`, 'words', false],
    ['LF, and CR alone', `begin 644 a.txt\n${words}\r\`\rend`, 'words', false],
    ['a checksum behind the data', 'begin 644 a\n#=V]RX\n`\nend\n', 'wor', false],
    ['zeros that a relay cut off the end of a line', 'begin 644 a\n#  \n`\nend\n', '\0\0\0', true],
    ['words in front and behind', `Hello\n\nbegin 644 a\n${words}\n\`\nend\nBye\n`, 'words', false],
    [
      'a line of words among the data',
      `begin 644 a\n${words}\n-- our list --\n${words}\n\`\nend\n`,
      'wordswords',
      true,
    ],
    [
      'blank lines between the lines',
      `begin 644 a\r\r\n${words}\r\r\n${words}\r\r\n\`\r\r\nend\r\r\n`,
      'wordswords',
      false,
    ],
    ['no end', `begin 644 a\n${words}\n`, 'words', true],
    ['words instead of an end', `begin 644 a\n${words}\n\n Bye, Ann\n`, 'words', true],
    ['a second file', `begin 644 a\n${words}\n\`\nend\nbegin 644 b\n${words}\n\`\nend\n`, 'words', true],
    ['base64 inside, as POSIX has it', 'begin-base64 644 a\nd29yZHM=\n====\n', 'words', false],
    ['base64 inside without its end', 'begin-base64 644 a\nd29yZHM=\n', 'words', true],
    ['no file at all', 'begin with words\n', 'begin with words\n', true],
  ])('%s', (_, encoded, text, isBroken) => {
    expect(undo(encoded, 'x-uuencode')).toBe(text);
    expect(broken(encoded, 'x-uuencode')).toBe(isBroken);
  });

  test('tells the name of each file and where it stands', () => {
    const text = Buffer.from(`Hello\nbegin 644 a b.txt\n${words}\n\`\nend\nand\nbegin 600 c\n${words}\n\`\nend\n`);
    const first = uuencodedFile(text);
    const second = uuencodedFile(text, first?.to);
    expect([first?.name, second?.name].map(String)).toEqual(['a b.txt', 'c']);
    expect(text.toString('latin1', first?.to, second?.from)).toBe('and\n');
    expect(uuencodedFile(text, second?.to)).toBeNull();
  });

  test('lines that announce more than they hold make no more than twice of what came', () => {
    const { bytes, broken } = transferred(Buffer.from(`begin 644 a\n${'_\n'.repeat(1000)}\`\nend\n`), 'uuencode');
    expect(bytes.length).toBeLessThan(4100);
    expect(broken).not.toBeNull();
  });
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

test.each(['base-64', 'x-base64', 'b64', 'BASE64;'])('a file under «%s» is read as base64', (encoding) => {
  const message = decode(
    Buffer.from(`From: a@client.example\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\nd29yZHM=\r\n`),
  );
  expect(message.text).toBe('words');
});

test('a soft break of a program that writes CR CR LF is none of the words', () => {
  expect(undo('wor=\r\r\nds', 'quoted-printable')).toBe('words');
});

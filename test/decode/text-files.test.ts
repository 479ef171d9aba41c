import { describe, expect, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { cutTextFiles } from '../../src/decode/text-files.ts';
import { LIMITS } from '../../src/mail/limits.ts';
import { raw } from '../support/letter.ts';

/** As the standard has it, written the plain way. */
function uuencoded(
  name: string,
  bytes: Uint8Array,
  { blank = '`', newline = '\n', line = 45, check = '' } = {},
): string {
  const char = (value: number) => (value === 0 ? blank : String.fromCharCode(32 + value));
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += line) {
    const row = bytes.subarray(at, at + line);
    let text = char(row.length);
    for (let i = 0; i < row.length; i += 3) {
      const [a = 0, b = 0, c = 0] = row.subarray(i, i + 3);
      text += [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63].map(char).join('');
    }
    lines.push(text + check);
  }
  return [`begin 644 ${name}`, ...lines, blank, 'end', ''].join(newline);
}

function yencoded(name: string, bytes: Uint8Array, size = bytes.length): Buffer {
  const data = Array.from(bytes, (byte) => (byte + 42) & 255).flatMap((byte) =>
    [0, 10, 13, 61].includes(byte) ? [61, (byte + 64) & 255] : [byte],
  );
  const line = (text: string) => Buffer.from(`${text}\r\n`, 'latin1');
  return Buffer.concat([
    line(`=ybegin line=128 size=${bytes.length} name=${name}`),
    Buffer.from(data.slice(0, 100)),
    line(''),
    Buffer.from(data.slice(100)),
    line(''),
    line(`=yend size=${size}`),
  ]);
}

/** Whether one of the lines is as long as its first character says. */
const isSure = (lines: readonly string[]) =>
  lines.some((line) => line.length > 4 * Math.ceil(((line.charCodeAt(0) - 32) & 63) / 3));

const cut = (text: string | Buffer) =>
  cutTextFiles(Buffer.from(text as string, 'latin1'), '1', null, {
    files: 100,
    bytes: LIMITS.letterBytes,
  });
const filesOf = (text: string) => cut(text).files.map(({ name, bytes }) => [name.join(''), bytes.toString('latin1')]);
const restOf = (text: string) => cut(text).bytes.toString('latin1');

function randomBytes(length: number, random: () => number): Buffer {
  // runs of zeros, as pictures have them: a line of blanks loses them on its way
  return Buffer.from(Array.from({ length }, () => (random() < 0.3 ? 0 : Math.floor(random() * 256))));
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

describe('a file that is uuencoded in the text', () => {
  test('is a file of the letter, and no words of its writer', () => {
    const message = decode(
      raw({ text: `Здравствуйте, снимок ниже.\n\n${uuencoded('screen.png', Buffer.from('picture'))}\nСпасибо` }),
    );
    expect(message.text).toBe('Здравствуйте, снимок ниже.\n\n\nСпасибо');
    expect(message.parts).toMatchObject([{ path: '1.1', filename: 'screen.png', disposition: 'attachment' }]);
    expect(Buffer.from(message.parts[0]!.bytes).toString()).toBe('picture');
    expect(message.defects).toEqual([
      { code: 'files-in-text', detail: 'part 1: files that stood in the text itself: 1' },
    ]);
  });

  test('has its bytes whatever its writer and the relays made of blanks and line ends', () => {
    const seed = 20_261_201;
    const random = seeded(seed);
    for (let round = 0; round < 1_500; round++) {
      const bytes = randomBytes(1 + Math.floor(random() * 300), random);
      const blank = random() < 0.5 ? '`' : ' ';
      const newline = ['\n', '\r\n', '\r', '\r\r\n'][Math.floor(random() * 4)]!;
      const line = [45, 1, 30, 63][Math.floor(random() * 4)]!;
      const first = uuencoded('a.bin', bytes, { blank, newline, line, check: random() < 0.2 ? '#' : '' });
      const written = random() < 0.5 ? first : first.replace(/ +(?=\r|\n)/g, '');
      const { files, bytes: rest } = cut(`before${newline}${written}after`);
      // of blanks that were all cut off nothing shows that it is data
      if (!isSure(written.split(newline).slice(1, -3))) continue;
      expect([seed, round, files.length]).toEqual([seed, round, 1]);
      expect([seed, round, files[0]!.bytes.toString('hex')]).toEqual([seed, round, bytes.toString('hex')]);
      expect([seed, round, rest.toString('latin1')]).toEqual([seed, round, `before${newline}after`]);
    }
  });

  test('may come with others, also empty ones, and in base64', () => {
    const text = [
      'one',
      uuencoded('a.txt', Buffer.from('first')),
      'two',
      uuencoded('b c.txt', Buffer.from('')),
      `begin-base64 644 c.txt\n${Buffer.from('third').toString('base64')}\n====\n`,
      'three',
    ].join('\n');
    expect(filesOf(text)).toEqual([
      ['a.txt', 'first'],
      ['b c.txt', ''],
      ['c.txt', 'third'],
    ]);
    expect(restOf(text)).toBe('one\n\ntwo\n\n\nthree');
  });

  test('that is short and all of a letter is shown as it came as well, for a letter without words looks lost', () => {
    const short = uuencoded('a.csv', Buffer.from('RULE;NODE\n'));
    expect([filesOf(short), restOf(short)]).toEqual([[['a.csv', 'RULE;NODE\n']], short]);
    expect(restOf(uuencoded('a.bin', Buffer.alloc(3_000)))).toBe('');
  });

  test('is taken as far as it goes where its end is missing, and that is told', () => {
    const whole = uuencoded('a.bin', Buffer.alloc(200, 'x'));
    const { files, bytes } = cut(`${whole.split('\n').slice(0, 4).join('\n')}\nOK\nПривет`);
    expect(files[0]).toMatchObject({ broken: 'uuencoded data without its last line', bytes: Buffer.alloc(135, 'x') });
    expect(bytes.toString('latin1').startsWith('OK\n')).toBe(true);
  });

  test('may have a name in Russian of the charset that the letter is in', () => {
    const name = Buffer.from([0xd1, 0xed, 0xe8, 0xec, 0xee, 0xea, 0x2e, 0x70, 0x6e, 0x67]);
    const text = uuencoded(name.toString('latin1'), Buffer.from('picture'));
    const raw = Buffer.from(
      `From: a@b.example\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n${text}`,
      'latin1',
    );
    expect(decode(raw).parts[0]?.filename).toBe('Снимок.png');
  });

  test('that would unpack to more than a letter may be is left out, and that is told', () => {
    const bomb = `begin 644 a.bmp\n${'M'.padEnd(61, '`')}\n${'M\n'.repeat(900_000)}\`\nend\n`;
    const { files, left, bytes } = cut(`before\n${bomb}after`);
    expect([files.length, left, bytes.toString()]).toEqual([0, 1, 'before\nafter']);
  });
});

test('files in many texts of a letter are together as many and as large as those of one may be', () => {
  const bomb = `begin 644 a.bmp\n${'M'.padEnd(61, '`')}\n${'M\n'.repeat(300_000)}\`\nend\n`;
  const texts = Array.from({ length: 5 }, () => ({ contentType: 'text/plain', content: bomb }));
  const large = decode(raw({ text: 'Смотрите\n', parts: texts }));
  expect(large.parts.map(({ bytes }) => bytes.length)).toEqual([13_500_045, 13_500_045]);
  const html = Array.from({ length: 60 }, (_, i) => `<img src="data:image/gif,${i}">`).join('');
  const many = decode(raw({ text: 'Смотрите\n', parts: Array(3).fill({ contentType: 'text/html', content: html }) }));
  expect(many.parts).toHaveLength(LIMITS.embeddedFiles);
});

describe('words that look like the beginning of a file', () => {
  test.each([
    ['a sentence', 'begin 644 lines below the mark\nHello, how are you?\n'],
    ['a few capitals', 'begin 644 a.txt\nHELLO\nOK\nend\n'],
    ['a line inside another', 'to begin 644 a.png\n#0V%T\n`\nend\n'],
    ['no name', 'begin 644 \n#0V%T\n`\nend\n'],
    ['base64 without its end', 'begin-base64 644 a.txt\naGVsbG8=\nmore\n'],
    ['a yEnc header alone', '=ybegin line=128 size=10 name=a.png\nwords\n'],
  ])('stay in the text: %s', (_, text) => {
    expect(restOf(text)).toBe(text);
    expect(filesOf(text)).toEqual([]);
  });

  test('cost little however many there are', () => {
    const began = performance.now();
    cut('begin 644 a\n'.repeat(200_000));
    cut('=ybegin size=1 name=a\n'.repeat(100_000));
    cut(`begin 644 a\r${'M\r'.repeat(300_000)}`);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

test('a uuencoded file with the rights of a whole file system entry is a file', () => {
  const { files } = cut(uuencoded('a.bin', Buffer.alloc(100, 'abc')).replace('644', '100644'));
  expect(files.map(({ name }) => name)).toEqual([['a.bin']]);
});

describe('a file in yEnc in the text', () => {
  const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

  test('is a file of the letter', () => {
    const { files, bytes: rest } = cut(
      Buffer.concat([Buffer.from('before\r\n'), yencoded('shot.png', bytes), Buffer.from('after')]).toString('latin1'),
    );
    expect(files).toMatchObject([{ name: ['shot.png'], broken: null }]);
    expect(files[0]!.bytes.equals(bytes)).toBe(true);
    expect(rest.toString()).toBe('before\r\nafter');
  });

  test('that lost bytes on its way is told to be not whole', () => {
    const { files } = cut(yencoded('shot.png', bytes, 300).toString('latin1'));
    expect(files[0]?.broken).toBe('yEnc data that is not whole');
  });
});

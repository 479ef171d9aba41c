import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { decode } from '../../src/decode/decode.ts';
import { cpuMs } from '../support/cpu.ts';

/** The one part of a letter that has these Content fields. */
function part(type: string, disposition = ''): { filename: string | null; defects: string[] } {
  const head = `Content-Type: image/png${type}\r\n${disposition && `Content-Disposition: attachment${disposition}\r\n`}`;
  const message = decode(Buffer.from(`Subject: s\r\n${head}\r\nx`, 'latin1'));
  return { filename: message.parts[0]?.filename ?? null, defects: message.defects.map(({ code }) => code) };
}

const word = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
const latin1 = (text: string, charset: string): string => iconv.encode(text, charset).toString('latin1');

describe('the name of a file, wherever the mailer wrote it', () => {
  test.each([
    ['a plain name', '', '; filename="shot.png"', 'shot.png'],
    ['in Content-Type alone', '; name=shot.png', '', 'shot.png'],
    ['filename before name', '; name="other.png"', '; filename="shot.png"', 'shot.png'],
    ['RFC 2231', '', "; filename*=utf-8''%D1%8D%D0%BA%D1%80%D0%B0%D0%BD.png", 'экран.png'],
    ['RFC 2231 in quotes', '', `; filename*="utf-8''%D1%8D.png"`, 'э.png'],
    ['RFC 2231 without quotes of its own', '', '; filename*=%D1%8D%D0%BA%D1%80%D0%B0%D0%BD.png', 'экран.png'],
    ['RFC 2231 before the plain fallback', '', `; filename="?????.png"; filename*=utf-8''%D1%8D.png`, 'э.png'],
    ['an encoded word in quotes', '', `; filename="${word('экран.png')}"`, 'экран.png'],
    ['an encoded word without quotes', '', `; filename=${word('экран.png')}`, 'экран.png'],
    [
      'two folded encoded words',
      '',
      `;\r\n filename="${word('снимок ')}\r\n ${word('экрана.png')}"`,
      'снимок экрана.png',
    ],
    [
      'encoded words cut over continuations',
      '',
      `; filename*0="${word('экран.png').slice(0, 12)}"; filename*1="${word('экран.png').slice(12)}"`,
      'экран.png',
    ],
    ['raw windows-1251', '', `; filename="${latin1('Ошибка оплаты.png', 'windows-1251')}"`, 'Ошибка оплаты.png'],
    [
      'raw ibm866, whose «а» looks like a blank',
      '',
      `; filename=${latin1('Накладная оплачена', 'ibm866')}`,
      'Накладная оплачена',
    ],
    ['blanks without quotes', '', '; filename=my shot 1.png', 'my shot 1.png'],
    ['a semicolon in quotes', '', '; filename="a;b.png"', 'a;b.png'],
    ['quotes inside quotes', '', '; filename="the "new" shot.png"; size=1', 'the "new" shot.png'],
    ['a missing semicolon', ' name="shot.png"', '', 'shot.png'],
    [
      'a name whose question marks say that the mailer lost it',
      `; name="${word('экран.png')}"`,
      '; filename="?????.png"',
      'экран.png',
    ],
    ['an empty name before a good one', '; name="shot.png"', '; filename=""', 'shot.png'],
    ['no name', '', '; filename=""', null],
    ['controls, line ends and bidi overrides', '', "; filename*=utf-8''a%0D%0Ab%00%E2%80%AEgnp.exe", 'a b gnp.exe'],
  ])('%s', (_, type, disposition, filename) => {
    expect(part(type, disposition).filename).toBe(filename);
  });

  test('a name that two readers would end differently is said', () => {
    const both = part('', `; filename="a.png"; filename*=utf-8''evil.exe`);
    expect(both).toEqual({ filename: 'evil.exe', defects: ['filename-conflict'] });
  });

  test('a piece with a huge number allocates nothing', () => {
    expect(part('', '; filename*0="a.png"; filename*999999999="b"')).toEqual({
      filename: 'a.png',
      defects: ['parameter-pieces-limit'],
    });
  });

  test('100,000 blanks or quotes in a parameter are read in one pass', () => {
    const started = cpuMs();
    part('', `; filename="${' '.repeat(100_000)}x${'"'.repeat(100_000)}`);
    part('', `; ${' '.repeat(100_000)}"${' '.repeat(20_000)}"`);
    expect(cpuMs() - started).toBeLessThan(2000);
  });
});

import { describe, expect, test } from '@jest/globals';
import { readRtf } from '../../src/decode/rtf.ts';
import { inflateRtf } from '../../src/decode/rtf-compressed.ts';

const textOf = (rtf: string): string | null => readRtf(Buffer.from(rtf, 'latin1')).text;
const htmlOf = (rtf: string): string | null => readRtf(Buffer.from(rtf, 'latin1')).html;

describe('RTF', () => {
  test('in Russian is read by its code page', () => {
    expect(textOf("{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0\\'e8\\'e2\\'e5\\'f2}")).toBe('Привет');
  });

  test('in Russian is read by the character set of its font where the code page is Western', () => {
    const fonts = '{\\fonttbl{\\f0\\fswiss Arial;}{\\f1\\fswiss\\fcharset204 Arial Cyr;}}';
    expect(textOf(`{\\rtf1\\ansi\\ansicpg1252${fonts}\\f0 OK: \\f1\\'e4\\'e0}`)).toBe('OK: да');
  });

  test('in Unicode leaves out what stands there for old readers', () => {
    expect(textOf("{\\rtf1\\uc1\\u1055?\\u1088\\'f0\\u1080 \\'e8!}")).toBe('При!');
    expect(textOf('{\\rtf1{\\uc0\\u1044\\u1072}, \\u-10179?\\u-8704?}')).toBe('Да, 😀');
  });

  test('keeps paragraphs, tabs, dashes and braces, hides tables of fonts and pictures', () => {
    expect(
      textOf(
        '{\\rtf1{\\colortbl;\\red0;}{\\*\\generator Word;}{\\pict ffd8ff}A\\tab B\\par\\emdash \\{x\\}\\~y{\\bin3 }}}z}',
      ),
    ).toBe('A\tB\n—{x}\u00a0yz');
  });

  test('that wraps HTML gives the HTML back', () => {
    const rtf =
      "{\\rtf1\\ansi\\ansicpg1251\\fromhtml1 {\\*\\htmltag19 <html>}{\\*\\htmltag64 <p>}\\htmlrtf {\\f1 \\htmlrtf0 \\'cf\\'f0\\'e8 <" +
      '{\\*\\htmltag84 &lt;}\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}\\htmlrtf\\par\\htmlrtf0{\\*\\mhtmltag7 x}{\\*\\htmltag27 </html>}}';
    expect(htmlOf(rtf)).toBe('<html><p>При <&lt;</p></html>');
  });

  test('broken in any way ends', () => {
    for (const rtf of [
      '',
      '{',
      '}}}}',
      '\\',
      "\\'",
      '\\u',
      '{\\rtf1\\bin99999999999 x',
      '{'.repeat(100_000),
      '\\u1?'.repeat(10_000),
    ]) {
      expect(readRtf(Buffer.from(rtf))).toBeDefined();
    }
  });
});

describe('compressed RTF', () => {
  /** The worked example of MS-OXRTFCP §4.1.1. */
  const EXAMPLE = '2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0';

  test('is inflated as the specification shows', () => {
    expect(inflateRtf(Buffer.from(EXAMPLE, 'hex'))?.toString('latin1')).toBe(
      '{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n',
    );
  });

  test('that announces gigabytes makes no more than its bytes can', () => {
    const bomb = Buffer.from(EXAMPLE, 'hex');
    bomb.writeUInt32LE(0xffffffff, 4);
    expect(inflateRtf(bomb)?.length).toBe(43);
  });

  test('of another kind is refused', () => {
    expect(inflateRtf(Buffer.alloc(15))).toBeNull();
    expect(inflateRtf(Buffer.alloc(100, 1))).toBeNull();
  });
});

import { describe, expect, test } from '@jest/globals';
import { cutDataAddresses } from '../../src/decode/data-uris.ts';
import { decode } from '../../src/decode/decode.ts';
import { LIMITS } from '../../src/mail/limits.ts';
import { raw } from '../support/letter.ts';

const PICTURE = Buffer.from('\x89PNG picture \xff\xfe', 'latin1');
const BASE64 = PICTURE.toString('base64');

const cut = (html: string, most = 100) => cutDataAddresses(Buffer.from(html, 'latin1'), '1', most);
const restOf = (html: string) => cut(html).bytes.toString('latin1');
const filesOf = (html: string) => cut(html).files.map(({ name, contentType }) => [name.join(''), contentType]);

describe('a picture that stands in the HTML as an address', () => {
  test('is an inline part of the letter, and the HTML shows it by its Content-ID', () => {
    const message = decode(raw({ html: `<p>До</p><img src="data:image/png;base64,${BASE64}"><p>После</p>` }));
    expect(message.text).toBe('До\n\nПосле');
    expect(message.parts).toMatchObject([
      {
        path: '1.1',
        filename: 'picture-1.png',
        contentType: 'image/png',
        disposition: 'inline',
        contentId: '1.1@data.invalid',
      },
    ]);
    expect(PICTURE.equals(message.parts[0]!.bytes)).toBe(true);
    expect(message.html).toBe('<p>До</p><img src="cid:1.1@data.invalid"><p>После</p>');
  });

  test('is the file alone where a srcset says for which screen it is', () => {
    const { files } = cut(`<img srcset="data:image/png;base64,${BASE64} 2x">`);
    expect(files.map(({ bytes, broken }) => [PICTURE.equals(bytes), broken])).toEqual([[true, null]]);
  });

  test('of 9 MB takes no word from before or behind it', () => {
    const screenshot = Buffer.alloc(9 * 1024 * 1024, 'screenshot').toString('base64');
    const message = decode(
      raw({ html: `<p>Вот экран:</p><img src="data:image/png;base64,${screenshot}"><p>Что делать?</p>` }),
    );
    expect(message.text).toBe('Вот экран:\n\nЧто делать?');
    expect(message.parts[0]?.bytes.length).toBe(9 * 1024 * 1024);
    expect(message.defects.map(({ code }) => code)).toEqual(['files-in-text']);
  });

  test.each([
    ['in double quotes', `<img src="data:image/png;base64,${BASE64}">`],
    ['in single quotes', `<img src='data:image/png;base64,${BASE64}'>`],
    ['without quotes', `<img src=data:image/png;base64,${BASE64}>`],
    ['in capitals', `<IMG SRC="DATA:IMAGE/PNG;BASE64,${BASE64}">`],
    ['behind a value with a bracket', `<img alt="a > b" src="data:image/png;base64,${BASE64}">`],
    ['with a blank before it', `<img src=" data:image/png;base64,${BASE64}">`],
    ['with a charset beside', `<img src="data:image/png;charset=utf-8;base64,${BASE64}">`],
    ['broken over lines', `<img src="data:image/png;base64,${BASE64.replace(/.{8}/g, '$&\r\n ')}">`],
    ['in the letters for addresses', `<img src="data:image/png;base64,${PICTURE.toString('base64url')}">`],
    ['percent-encoded over base64', `<img src="data:image/png;base64,${encodeURIComponent(BASE64)}">`],
    [
      'with its signs as entities',
      `<img src="data:image/png;base64,${BASE64.replace(/[+/=]/g, (c) => `&#${c.charCodeAt(0)};`)}">`,
    ],
    [
      'percent-encoded alone',
      `<img src="data:image/png,${PICTURE.toString('latin1').replace(/[^a-z]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}">`,
    ],
    ['as the background of an element', `<div style="background:url(data:image/png;base64,${BASE64})">`],
    ['in quotes in a style', `<div style="background:url('data:image/png;base64,${BASE64}')">`],
    ['in entities for quotes in a style', `<div style="background: url(&quot;data:image/png;base64,${BASE64}&quot;)">`],
    ['in a style sheet', `<style>td > p { background: url("data:image/png;base64,${BASE64}") }</style>`],
  ])('is had %s', (_, html) => {
    const { files } = cut(html);
    expect(files).toMatchObject([{ contentType: 'image/png', broken: null }]);
    expect(files[0]!.bytes.toString('latin1')).toBe(PICTURE.toString('latin1'));
    expect(restOf(html)).not.toMatch(/base64/i);
  });

  test('keeps the name that its program gave it, and has the ending of its type', () => {
    expect(filesOf(`<img src="data:image/jpeg;name=photo%201.jpg;base64,${BASE64}">`)).toEqual([
      ['photo 1.jpg', 'image/jpeg'],
    ]);
    expect(filesOf(`<img src="data:image/webp;base64,${BASE64}">`)).toEqual([['picture-1.webp', 'image/webp']]);
    expect(filesOf(`<img src="data:image/heic;base64,${BASE64}">`)).toEqual([['picture-1.heic', 'image/heic']]);
    expect(filesOf(`<img src="data:;base64,${BASE64}">`)).toEqual([['file-1.bin', 'text/plain']]);
  });

  test('that is shown many times is one file', () => {
    const html = `<img src="data:image/png;base64,${BASE64}">`.repeat(3);
    expect(cut(html).files.length).toBe(1);
    expect(restOf(html)).toBe('<img src="cid:1.1@data.invalid">'.repeat(3));
  });

  test('that is broken is told to be', () => {
    expect(cut('<img src="data:image/png;base64,AAAA*AA">').files[0]?.broken).toBe('base64 with foreign characters');
  });

  test('past the most that are taken is left out, and that is told', () => {
    const pictures = Array.from({ length: LIMITS.embeddedFiles + 3 }, (_, i) => `<img src="data:image/gif,${i}">`);
    const message = decode(raw({ html: `<p>Снимки</p>${pictures.join('')}` }));
    expect(message.parts.length).toBe(LIMITS.embeddedFiles);
    expect(message.defects).toContainEqual({
      code: 'embedded-limit',
      detail: 'part 1: more files stood in the text than are taken, left out: 3',
    });
  });
});

describe('what is no picture of the letter', () => {
  test('a font of its style sheet is taken out, and is nobody’s file', () => {
    const html = `<style>@font-face { src: url(data:font/woff2;base64,${BASE64}) }</style>`;
    expect(filesOf(html)).toEqual([]);
    expect(restOf(html)).toBe('<style>@font-face { src: url(data:,) }</style>');
  });

  test('a document that a link holds is a file', () => {
    expect(filesOf(`<a href="data:application/pdf;base64,${BASE64}">bill</a>`)).toEqual([
      ['file-1.pdf', 'application/pdf'],
    ]);
  });

  test('an address of nothing is no file', () => {
    expect(filesOf('<img src="data:,"><img src="data:image/png;base64,">')).toEqual([]);
  });

  test.each([
    ['an address that a person writes about', `<p>I put "data:image/png;base64,${BASE64}" into the code</p>`],
    ['code that is shown', `<pre>&lt;img src=&quot;data:image/png;base64,${BASE64}&quot;&gt;</pre>`],
    ['a word before a colon', '<p title="data: none">data: none</p>'],
    ['an attribute of the name', '<div data:x="1" data-src="a.png">'],
  ])('%s stays in the text', (_, html) => {
    expect(filesOf(html)).toEqual([]);
    expect(restOf(html)).toBe(html);
  });

  test.each([
    ['addresses without an end', '<img src="data:image/png;base64,'],
    ['addresses in words', '<p>"data:'],
    ['addresses in one tag', ' x="data:'],
    ['tags', '<img src=data:,>'],
    ['style sheets', '<style>url(data:,)'],
  ])('many %s cost little', (_, piece) => {
    const began = performance.now();
    cut(`<b ${piece.repeat(2_000_000 / piece.length)}`);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

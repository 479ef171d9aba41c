// HTML of letters: what a person who cannot see the HTML must still be able to read.

import { describe, expect, test } from '@jest/globals';
import { htmlToText } from '../../src/decode/html.ts';
import { LIMITS } from '../../src/mail/limits.ts';
import { cpuMs } from '../support/cpu.ts';

const read = (html: string): string => htmlToText(html, LIMITS).text;

describe('what a reader sees', () => {
  const table: readonly [string, string, string][] = [
    [
      'a row of a table is a line, its cells stand apart',
      '<table><tr><th>Товар</th><th>Цена</th></tr><tr><td>Чайник</td><td>1&nbsp;200</td></tr></table>',
      'Товар | Цена\nЧайник | 1 200',
    ],
    [
      'paragraphs that Outlook puts into cells do not break the row',
      '<table><tr><td><p class=MsoNormal>Чайник</p></td><td><p class=MsoNormal>1200</p></td></tr></table>',
      'Чайник | 1200',
    ],
    [
      'a layout table reads from top to bottom',
      '<table><tr><td><table><tr><td>Шапка</td></tr><tr><td>Текст</td></tr></table></td></tr></table>',
      'Шапка\nТекст',
    ],
    [
      'an empty cell leaves no separator behind',
      '<table><tr><td></td><td>a</td><td> </td><td>b</td></tr></table>',
      'a | b',
    ],
    [
      'a list has marks and numbers, the inner one set in',
      '<ul><li>корзина<li>поиск<ol><li>раз</li><li>два</li></ol></ul>',
      '- корзина\n- поиск\n  1. раз\n  2. два',
    ],
    [
      'a link says where it leads',
      '<a href="https://shop.example/a?b=1&amp;c=2">магазин</a>',
      'магазин (https://shop.example/a?b=1&c=2)',
    ],
    [
      'an address that is its own text is said once',
      '<a href="https://shop.example/">shop.example</a> и <a href="mailto:i@shop.example">i@shop.example</a>',
      'shop.example и i@shop.example',
    ],
    [
      'a Cyrillic address in percent signs is its own text too',
      '<a href="https://shop.example/%D1%86%D0%B5%D0%BD%D1%8B">https://shop.example/цены</a>',
      'https://shop.example/цены',
    ],
    [
      'links that lead nowhere for a reader are text',
      '<a href="#top">вверх</a> <a href="javascript:alert(1)">нажмите</a> <a href="cid:1">файл</a>',
      'вверх нажмите файл',
    ],
    [
      'a picture is its description, or nothing',
      'до <img alt="снимок ошибки" src="cid:1"> после<img src="https://track.example/1.gif">',
      'до снимок ошибки после',
    ],
    [
      'a linked picture without description leaves its address',
      'См. <a href="https://shop.example/1"><img src="a.png"></a>',
      'См. https://shop.example/1',
    ],
    [
      'quoted text has its marks, as deep as it is',
      'Ответ<blockquote>Вопрос<br>второй<blockquote>Старый</blockquote></blockquote>Конец',
      'Ответ\n\n> Вопрос\n> второй\n>\n>> Старый\n\nКонец',
    ],
    ['preformatted text keeps its columns', '<pre>\na   b\n  c\n</pre>', 'a   b\n  c'],
    [
      'line breaks, divs and empty Outlook paragraphs leave one blank line at most',
      '<div>a</div><div><br></div><div>b<br></div><p class=MsoNormal>c</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><p class=MsoNormal>d</p><br><br><br>e',
      'a\n\nb\nc\n\nd\n\ne',
    ],
    [
      'entities are letters, a bare ampersand and a lone sign stay',
      '&laquo;Цена&raquo; &lt; 5 &amp; 3 < 4 &#1071; &#x42F; AT&T',
      '«Цена» < 5 & 3 < 4 Я Я AT&T',
    ],
    ['the separator of a signature keeps its space', '<div>Спасибо</div><div>-- <br>Иван</div>', 'Спасибо\n-- \nИван'],
    [
      'lines of ideographic spaces or joiners are blank lines',
      '<p>a</p><p>　</p><p>&zwnj;&nbsp;&zwnj;</p><p>​</p><p>b</p>',
      'a\n\nb',
    ],
    ['a letter that is one line of text stays it', 'просто текст', 'просто текст'],
  ];
  test.each(table)('%s', (_, html, wanted) => {
    expect(read(html)).toBe(wanted);
  });
});

describe('what a reader does not see', () => {
  const table: readonly [string, string][] = [
    ['display none', '<div style="display:none">тайно<div>и это</div></div>видно'],
    [
      'display none among other declarations, in capitals',
      '<p STYLE="color:red;DISPLAY : NONE !important">тайно</p>видно',
    ],
    ['font size 0', '<span style="font-size:0px">тайно</span>видно'],
    ['visibility hidden', "<span style='visibility:hidden'>тайно</span>видно"],
    ['text that Word hides', '<span style="mso-hide:all">тайно</span>видно'],
    ['a box of no height that nothing may stick out of', '<div style="max-height:0; overflow:hidden">тайно</div>видно'],
    ['a box of no width', '<div style="overflow-x:hidden;width:0px">тайно</div>видно'],
    ['what is wholly transparent', '<div style="opacity:0">тайно</div>видно'],
    ['what stands beside the screen', '<p style="position:absolute;left:-9999px">тайно</p>видно'],
    ['the hidden attribute', '<i hidden>тайно</i><b hidden="">тайно</b>видно'],
    ['styles, scripts and the title', '<title>тайно</title><style>p{}</style><script>if (a<b) "</div>"</script>видно'],
    [
      'comments, and what Outlook alone reads',
      '<!-- тайно > тайно --><!--[if mso]>тайно<![endif]--><![if !mso]>видно<![endif]>',
    ],
    [
      'a list of options, a drawing, a template',
      '<select><option>тайно</select><svg><text>тайно</text></svg><template>тайно</template>видно',
    ],
  ];
  test.each(table)('%s', (_, html) => {
    expect(read(html)).toBe('видно');
  });

  test('text of a size of its own inside a cell of size 0 is seen, as newsletters write it', () => {
    expect(read('<td style="font-size:0"><div style="font-size:14px">видно</div></td>')).toBe('видно');
  });

  test.each([
    'max-height:0',
    'overflow:hidden',
    'height:0;overflow:visible',
    'opacity:0.5',
    'max-height:100px;overflow:hidden',
    'text-indent:-18pt',
  ])('a style that hides nothing: %s', (style) => {
    expect(read(`<div style="${style}">видно</div>`)).toBe('видно');
  });

  test.each([
    ['a class', '.preview{display:none !important}', '<div class="big preview">тайно</div>'],
    [
      'a class of a kind of element',
      'td.preview { max-height:0; overflow:hidden }',
      '<table><tr><td class="preview">тайно</td></tr></table>',
    ],
    ['an id', '/* { */ @import url(x.css); #preview, p.other {opacity:0}', '<div id="preview">тайно</div>'],
  ])('what a style sheet hides by %s is not seen', (_, sheet, hidden) => {
    expect(read(`<style>${sheet}</style>${hidden}видно`)).toBe('видно');
  });

  test.each([
    ['for small screens only', '@media (max-width:600px){ .part{display:none} }', 'class="part"'],
    ['and shows again further below', '.part{display:none} .part{display:block}', 'class="part"'],
    ['unless the element says otherwise', '.part{display:none}', 'class="part" style="display: block"'],
    ['inside something else', '.other .part{display:none}', 'class="part"'],
  ])('what a style sheet hides %s is seen', (_, sheet, attributes) => {
    expect(read(`<style>${sheet}</style><div ${attributes}>видно</div>`)).toBe('видно');
  });

  test('what fills a preview that is seen is no text, and joiners inside words stay', () => {
    const filler = '&#847;&zwnj;&nbsp;&#8203; &shy; ';
    expect(read(`<div>Анонс ${filler.repeat(50)}</div><p>می\u200cخواهم 👩\u200d💻</p>`)).toBe(
      'Анонс\n\nمی\u200cخواهم 👩\u200d💻',
    );
  });

  test('where nothing else is there, the hidden words are read, and it is said', () => {
    const { text, defects } = htmlToText('<div style="opacity:0"><p>Касса молчит</p></div>', LIMITS);
    expect(text).toBe('Касса молчит');
    expect(defects.map(({ code }) => code)).toEqual(['html-hidden-read']);
    expect(htmlToText('<style>p{}</style><svg>тайно</svg><p hidden>&nbsp;</p>', LIMITS)).toEqual({
      text: '',
      defects: [],
    });
  });

  test('a class that is called hidden hides nothing', () => {
    expect(read('<p class="hidden">видно</p>')).toBe('видно');
  });

  test('what was hidden in a cell ends with the cell although its tag was never closed', () => {
    expect(read('<table><tr><td><span style="display:none">тайно</td><td>видно</td></tr></table>')).toBe('видно');
  });
});

describe('broken HTML', () => {
  const table: readonly [string, string, string][] = [
    ['a comment that never ends swallows its own line only', '<!-- open <b>текст</b>', 'текст'],
    [
      'a sign inside a quoted value does not end the tag',
      '<a title="a>b" href="https://x.example">да</a>',
      'да (https://x.example)',
    ],
    ['a quote that is never closed does not swallow the letter', '<p class="x>раз</p><p>два</p>', 'раз\n\nдва'],
    ['end tags without a start end nothing', '</div></p></td>текст</b>', 'текст'],
    ['a tag cut off at the end is dropped', 'текст<a href="https', 'текст'],
  ];
  test.each(table)('%s', (_, html, wanted) => {
    expect(read(html)).toBe(wanted);
  });
});

describe('limits', () => {
  test('HTML past its limit is read up to it, and that is said', () => {
    const { text, defects } = htmlToText('абвгд', { ...LIMITS, htmlChars: 3 });
    expect(text).toBe('абв');
    expect(defects.map((defect) => defect.code)).toEqual(['html-cut']);
  });

  test('elements too deep are read flat, and that is said', () => {
    const { text, defects } = htmlToText(`${'<div>'.repeat(50)}глубоко${'</div>'.repeat(50)}после`, {
      ...LIMITS,
      htmlDepth: 10,
    });
    expect(text).toBe('глубоко\nпосле');
    expect(defects.map((defect) => defect.code)).toEqual(['html-too-deep']);
  });

  test('quotes inside each other cannot blow the text up', () => {
    const { text, defects } = htmlToText('<blockquote>x<br>'.repeat(100_000), LIMITS);
    expect(text.length).toBeLessThan(2 * LIMITS.textChars);
    expect(defects.map((defect) => defect.code)).toEqual(['html-too-deep', 'text-cut']);
  });

  const hostile: readonly [string, string][] = [
    ['200,000 open tags', '<div>'.repeat(200_000)],
    ['tables inside each other', '<table><tr><td>'.repeat(100_000)],
    ['lists inside each other', '<ul><li>x'.repeat(100_000)],
    ['comments that never end', '<!--'.repeat(400_000)],
    ['styles that never end', '<style>'.repeat(200_000)],
    ['a sheet of nothing but conditions', `<style>${'@;'.repeat(50_000)}{</style>`],
    ['a sheet of comments that never end', `<style>${'/*'.repeat(50_000)}</style>`],
    ['sheets without end', `<style>${'.a{'.repeat(30_000)}</style>`.repeat(12)],
    ['quotes that never end', '<a b="'.repeat(300_000)],
    ['two kinds of quotes in turn', `<a b='x" c="`.repeat(100_000)],
    ['signs alone', '<'.repeat(1_000_000)],
    ['end tags of what is not open', `<b>${'</i>'.repeat(400_000)}`],
    ['long runs of letters as attributes', `<p hidden ${'a'.repeat(19_000)}>`.repeat(100)],
    ['one attribute of a megabyte', `<p ${'a= '.repeat(300_000)}>`],
    ['ampersands', '&'.repeat(1_000_000)],
    ['blanks', `${' '.repeat(1_000_000)}<pre>${' '.repeat(500_000)}`],
  ];
  test.each(hostile)('%s cost less than two seconds', (_, html) => {
    const started = cpuMs();
    htmlToText(html, LIMITS);
    expect(cpuMs() - started).toBeLessThan(2000);
  });
});

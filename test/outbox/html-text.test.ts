// How a text looks in the HTML of a letter.

import { expect, test } from '@jest/globals';
import { lineBreaks, paragraphs } from '../../src/outbox/html-text.ts';

const inHtml = (text: string) => paragraphs(text, 'margin:0', 'color:red');

test('an empty line, or one of blanks, parts two paragraphs; a line keeps its place', () => {
  expect(inHtml('one\ntwo\n \n\nthree\n')).toBe('<p style="margin:0">one<br>\ntwo</p>\n<p style="margin:0">three</p>');
  expect(inHtml('')).toBe('');
});

test('a link is told from the sentence around it', () => {
  expect(inHtml('See (https://shop.example/a?b=1&c=(2)).')).toBe(
    '<p style="margin:0">See (<a href="https://shop.example/a?b=1&amp;c=(2" style="color:red">https://shop.example/a?b=1&amp;c=(2</a>)).</p>',
  );
});

test.each(['javascript:alert(1)', 'www.shop.example', 'https://', 'ftp://x.example/y'])('%s is no link', (text) => {
  expect(inHtml(text)).toBe(`<p style="margin:0">${text}</p>`);
});

test('markup that somebody wrote is text', () => {
  expect(lineBreaks('<b>"a" & \'b\'</b>\n<script>')).toBe(
    '&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;<br>\n&lt;script&gt;',
  );
});

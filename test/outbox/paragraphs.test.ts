import { expect, test } from '@jest/globals';
import { paragraphsOf } from '../../src/outbox/paragraphs.ts';

const plain = (text: string) => ({ text, href: '' });

test('an empty line, or one of blanks, parts two paragraphs; a line keeps its place', () => {
  expect(paragraphsOf('one\ntwo\n \n\nthree\n')).toEqual([
    [[plain('one')], [plain('two')]],
    [[plain('three')], []],
  ]);
  expect(paragraphsOf('')).toEqual([]);
});

test('a link is told from the sentence around it', () => {
  const href = 'https://shop.example/a?b=1&c=(2)';
  expect(paragraphsOf(`See (${href}).`)).toEqual([
    [[plain('See ('), { text: href.slice(0, -1), href: href.slice(0, -1) }, plain(')).')]],
  ]);
});

test.each(['javascript:alert(1)', 'www.shop.example', '"https://', 'ftp://x.example/y'])('%s is no link', (text) => {
  expect(paragraphsOf(text)).toEqual([[[plain(text)]]]);
});

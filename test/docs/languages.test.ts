// README.md and README.ru.md say the same: a Russian admin must not get less.

import { expect, test } from '@jest/globals';
import { codeBlocks, headings, links, read } from './pages.ts';

const english = read('README.md');
const russian = read('README.ru.md');

test('both have the same sections in the same order', () => {
  const levels = (text: string) => headings(text).map(({ level }) => level);
  expect(levels(russian)).toEqual(levels(english));
});

test('both tell people to type the same commands', () => {
  const commands = (text: string) =>
    codeBlocks(text).map((block) => block.text.split('\n').map((line) => line.replace(/\s+#.*$/, '')));
  expect(commands(russian)).toEqual(commands(english));
});

test('both lead to the same pages', () => {
  const targets = (text: string) => links(text).filter((link) => !/^README/.test(link));
  expect(targets(russian)).toEqual(targets(english));
});

test('both name the same servers', () => {
  const servers = (text: string) => text.match(/\b(?:imap|smtp)\.[a-z.]+:\d+/g);
  expect(servers(russian)).toEqual(servers(english));
});

test('both have as many list items and table rows in each section', () => {
  const items = (text: string) =>
    text.split(/^## /m).map((section) => section.match(/^(?:- |\d\. |\|)/gm)?.length ?? 0);
  expect(items(russian)).toEqual(items(english));
});

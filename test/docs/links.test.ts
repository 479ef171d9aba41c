// A link that leads nowhere is the first thing a newcomer finds.

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { headings, links, PAGES, ROOT, read } from './pages.ts';

/** GitHub's name for a heading. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

function broken(page: string, link: string): boolean {
  const [target, fragment] = link.split('#');
  const file = target ? path.join(path.dirname(page), target) : page;
  if (!fs.existsSync(path.join(ROOT, file))) return true;
  return fragment !== undefined && !headings(read(file)).some((heading) => anchor(heading.text) === fragment);
}

test.each(PAGES)('every link of %s inside the repository leads somewhere', (page) => {
  const inside = links(read(page)).filter((link) => !/^[a-z]+:/.test(link));
  expect(inside.filter((link) => broken(page, link))).toEqual([]);
});

test('every page can be reached from the README', () => {
  const reached = new Set(['README.md']);
  for (const page of reached) {
    for (const link of links(read(page))) {
      const file = path.join(path.dirname(page), link.split('#')[0]!);
      if (PAGES.includes(file)) reached.add(file);
    }
  }
  expect(PAGES.filter((page) => !reached.has(page))).toEqual([]);
});

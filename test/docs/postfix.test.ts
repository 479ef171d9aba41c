// docs/postfix.md against the listener it describes.

import { expect, test } from '@jest/globals';
import { parse } from 'jsonc-parser';
import { configSchema } from '../../src/config/schema.ts';
import { codeBlocks, named, read, rowsBelow } from './pages.ts';

const page = read('docs/postfix.md');

test('the page tells every reply that the listener gives', () => {
  const source = read('src/sources/lmtp/reply.ts');
  const given = new Set([...source.matchAll(/status: '(\d{3} \d\.\d\.\d)'/g)].map((match) => match[1]!));
  expect(rowsBelow(page, 'Replies').map(([reply]) => named(reply))).toEqual([...given].toSorted());
});

test('kvitok takes each configuration of the page', () => {
  const desk = { name: 'Desk', address: 'support@example.org' };
  const examples = codeBlocks(page).filter(({ language }) => language === 'jsonc');
  expect(examples.length).toBeGreaterThan(0);
  const issues = examples.flatMap(
    ({ text }) => configSchema.safeParse({ desk, ...(parse(text) as object) }).error?.issues ?? [],
  );
  expect(issues).toEqual([]);
});

// docs/configuration.md: what an admin copies from the page is taken by kvitok, and what he may write is all there.

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'jsonc-parser';
import { configSchema } from '../../src/config/schema.ts';
import { codeBlocks, named, ROOT, read, rowsBelow } from './pages.ts';

const page = read('docs/configuration.md');
const examples = codeBlocks(page).filter(({ language }) => language === 'jsonc');
const templates = fs
  .readdirSync(path.join(ROOT, 'templates'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.(txt|html)$/.test(name));

test.each(examples.map(({ text }) => [text]))('kvitok takes the example as it stands on the page: %s', (text) => {
  const desk = { name: 'Desk', address: 'support@example.org' };
  const checked = configSchema.safeParse({ desk, ...(parse(text, [], { allowTrailingComma: true }) as object) });
  expect(checked.error?.issues ?? []).toEqual([]);
});

test('the page names every template that a desk may replace', () => {
  const names = new Set(templates.map((name) => path.basename(name).replace(/\.\w+$/, '')));
  const told = rowsBelow(page, 'Your own letters').map(([name]) => named(name));
  expect([...names].filter((name) => !told.includes(name))).toEqual([]);
});

test('the page explains every variable that our own templates use', () => {
  const source = templates.map((name) => read(`templates/${name}`)).join('\n');
  const loops = [...source.matchAll(/\{%-? for (\w+) in/g)].map((match) => match[1]!);
  const used = [...source.matchAll(/(?:\{\{-?|\{%-? (?:if|for \w+ in)) ?(\w+)/g)].map((match) => match[1]!);
  const told = rowsBelow(page, 'Your own letters').map(([name]) => named(name));
  expect(used).toContain('number');
  expect([...new Set(used)].filter((name) => !told.includes(name) && !loops.includes(name))).toEqual([]);
});

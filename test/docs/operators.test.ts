// The page that operators read, and its pictures: renewed when letters to operators change (npm run picture:operators).

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { QUESTION, WORDS } from '../../scripts/operators-pictures.ts';
import { COMMANDS, commandOf } from '../../src/desk/commands/table.ts';
import { footerOf } from '../../src/desk/footer.ts';
import { coverSecrets } from '../../src/desk/secrets.ts';
import { ROOT, read } from './pages.ts';

const page = read('docs/operators.ru.md');
const picture = (name: string) => fs.readFileSync(path.join(ROOT, `docs/operators-${name}.svg`), 'utf8');

test('every command on the page is one', () => {
  const words = new Set(COMMANDS.flatMap((command) => command.words));
  const named = [...page.matchAll(/^\| `#(\p{L}+)/gmu)].map((match) => match[1]!);
  expect(named.length).toBeGreaterThan(10);
  // «#взять» is short for assigning to oneself
  expect(named.filter((word) => !words.has(word) && word !== 'взять')).toEqual([]);
  expect(commandOf('assign').help.ru).toContain('взять');
});

test('the pictures show the letters as they are written now', () => {
  const [begin = '', end = ''] = footerOf([], 'ru');
  const letter = picture('letter');
  for (const line of [begin, end, ...coverSecrets(QUESTION).text.split('\n')]) expect(letter).toContain(line.trim());
  expect(letter).not.toContain('Qwerty12');
  for (const line of WORDS.split('\n').slice(3)) {
    expect(picture('answer')).toContain(line);
    expect(picture('customer')).toContain(line);
  }
  expect(picture('customer')).not.toContain('#закрыть');
  expect(picture('transcript')).toContain('#закрыть');
});

// The commands at the top of an operator's letter, against fixtures/tables/commands.json.

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { nearest } from '../../../src/desk/commands/nearest.ts';
import { lineWithCommand, needsOf, parseCommands } from '../../../src/desk/commands/parse.ts';
import { COMMANDS } from '../../../src/desk/commands/table.ts';
import { DEFERRALS, findDeferral } from '../../../src/desk/deferrals.ts';

type Row = readonly [name: string | null, argument: string, nearest?: string | null];
const TABLE = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, '../../../fixtures/tables/commands.json'), 'utf8'),
) as {
  parse: { why: string; reply: string; commands: Row[]; rest: string }[];
  deferrals: { typed: string; reasons: number[] }[];
  nearest: { typed: string; word: string | null }[];
};

test.each(TABLE.parse)('$why', ({ reply, commands, rest }) => {
  const parsed = parseCommands(reply);
  expect(parsed.commands.map(({ name, argument, nearest: near }) => [name, argument, near])).toEqual(
    commands.map(([name, argument, near = null]) => [name, argument, near]),
  );
  expect(parsed.rest).toBe(rest);
});

test.each(TABLE.deferrals)('the reason “$typed” is $reasons of the regulation', ({ typed, reasons }) => {
  expect(findDeferral(typed).map(({ number }) => number)).toEqual(reasons);
});

test.each(TABLE.nearest)('$typed is nearest to $word', ({ typed, word }) => {
  expect(
    nearest(
      typed,
      COMMANDS.flatMap(({ words }) => words),
    ),
  ).toBe(word);
});

test('every reason of the regulation is found by its own words', () => {
  for (const { number, words } of DEFERRALS) {
    expect(findDeferral(words.ru)).toEqual([expect.objectContaining({ number })]);
    expect(findDeferral(words.en)).toEqual([expect.objectContaining({ number })]);
  }
});

test('no word names two commands, and every command has a Russian and an English one', () => {
  const words = COMMANDS.flatMap((command) => [...command.words, ...Object.keys(command.shortcuts ?? {})]);
  expect(new Set(words).size).toBe(words.length);
  for (const command of COMMANDS) {
    expect(command.words.some((word) => /^[a-z]+$/.test(word))).toBe(true);
    expect(command.words.some((word) => /^[а-я]+$/.test(word))).toBe(true);
  }
});

test('a letter of nothing but commands does not keep the desk busy', () => {
  const begun = process.cpuUsage();
  const { commands } = parseCommands('#qwertyuiopasdfghjklzxcvbnm\n'.repeat(40_000));
  expect(commands.every(({ name }) => name === null)).toBe(true);
  expect(process.cpuUsage(begun).user / 1000).toBeLessThan(500);
});

test('says what has to be looked up', () => {
  expect(needsOf(parseCommands('#close\n#merge [#10429]\n#status').commands)).toEqual({
    tickets: ['10429'],
    clients: [],
    aside: [],
    letters: false,
    batch: false,
    history: true,
  });
});

test.each([
  ['##заметка', '##заметка\nпозвонить ему самим'],
  ['# #note', 'Добрый день!\n# #note\nпозвонить'],
  ['№ закрыть', 'Готово.\n№ закрыть'],
  ['- #close', 'Готово.\n- #close'],
  ['**#close**', 'Готово.\n**#close**'],
  ['Готово. #закрыть', 'Готово. #закрыть'],
  ['#cc olga@client.example', 'Добавил коллегу.\n\n#cc olga@client.example\n\nГотово.'],
])('a command typed as «%s» is seen wherever it stands', (line, text) => {
  expect(lineWithCommand(text)).toBe(line);
});

test.each([
  'Номер заказа #10429 и № 15.',
  'Цвет кнопки – #cc0000, фон #close-panel { }',
  'Страница https://shop.example/page#help открывается.',
  'C# close to done, answer at 5',
  '> #cc olga@client.example',
])('«%s» holds no command', (text) => {
  expect(lineWithCommand(text)).toBeNull();
});

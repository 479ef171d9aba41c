// docs/commands.ru.md against the table of commands: an operator finds every command, as it is typed, and nothing else.

import { expect, test } from '@jest/globals';
import { usage } from '../../src/desk/commands/help.ts';
import { PERMISSIONS } from '../../src/desk/commands/permissions.ts';
import { COMMANDS } from '../../src/desk/commands/table.ts';
import { DEFERRALS } from '../../src/desk/deferrals.ts';
import { read, rowsBelow } from './pages.ts';

const page = read('docs/commands.ru.md');
const bare = (cell: string) => cell.replaceAll('`', '').replaceAll('\\|', '|');

test('the page lists the commands as they are typed, with what each does and who may give it', () => {
  const told = rowsBelow(page, 'Все команды').map((cells) => cells.map(bare));
  const row = (command: (typeof COMMANDS)[number]) => [
    usage(command, 'ru'),
    usage(command, 'en'),
    command.help.ru,
    PERMISSIONS[command.name].includes('developer') ? 'да' : 'нет',
  ];
  expect(told).toEqual(COMMANDS.map(row));
});

test('the page has the ten reasons of the regulation by their numbers', () => {
  expect(rowsBelow(page, 'Причины отсрочки').map((cells) => cells.map(bare))).toEqual(
    DEFERRALS.map(({ number, words }) => [String(number), words.ru]),
  );
});

// #help: the commands that the operator may give, out of the table of commands.

import type { Language } from '../tickets.ts';
import type { DeskCommand, Giver } from './command.ts';
import { mayGive } from './permissions.ts';

/** The command that tells of the others. */
export function helpOn(others: readonly DeskCommand[]): DeskCommand {
  const carryOut: NonNullable<DeskCommand['withoutTicket']> = (_argument, { by }) => ({
    done: true,
    says: {
      ru: 'команды пишутся вверху письма, каждая в своей строке, по-русски или по-английски',
      en: 'commands stand at the top of a letter, each on a line of its own, in English or Russian',
    },
    shows: { ru: helpText([...others, help], by, 'ru'), en: helpText([...others, help], by, 'en') },
  });
  const help: DeskCommand = {
    name: 'help',
    words: ['help', '?', 'помощь', 'справка', 'команды'],
    argument: { ru: '', en: '' },
    help: { ru: 'этот список', en: 'this list' },
    onlyTells: true,
    carryOut,
    withoutTicket: carryOut,
  };
  return help;
}

function helpText(commands: readonly DeskCommand[], by: Giver, language: Language): string {
  return commands
    .filter(({ name }) => mayGive(name, by))
    .map((command) => `${usage(command, language)}\n    ${command.help[language]}`)
    .join('\n');
}

/** How a command is typed: `#отложить <причина>`. */
export function usage({ words, argument }: DeskCommand, language: Language): string {
  const word = language === 'ru' ? words.find((one) => /\p{Script=Cyrillic}/u.test(one)) : words[0];
  return `#${word ?? words[0]} ${argument[language]}`.trimEnd();
}

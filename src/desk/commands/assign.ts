// #assign: whose ticket it is from now on.

import { type CommandCase, type DeskCommand, fails } from './command.ts';

type Assignable = CommandCase['operators'][number];

const ME = new Set(['', 'me', 'себе', 'мне', 'я']);
const NOBODY = new Set(['nobody', 'none', 'никому', 'никто', 'всем']);

export const assign: DeskCommand = {
  name: 'assign',
  words: ['assign', 'назначить', 'назначь', 'передать', 'передай'],
  shortcuts: { take: 'me', взять: 'me', беру: 'me', возьму: 'me' },
  argument: { ru: '<имя или адрес|себе|никому>', en: '<name or address|me|nobody>' },
  help: {
    ru: 'чьё это обращение; «#взять» — моё',
    en: 'whose ticket it is; #take makes it yours',
  },
  carryOut: (argument, c) => {
    const { ticket, by } = c;
    const word = plain(argument);
    const known = ME.has(word)
      ? c.operators.filter(({ identity }) => identity === by.identity)
      : meant(word, c.operators);
    if (!NOBODY.has(word) && known.length !== 1) {
      const names = (known.length ? known : c.operators)
        .map(({ name, identity }) => `${name} <${identity}>`)
        .join(', ');
      if (c.operators.length === 0)
        return fails('операторы не заданы в настройках', 'the configuration names no operators');
      return known.length === 0
        ? fails(`нет такого оператора; есть ${names}`, `there is no such operator; there are ${names}`)
        : fails(`подходит несколько: ${names}`, `several fit: ${names}`);
    }
    const chosen = NOBODY.has(word) ? null : known[0]!;
    const became = chosen?.identity ?? null;
    return {
      done: true,
      says: chosen
        ? { ru: `обращение ведёт ${chosen.name}`, en: `the ticket is ${chosen.name}’s` }
        : { ru: 'обращение теперь ничьё', en: 'the ticket is nobody’s now' },
      changes:
        became === ticket.assignee
          ? []
          : [{ kind: 'assign', ticket: ticket.id, was: ticket.assignee, became, by: by.identity, because: '#assign' }],
    };
  },
};

/** Who is meant: by address, whole name, or the beginning of a part of the name or of the address; the first that finds somebody. */
function meant(word: string, operators: readonly Assignable[]): readonly Assignable[] {
  const ways: readonly ((one: Assignable) => boolean)[] = [
    ({ identity, name }) =>
      withoutBrackets(word) === identity || plain(name) === word || word === `${plain(name)} <${identity}>`,
    ({ name }) =>
      plain(name)
        .split(/[\s.-]+/)
        .includes(word),
    ({ identity, name }) => [...plain(name).split(/[\s.-]+/), identity].some((part) => part.startsWith(word)),
  ];
  for (const fits of ways) {
    const found = operators.filter(fits);
    if (found.length > 0) return found;
  }
  return [];
}

const withoutBrackets = (word: string) => word.replace(/^<|>$/g, '').replace(/^mailto:/, '');

const plain = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е').replace(/\s+/g, ' ').trim();

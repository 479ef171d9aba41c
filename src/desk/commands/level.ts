// #level: the ticket gets another level of support (regulation §3.2).

import type { Level } from '../tickets.ts';
import { type DeskCommand, fails, type Words } from './command.ts';

/** How the names of levels begin, in every form that people type them in. */
const NAMES: readonly (readonly [beginning: RegExp, Level])[] = [
  [/^(?:free|бесплатн)/, 'free'],
  [/^(?:partner|партнер)/, 'partner'],
  [/^(?:develop|dev$|разработ)/, 'development'],
  [/^(?:consult|консульт)/, 'consulting'],
];

const SHOWN: Readonly<Record<Level, Words>> = {
  free: { ru: 'бесплатная', en: 'free' },
  partner: { ru: 'партнёр', en: 'partner' },
  development: { ru: 'разработка', en: 'development' },
  consulting: { ru: 'консультация', en: 'consulting' },
};

export const level: DeskCommand = {
  name: 'level',
  words: ['level', 'уровень'],
  argument: {
    ru: '<бесплатная|партнёр|разработка|консультация>',
    en: '<free|partner|development|consulting>',
  },
  help: {
    ru: 'другой уровень поддержки, с ним и другой срок',
    en: 'another level of support, and with it another deadline',
  },
  carryOut: (argument, { ticket, by }) => {
    const became = levelIn(argument);
    if (became === null)
      return fails(
        `нет такого уровня; есть ${Object.values(SHOWN)
          .map(({ ru }) => ru)
          .join(', ')}`,
        `there is no such level; there are ${Object.values(SHOWN)
          .map(({ en }) => en)
          .join(', ')}`,
      );
    if (became === ticket.level)
      return {
        done: true,
        says: { ru: `уровень и так «${SHOWN[became].ru}»`, en: `the level is ${SHOWN[became].en} already` },
      };
    return {
      done: true,
      says: { ru: `уровень теперь «${SHOWN[became].ru}»`, en: `the level is ${SHOWN[became].en} now` },
      changes: [
        { kind: 'set-level', ticket: ticket.id, was: ticket.level, became, by: by.identity, because: '#level' },
      ],
    };
  },
};

/** The level that a person names; null where it is none. */
function levelIn(typed: string): Level | null {
  const word = typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/^(?:в|на|to)\s+/, '');
  // what else stands there was meant for somebody
  if (!/^\p{L}+(?: (?:поддержк\p{L}*|уровень|support|level))?$/u.test(word)) return null;
  return NAMES.find(([beginning]) => beginning.test(word))?.[1] ?? null;
}

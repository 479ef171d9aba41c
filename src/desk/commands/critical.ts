// #critical: the ticket goes before the queue (regulation §3.1), or no longer does.

import { type DeskCommand, fails } from './command.ts';

const YES = new Set(['', 'yes', 'on', 'да']);
const NO = new Set(['no', 'off', 'not', 'нет', 'не', 'снять']);

export const critical: DeskCommand = {
  name: 'critical',
  words: ['critical', 'urgent', 'срочно', 'срочное', 'критично', 'критичное'],
  shortcuts: {
    'not critical': 'no',
    'not urgent': 'no',
    'не срочно': 'no',
    'не срочное': 'no',
    несрочно: 'no',
    'не критично': 'no',
  },
  argument: { ru: '[нет]', en: '[no]' },
  help: {
    ru: 'обращение идёт вне очереди; «#не срочно» — снова по очереди',
    en: 'the ticket goes before the queue; with no, it does not',
  },
  carryOut: (argument, { ticket, by }) => {
    const word = argument.toLowerCase();
    if (!YES.has(word) && !NO.has(word))
      return fails('бывает только #срочно и #не срочно', 'there is only #critical and #critical no');
    const became = YES.has(word) ? 'yes' : 'no';
    return {
      done: true,
      says:
        became === 'yes'
          ? { ru: 'обращение идёт вне очереди', en: 'the ticket goes before the queue' }
          : { ru: 'обращение идёт по очереди', en: 'the ticket waits in the queue' },
      changes:
        became === ticket.critical
          ? []
          : [
              {
                kind: 'set-critical',
                ticket: ticket.id,
                was: ticket.critical,
                became,
                by: by.identity,
                because: '#critical',
              },
            ],
    };
  },
};

// #note: what the letter says stays with the desk.

import type { DeskCommand } from './command.ts';

export const note: DeskCommand = {
  name: 'note',
  words: ['note', 'internal', 'заметка', 'заметку', 'внутреннее'],
  argument: { ru: '', en: '' },
  help: {
    ru: 'текст письма — только для своих, клиенту ничего не уйдёт',
    en: 'the text is for the desk only, nothing goes to the customer',
  },
  freeText: 'note',
  carryOut: (argument) => ({
    done: true,
    says: { ru: 'записано для своих, клиенту не отправлено', en: 'noted for the desk, not sent to the customer' },
    effect: { kind: 'internal', entry: 'note', line: argument },
  }),
};

// #split: the customer's last letter is about something else, and gets a ticket of its own.

import { type DeskCommand, fails } from './command.ts';

export const split: DeskCommand = {
  name: 'split',
  words: ['split', 'разделить', 'раздели', 'отделить', 'отдели'],
  argument: { ru: '', en: '' },
  help: {
    ru: 'последнее письмо клиента — о другом: из него выйдет новое обращение',
    en: 'the customer’s last letter is about something else: it becomes a new ticket',
  },
  needs: () => ({ letters: true }),
  carryOut: (_argument, { ticket, by, known }) => {
    const last = known.letters.at(-1);
    if (!last || known.letters.length < 2)
      return fails(
        'в обращении одно письмо клиента, отделять нечего',
        'the ticket holds one letter of the customer: there is nothing to split off',
      );
    return {
      done: true,
      says: {
        ru: `из письма «${last.subject}» выйдет новое обращение; текст вашего письма относится к этому`,
        en: `the letter “${last.subject}” becomes a new ticket; the text of your letter belongs to this one`,
      },
      changes: [{ kind: 'split', ticket: ticket.id, entry: last.entry, by: by.identity }],
    };
  },
};

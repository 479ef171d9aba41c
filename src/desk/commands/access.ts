// #access: the passwords and access data of a ticket, which letters to operators cover, for the one who asks. They are read when
// the letter to him is sent and are kept nowhere else; that he asked stands in the history of the ticket.

import { type DeskCommand, fails } from './command.ts';

export const access: DeskCommand = {
  name: 'access',
  words: ['access', 'password', 'passwords', 'доступ', 'доступы', 'пароль', 'пароли'],
  argument: { ru: '', en: '' },
  help: {
    ru: 'прислать вам одному скрытые пароли и доступы клиента; это запишется в историю обращения',
    en: 'send you alone the customer’s covered passwords and access data; the history of the ticket notes it',
  },
  carryOut: (_argument, { ticket, by }) => {
    if (by.role === 'admin')
      return fails(
        `весь текст покажет kvitok show ${ticket.number}`,
        `kvitok show ${ticket.number} shows all of the text`,
      );
    if (by.role === 'developer' && ticket.level !== 'development' && ticket.assignee !== by.identity)
      return fails(
        'обращение не в разработке и не ваше; попросите того, кто его ведёт',
        'the ticket is neither with development nor yours; ask whose it is',
      );
    return {
      done: true,
      says: {
        ru: 'доступы придут вам отдельным письмом; это записано в историю обращения',
        en: 'the access data come to you in a letter of their own; the history of the ticket notes it',
      },
      changes: [{ kind: 'note-access', ticket: ticket.id, by: by.identity, because: '#access' }],
      effect: { kind: 'uncover' },
    };
  },
};

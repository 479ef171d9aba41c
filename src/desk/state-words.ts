// States of a ticket as operators read them.

import type { Language, TicketState } from './tickets.ts';

export const STATE_WORDS: Readonly<Record<Language, Readonly<Record<TicketState, string>>>> = {
  ru: {
    new: 'новое',
    open: 'ждёт ответа',
    waiting: 'ждём клиента',
    deferred: 'отложено',
    resolved: 'решено',
    merged: 'объединено с другим',
    spam: 'спам',
  },
  en: {
    new: 'new',
    open: 'waits for an answer',
    waiting: 'waits for the customer',
    deferred: 'deferred',
    resolved: 'resolved',
    merged: 'merged into another one',
    spam: 'spam',
  },
};

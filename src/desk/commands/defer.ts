// #defer: the matter is put off, or can't be solved, for one of the ten reasons of the regulation (§3.1), which the customer
// is told in its words.

import { DEFERRALS, type Deferral, deferralAndText } from '../deferrals.ts';
import { type DeskCommand, fails } from './command.ts';
import { moveBy } from './move-by.ts';

export const defer: DeskCommand = {
  name: 'defer',
  words: ['defer', 'postpone', 'отложить', 'отложи', 'отсрочить', 'отсрочка'],
  argument: { ru: '<причина: 1–10 или слова> [текст]', en: '<reason: 1–10 or words> [text]' },
  freeText: 'for-customer',
  help: {
    ru: 'отложить по одной из десяти причин регламента; клиент узнает о ней, даже если текста нет',
    en: 'put off for one of the ten reasons of the regulation; the customer is told, even without a text',
  },
  carryOut: (argument, { ticket, by }) => {
    if (ticket.state === 'spam')
      return fails('обращение помечено как спам; сначала #открыть', 'the ticket is marked as spam; #reopen it first');
    const { found, text } = deferralAndText(argument);
    if (found.length !== 1) {
      const offered = found.length === 0 ? DEFERRALS : found;
      const what = found.length === 0 ? NO_REASON : SEVERAL;
      return fails(`${what.ru}\n${listed(offered, 'ru')}`, `${what.en}\n${listed(offered, 'en')}`);
    }
    const [reason] = found as readonly [Deferral];
    return {
      done: true,
      says: {
        ru: `отложено, клиенту назвали причину ${reason.number}: ${reason.words.ru}`,
        en: `deferred, the customer is told reason ${reason.number}: ${reason.words.en}`,
      },
      changes: [
        { kind: 'note-deferral', ticket: ticket.id, reason: reason.number, by: by.identity },
        ...moveBy('defer', ticket, by.identity, `#defer ${reason.number}`),
      ],
      effect: { kind: 'deferral', reason: reason.number, line: text },
    };
  },
};

const NO_REASON = {
  ru: 'нужна одна из причин регламента, её номер или слова из неё:',
  en: 'it takes one of the reasons of the regulation, by its number or by words of it:',
};
const SEVERAL = {
  ru: 'подходит несколько причин, назовите номер:',
  en: 'several reasons fit, name the number of one:',
};

const listed = (deferrals: readonly Deferral[], language: 'ru' | 'en') =>
  deferrals.map(({ number, words }) => `${number}. ${words[language]}`).join('\n');

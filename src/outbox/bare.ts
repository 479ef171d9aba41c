// What an operator gets in place of a letter that can't be put together: without a template, so that a fault in one, or in what
// it is given, keeps nobody from hearing that there is something to read.

import { escaped } from '../desk/report/escaped.ts';
import type { Language } from '../desk/tickets.ts';
import { cleanLine } from '../mail/clean.ts';
import { ticketNumber } from '../thread/damm.ts';
import { tagged } from '../thread/tags.ts';
import type { Rendered } from './templates.ts';

const WORDS: { readonly [language in Language]: { readonly [part in 'subject' | 'text' | 'show' | 'list']: string } } =
  {
    ru: {
      subject: 'Письмо, которое не удалось составить',
      text: 'Здесь должно было быть письмо службы, но составить его не удалось',
      show: 'Прочитать обращение: kvitok show {number}. Ответить клиенту можно прямо на это письмо.',
      list: 'Администратору: kvitok outbox list покажет письмо, kvitok check проверит шаблоны.',
    },
    en: {
      subject: 'A letter that could not be put together',
      text: 'A letter of the desk should stand here, but it could not be put together',
      show: 'Read the ticket: kvitok show {number}. An answer to this letter goes to the customer.',
      list: 'For the admin: kvitok outbox list shows the letter, kvitok check tries the templates.',
    },
  };

/** The notice; `ticket` is null where the letter is about none, `why` what went wrong, in the program's words. */
export function bareNotice(ticket: number | null, why: string, language: Language): Rendered {
  const words = WORDS[language];
  const number = ticket === null ? null : ticketNumber(ticket);
  const text = [
    `${words.text}: ${cleanLine(why).slice(0, 300)}.`,
    ...(number === null ? [] : [words.show.replace('{number}', number)]),
    words.list,
  ].join('\n\n');
  return {
    subject: number === null ? words.subject : tagged(words.subject, number),
    text: `${text}\n`,
    html: `<!doctype html>\n<meta charset="utf-8">\n<pre style="white-space:pre-wrap">${escaped(text)}</pre>\n`,
  };
}

// What an operator gets in place of a letter that can't be put together, or that the server refuses for what it holds. It has
// no template and no words of the letter, so that a fault in either keeps nobody from hearing that there is something to read.

import { escaped } from '../desk/report/escaped.ts';
import type { Language } from '../desk/tickets.ts';
import { cleanLine } from '../mail/clean.ts';
import { ticketNumber } from '../thread/damm.ts';
import { tagged } from '../thread/tags.ts';
import type { Rendered } from './templates.ts';

const WORDS: {
  readonly [language in Language]: {
    readonly [part in 'subject' | 'uncomposed' | 'refused' | 'show' | 'list']: string;
  };
} = {
  ru: {
    subject: 'Письмо, которое не удалось отправить целиком',
    uncomposed: 'Здесь должно было быть письмо службы, но составить его не удалось',
    refused: 'Здесь должно было быть письмо службы, но почтовый сервер его не принял',
    show: 'Прочитать обращение: kvitok show {number}. Ответить клиенту можно прямо на это письмо.',
    list: 'Администратору: kvitok outbox list покажет письмо, kvitok check проверит шаблоны.',
  },
  en: {
    subject: 'A letter that could not be sent as it is',
    uncomposed: 'A letter of the desk should stand here, but it could not be put together',
    refused: 'A letter of the desk should stand here, but the mail server refused it',
    show: 'Read the ticket: kvitok show {number}. An answer to this letter goes to the customer.',
    list: 'For the admin: kvitok outbox list shows the letter, kvitok check tries the templates.',
  },
};

/** The notice; `ticket` is null where the letter is about none, `error` what went wrong, in the program's words or the server's. */
export function bareNotice(
  ticket: number | null,
  { why, error }: { readonly why: 'uncomposed' | 'refused'; readonly error: string },
  language: Language,
): Rendered {
  const words = WORDS[language];
  const number = ticket === null ? null : ticketNumber(ticket);
  const text = [
    `${words[why]}: ${cleanLine(error).slice(0, 300)}.`,
    ...(number === null ? [] : [words.show.replace('{number}', number)]),
    words.list,
  ].join('\n\n');
  return {
    subject: number === null ? words.subject : tagged(words.subject, number),
    text: `${text}\n`,
    html: `<!doctype html>\n<meta charset="utf-8">\n<pre style="white-space:pre-wrap">${escaped(text)}</pre>\n`,
  };
}

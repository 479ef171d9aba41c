// An answer that speaks of a file and has none: the customer would look for it and write again.

import { type Guard, unlessConfirmed } from '../guard.ts';

const SPEAKS_OF_FILE =
  /(?<!\p{L})(?:(?:файл|инструкци|скриншот|снимок|архив|документ|счет|ответ|подробност)\p{L}* (?:во вложени[ие]|в приложении|в аттаче)|во? вложени[ие](?!\p{L})|прикрепляю|прикладываю|прикрепил[аи]?|приложил[аи]?|(?:is|are|please find|see) (?:the )?attached|i(?: have|'ve)? attach(?:ed)?|in the attachment)(?!\p{L})/iu;
/** What the customer shall do, or did. */
const OF_CUSTOMER = /(?<!\p{L})(?:вы|ваш\p{L}*|вашем|пришлите|приложите|прикрепите|you|your)(?!\p{L})/iu;

export const noFile: Guard = ({ text, files, refused }) => {
  if (files.length > 0 || refused.length > 0) return null;
  const sentence = text
    .split(/(?<=[.!?])\s|\n/u)
    .find((one) => SPEAKS_OF_FILE.test(one.replaceAll('ё', 'е')) && !OF_CUSTOMER.test(one));
  return sentence === undefined ? null : unlessConfirmed('no-file', sentence.trim().slice(0, 80));
};

// A mailing without the fields that mailings carry (RFC 2369): nobody reads its sender's address, and its text says how to
// stop it. Without those words the same sender writes invoices and passwords, which are no mailing; and what the
// form of a site sends for a person may hold them as the person's own.

import { finding, type Rule } from './finding.ts';
import { writesForSomebody } from './reply-to.ts';
import { isNoReplyAddress } from './sender.ts';

const HOW_TO_STOP = new RegExp(
  [
    'unsubscrib(?:e|ing)',
    'opt[ -]out',
    'отписаться',
    'отказаться от (?:\\p{L}{1,20} )?(?:рассылки|подписки|уведомлений)',
    'відписатися',
  ].join('|'),
  'iu',
);

export const mailing: Rule = ({ message }, ours) => {
  if (!message.from.some(({ address }) => isNoReplyAddress(address)) || writesForSomebody(message, ours)) return null;
  const words = HOW_TO_STOP.exec(message.text);
  return words ? finding('list', 'mailing', words[0]) : null;
};

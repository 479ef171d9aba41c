// Exim and what is built on it (Mail.ru's and Rambler's relays, Zoho, MXLogic): addresses in a list of their own, each
// with its reason indented below it. Warnings come under other words than failures.

import { announcing } from './notice.ts';

/** «… The following address(es) failed:» */
export const exim = announcing([
  { words: 'the following address(es) failed:' },
  { words: 'the following address failed:' },
  { words: 'the following addresses failed:' },
  { words: 'has not yet been delivered are:', action: 'delayed' },
  { words: 'has not yet been delivered is:', action: 'delayed' },
  { words: 'recipients. this is a permanent error.' },
  { words: 'could not be delivered to one or more of its recipients:' },
]);

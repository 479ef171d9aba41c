// qmail and its descendants (Yahoo, netqmail, s/qmail): paragraphs that begin with `<address>:`.

import { announcing } from './notice.ts';

/** «Hi. This is the qmail-send program at …» */
export const qmail = announcing([
  { words: 'this is the qmail-send program', angle: true },
  { words: "wasn't able to deliver your message to the following addresses", angle: true },
  { words: 'unable to deliver your message to the following address', angle: true },
  { words: 'unable to deliver message to the following address', angle: true },
  { words: "there's a problem with the e-mail address", angle: true },
  { words: 'message that you sent could not be delivered to one or more of its recipients', angle: true },
]);

// sendmail of every age and its imitators: a list under «----- The following addresses had …», and where there is none
// (version 5), the transcript of the dialogue.

import { addressesIn } from './address.ts';
import { announcing, type Family, type Notice } from './notice.ts';

const list = announcing([
  { words: 'following addresses had permanent fatal errors' },
  { words: 'following addresses had permanent delivery errors' },
  { words: 'following addresses had delivery problems' },
  { words: 'following addresses had delivery errors' },
  { words: 'following addresses had fatal errors' },
  { words: 'following address had permanent fatal errors' },
  { words: 'following addresses had transient non-fatal errors', action: 'delayed' },
  { words: 'following addresses have delivery notifications', action: 'delivered' },
  { words: 'following addresses had successful delivery notifications', action: 'delivered' },
]);

// `550 <address>... User unknown` and `>>> RCPT To:<address>`.
const REFUSED = /^\s{0,4}[45]\d\d[ -].{0,40}?<[^<>]{3,320}>(?:,|\.\.\.)/;
const COMMAND = /^\s{0,4}>>>\s?RCPT TO:/i;

function transcript({ lines }: Notice): ReturnType<Family> {
  const first = lines.findIndex((line) => /transcript of session follows/i.test(line));
  if (first < 0) return null;
  const below = lines.slice(first);
  const refused = below.filter((line) => REFUSED.test(line));
  const chosen = refused.length > 0 ? refused : below.filter((line) => COMMAND.test(line));
  const recipients = chosen.flatMap((line) => addressesIn(line).slice(0, 1)).map(({ address }) => address);
  return recipients.length > 0 ? { recipients, action: 'failed' } : null;
}

/** «----- The following addresses had permanent fatal errors -----» */
export const sendmail: Family = (notice) => list(notice) ?? transcript(notice);

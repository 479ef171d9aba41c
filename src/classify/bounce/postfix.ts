// Postfix: `<address>: reason` or `<address> (expanded from <address>): reason` below its greeting, which hosters translate
// (Яндекс among them) while the list stays. Its session transcripts name the recipient in the dialogue.

import { addressesIn } from './address.ts';
import { announcing, type Family } from './notice.ts';

/** «I'm sorry to have to inform you that your message could not be delivered …» */
export const postfix: Family = (notice) => listOfPostfix(notice) ?? transcript(notice);

const listOfPostfix = announcing([
  { words: 'this is a warning only', action: 'delayed', angle: true },
  { words: 'message could not be delivered for', action: 'delayed', angle: true },
  { words: 'this is the mail system at host', angle: true },
  { words: 'this is the postfix program at host', angle: true },
  { words: 'this is the postfix', angle: true },
  { words: 'could not be delivered to one or more recipients', angle: true },
  { words: 'could not be delivered to one or more destinations', angle: true },
  { words: 'одному или нескольким адресатам', angle: true },
  { words: 'одному или нескольким получателям', angle: true },
]);

/** A refused dialogue that the postmaster is told of: « In:  RCPT TO:<address>» before a refusing « Out: 5xx». */
function transcript({ lines }: { readonly lines: readonly string[] }): ReturnType<Family> {
  const first = lines.findIndex((line) => /^transcript of session follows/i.test(line.trim()));
  if (first < 0) return null;
  const recipients = lines
    .slice(first)
    .filter((line) => /^\s?In:\s{1,4}RCPT TO:/i.test(line))
    .flatMap((line) => addressesIn(line).slice(0, 1))
    .map(({ address }) => address);
  return recipients.length > 0 ? { recipients, action: 'failed' } : null;
}

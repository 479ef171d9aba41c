// Everybody else who words bounces in English: OpenSMTPD, DragonFly, Lotus Notes, Zoho, Mimecast, MailMarshal, IMail,
// InterScan, and the relays of mobile operators.

import { announcing } from './notice.ts';

/** «An error has occurred while attempting to deliver a message for …» and other English wordings. */
export const gateways = announcing([
  { words: 'attempting to deliver a message for the following list of recipients:' },
  { words: 'there was an error delivering your mail to' },
  { words: 'delivered to the following list of recipients:' },
  { words: 'the following list of recipients:' },
  { words: 'the following recipients were affected:' },
  { words: 'the following recipients did not receive this message:' },
  { words: 'the following recipients was rejected by a remote mail server.' },
  { words: 'the following recipients returned permanent errors:' },
  { words: 'the following recipients returned temporary errors:', action: 'delayed' },
  { words: 'to the following recipients was aborted after' },
  { words: 'to the following recipients failed permanently' },
  { words: 'failure reasons' },
  { words: 'failed addresses follow:' },
  { words: 'to the following recipients cannot be delivered' },
  { words: 'cannot be delivered to the following recipients' },
  { words: 'could not be delivered to the following recipients' },
  { words: 'was not delivered to the following recipients' },
  { words: 'was not delivered to:' },
  { words: 'to the following recipients:' },
  { words: 'to the following recipient:' },
  { words: 'to the following address could not be delivered:' },
  { words: 'to the following addresses could not be delivered:' },
  { words: 'an email you addressed to email address :' },
  { words: 'to the following address(es)' },
  { words: 'could not be delivered to:' },
  { words: 'unable to deliver message to' },
  { words: 'unable to deliver to' },
  { words: 'recipient: <' },
  { words: 'address: <' },
]);

// Amazon SES tells of bounces through SNS: the notification is JSON, once or twice encoded, broken by line ends.

import { addressesIn } from './address.ts';
import type { Family, Notice } from './notice.ts';

const BOUNCE = '"notificationType":"Bounce"';
const MAX_CHARS = 200_000;

const json = ({ lines }: Notice) => lines.join('').slice(0, MAX_CHARS).replaceAll('\\', '').replace(/\s+/g, '');

/** Whether the notice is SNS telling of a bounce. */
export const isAmazonBounce = (notice: Notice): boolean => json(notice).includes(BOUNCE);

/** `"bouncedRecipients":[{"emailAddress":"…"}]` */
export const amazon: Family = (notice) => {
  const text = json(notice);
  const from = text.includes(BOUNCE) ? text.indexOf('"bouncedRecipients":[') : -1;
  if (from < 0) return null;
  const list = text.slice(from, text.indexOf(']', from) + 1);
  const recipients = list
    .split('"emailAddress":"')
    .slice(1)
    .flatMap((piece) => addressesIn(piece.slice(0, piece.indexOf('"'))).map(({ address }) => address));
  return recipients.length > 0 ? { recipients, action: 'failed' } : null;
};

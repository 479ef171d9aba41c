// Gmail and Google Workspace before they sent RFC 3464 reports, and the words above those reports.

import { announcing } from './notice.ts';

export const google = announcing([
  { words: 'delivery to the following recipient failed permanently:' },
  { words: 'delivery to the following recipients failed permanently:' },
  { words: 'delivery to the following recipient has been delayed:', action: 'delayed' },
  { words: 'delivery to the following recipients has been delayed:', action: 'delayed' },
  { words: 'there was a temporary problem delivering your message to', action: 'delayed' },
  { words: 'there was a problem delivering your message to' },
  { words: "message wasn't delivered to" },
  { words: 'message was not delivered to' },
  { words: 'ваше письмо не доставлено получателю' },
  { words: 'ваше письмо не доставлено по адресу' },
  { words: 'сообщение для получателя' },
  { words: 'возникла проблема с доставкой вашего сообщения адресату' },
  { words: 'возникла временная проблема с доставкой вашего сообщения', action: 'delayed' },
]);

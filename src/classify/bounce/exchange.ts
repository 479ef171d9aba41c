// Exchange of every generation and Outlook.com, where the machine-readable part is missing or was stripped on the way:
// «did not reach the following recipient(s):», «Delivery has failed to these recipients or groups:» and translations.

import { announcing } from './notice.ts';

export const exchange = announcing([
  { words: 'did not reach the following recipient(s):' },
  { words: 'did not reach the following recipient:' },
  { words: 'did not reach the following recipients:' },
  { words: 'delivery has failed to these recipients or groups:' },
  { words: 'delivery has failed to these recipients or distribution lists:' },
  { words: 'delivery has failed to the following recipients' },
  { words: 'delivery to the following recipients failed' },
  { words: 'delivery is delayed to these recipients or groups:', action: 'delayed' },
  { words: 'delivery to the following recipients has been delayed', action: 'delayed' },
  { words: 'сбой доставки следующим получателям' },
  { words: 'не удалось доставить сообщение следующим получателям' },
  { words: 'не удалось выполнить доставку следующим получателям' },
  { words: 'сообщение не доставлено следующим получателям' },
  { words: 'не дошло до следующих получателей' },
  { words: 'доставка следующим получателям отложена', action: 'delayed' },
  { words: 'не вдалося доставити наступним одержувачам' },
  { words: 'fehler bei der nachrichtenzustellung an folgende empfänger' },
  { words: 'échec de la remise pour ces destinataires' },
  { words: 'error al entregar el mensaje a los siguientes destinatarios' },
  { words: "your message wasn't delivered to" },
  { words: "your message couldn't be delivered to" },
]);

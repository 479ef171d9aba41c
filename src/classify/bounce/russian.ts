// Russian and Ukrainian notices: Mail.ru, Яндекс, Rambler, and desks that translated their Exim or Postfix.

import { announcing } from './notice.ts';

export const russian = announcing([
  { words: 'одному или нескольким получателям' },
  { words: 'одному или нескольким адресатам' },
  { words: 'одного или нескольких получателей' },
  { words: 'одного или нескольких адресатов' },
  { words: 'пока не доставлено следующим', action: 'delayed' },
  { words: 'ещё не доставлено следующим', action: 'delayed' },
  { words: 'еще не доставлено следующим', action: 'delayed' },
  { words: 'следующим получателям' },
  { words: 'следующему получателю' },
  { words: 'следующим адресатам' },
  { words: 'следующему адресату' },
  { words: 'следующим адресам' },
  { words: 'следующему адресу' },
  { words: 'следующих получателей' },
  { words: 'следующих адресатов' },
  { words: 'не доставлено получателю' },
  { words: 'не доставлено адресату' },
  { words: 'наступним одержувачам' },
]);

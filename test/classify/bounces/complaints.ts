// Letters of people who tell of bounces in few words, with the announcement pasted or only meant.

import type { Writer } from './people.ts';

const letters: readonly (readonly [subject: string, text: string])[] = [
  [
    'Возврат почты',
    'Доброе утро!\n\nНе уходит почта на %, сервер отвечает 550 5.7.1. Вчера уходила. Ждём ответа до обеда.\n',
  ],
  [
    'Delivery Status Notification (Failure)',
    'Since the update all notices come back like this:\n\n#\nPlease restore the old settings.\n',
  ],
  ['Письмо не доставлено', '#\n\nТак отвечает ваш сервер на каждое письмо из корзины. Срочно.\n\nОлег\n'],
  ['Undeliverable: order 77', '#\n\nThis is what my bookkeeper got from you this morning. Call me.\n\nPete\n'],
  [
    'Сообщение не доставлено',
    'Менеджер % уволен, письма ему не доставляются. Замените адрес в карточке клиента на новый.\n',
  ],
  [
    'mail delivery failed',
    'Mail for % is refused since we moved to the new host. MX records are below.\n\n10 mx1.client.example\n20 mx2.client.example\n',
  ],
  ['Не удалось доставить', 'Курьер не смог доставить коробку с кассой, получатель %. Сообщите, когда привезёте.\n'],
  ['Undelivered Mail Returned to Sender', 'FYI\n\n#\n'],
  ['Returned mail', 'Forwarding you what came back.\n\n> #\n\nRegards, Kate\n'],
  [
    'Ошибка доставки',
    'Письмо 1: доставлено\nПисьмо 2: не доставлено (%)\nПисьмо 3: не доставлено (%)\nЭто отчёт из модуля, который вы нам поставили.\n',
  ],
];

/** Each of these people in turn. */
export const COMPLAINTS: Readonly<Record<string, Writer>> = Object.fromEntries(
  letters.map(([subject, text]) => [
    subject,
    (c, draft): ReturnType<Writer> => ({
      from: c.pick(
        'Олег Смирнов <oleg@client.example>',
        'pete@torg.spb.example',
        'Магазин «Луч» <zakaz@kassa-luch.example>',
      ),
      subject,
      text: text.replaceAll('%', c.lost[0] ?? '').replaceAll('#', draft.text),
    }),
  ]),
);

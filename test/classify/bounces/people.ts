// Letters that speak of bounces, hold one, or use a mail system's words, and are none: people, other desks, shops, monitors.

import type { Circumstance, Draft } from './circumstance.ts';
import { bytesOf } from './letters.ts';

export interface Sketch {
  readonly from: string;
  readonly subject: string;
  readonly headers?: readonly string[];
  readonly text: string;
  /** Further parts, each with its own header. */
  readonly parts?: readonly string[];
}

export type Writer = (c: Circumstance, draft: Draft) => Sketch;

const PERSON = (c: Circumstance) =>
  c.pick(
    'Иван Петров <ivan@client.example>',
    'ivan@client.example',
    '"Anna Smith" <a.smith@torg.spb.example>',
    'Бухгалтерия <buh@kassa-luch.example>',
    'info@dead-shop.example',
  );

const ASKS = [
  'Здравствуйте! Вот такое письмо пришло нам от магазина, что это значит?',
  'Добрый день. Клиентам не доходят письма с сайта, пишет вот это:',
  'Посмотрите, пожалуйста, почему возвращаются письма. Текст ниже.',
  'Hello, our shop gets these back since Monday. What is wrong?',
  'Hi, see below, please help us with the mail settings.',
  'Опять не ушло. Разберитесь.',
  'Коллеги, прошу проверить настройки SMTP, вернулось вот что',
];
const SIGNATURES = ['\n--\nС уважением, Иван Петров', '\nИван', '\n\nBest regards,\nAnna Smith\n+7 495 000-00-00', ''];
const ABOUT = [
  'Не доставляются письма',
  'письма возвращаются',
  'mail comes back',
  'Вопрос по почте',
  'Ошибка доставки почты',
  'Undelivered mail',
];

const quote = (text: string) =>
  text
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');

const pasted = (c: Circumstance, draft: Draft) =>
  `${draft.text}${c.chance(40) ? `\nReporting-MTA: dns; ${c.relay}\n\nFinal-Recipient: rfc822; ${c.lost[0]}\nAction: failed\nStatus: 5.1.1\n` : ''}${c.chance(40) ? `\n----- Original message -----\n\nFrom: shop@client.example\nTo: ${c.lost[0]}\nMessage-ID: <x1@client.example>\n` : ''}`;

const subject = (c: Circumstance, draft: Draft) =>
  c.pick(c.pick(...ABOUT), `Fwd: ${draft.subject}`, `FW: ${draft.subject}`, `Re: ${draft.subject}`, draft.subject);

const asksAbove: Writer = (c, draft) => ({
  from: PERSON(c),
  subject: subject(c, draft),
  text: `${c.pick(...ASKS)}\n\n${c.pick(quote, (text: string) => text)(pasted(c, draft))}${c.pick(...SIGNATURES)}\n`,
});

const asksBelow: Writer = (c, draft) => ({
  from: PERSON(c),
  subject: subject(c, draft),
  text: `${pasted(c, draft)}\n\n${c.pick(...ASKS)}${c.pick(...SIGNATURES)}\n`,
});

const passesOn: Writer = (c, draft) => ({
  from: PERSON(c),
  subject: c.pick(`Fwd: ${draft.subject}`, `FW: ${draft.subject}`, `Пересл: ${draft.subject}`),
  text: `${c.pick(`${c.pick(...ASKS)}\n\n`, '')}${c.pick('---------- Forwarded message ---------', '-------- Пересылаемое сообщение --------', '-----Original Message-----')}\nFrom: ${draft.from}\nDate: ${c.date}\nSubject: ${draft.subject}\nTo: <ivan@client.example>\n\n${pasted(c, draft)}${c.pick(...SIGNATURES)}\n`,
});

const attaches: Writer = (c, draft) => {
  const inside = new TextDecoder()
    .decode(bytesOf(c, draft, { from: draft.from, path: '' }, 'report'))
    .replaceAll('\r\n', '\n');
  return {
    from: PERSON(c),
    subject: subject(c, draft),
    text: `${c.pick(...ASKS)}${c.pick(...SIGNATURES)}\n`,
    parts: [`Content-Type: message/rfc822\nContent-Disposition: attachment; filename=bounce.eml\n\n${inside}`],
  };
};

const attachesStatus: Writer = (c, draft) => ({
  from: PERSON(c),
  subject: subject(c, draft),
  text: `${c.pick(...ASKS)}${c.pick(...SIGNATURES)}\n`,
  parts: [
    `Content-Type: ${c.pick('text/plain; name=details.txt', 'message/delivery-status')}\n\nReporting-MTA: dns; ${c.relay}\n\nFinal-Recipient: rfc822; ${c.lost[0]}\nAction: failed\nStatus: 5.1.1\n`,
  ],
});

const describes: Writer = (c) => ({
  from: PERSON(c),
  subject: c.pick(...ABOUT),
  text: c.pick(
    `Здравствуйте. Письма клиенту ${c.lost[0]} не доходят, в журнале 550 5.7.1. Подскажите, что проверить.\n`,
    `Письмо не доставлено получателю ${c.lost[0]}, хотя адрес верный. Помогите.\n`,
    `Your message could not be delivered to ${c.lost[0]} - this is what the shop tells our clients when they order. Please fix it.\n`,
    `Не удалось доставить заказ по адресу ${c.lost[0]}: модуль пишет 554 5.7.1. Это у вас?\n`,
    `Мы не получили ваш ответ, он, видимо, не доставлен. Пишите на ${c.lost[0]}.\n`,
    `Delivery to the following recipients failed:\n${c.lost[0]}\n\nwe see this for every order, could you have a look\n`,
  ),
});

const thanks: Writer = (c, draft) => ({
  from: PERSON(c),
  subject: `Re: ${c.our.subject}`,
  headers: [`In-Reply-To: <${c.our.id}>`, `References: <${c.our.id}>`],
  text: `Спасибо, адрес поправили, теперь доходит.\n\n02.03.2026 10:00, Служба поддержки пишет:\n${quote(`Вот что ответил сервер:\n${draft.text}`)}\n`,
});

const shop: Writer = (c) => ({
  from: c.pick('Доставка <noreply@parcel.example>', 'orders@parcel.example', 'Parcel <notify@parcel.example>'),
  subject: c.pick(
    'Посылка не доставлена',
    'Your parcel: delivery failed',
    'Delivery problem: order 5521',
    'Заказ возвращён отправителю',
  ),
  text: c.pick(
    `Здравствуйте! Ваш заказ 5521 не доставлен получателю ${c.lost[0]}: никого не было дома. Курьер приедет ещё раз.\nВопросы: help@parcel.example\n`,
    `Your order 5521 could not be delivered to the following address:\n\nNevsky pr. 1, for ${c.lost[0]}\n\nWe will retry tomorrow. Questions: help@parcel.example\n`,
  ),
});

const monitor: Writer = (c) => ({
  from: c.pick('CI <noreply@build.example>', 'alerts@monitor.example'),
  subject: c.pick('Webhook delivery failed', 'Delivery failure: hook 17', 'Ошибка доставки вебхука'),
  text: `The delivery of hook 17 to https://shop.example/api failed: 502 Bad Gateway after 5 attempts.\nOwner: ${c.lost[0]}\nLast answer: 503 Service Unavailable\n`,
});

const otherDesk: Writer = (c) => ({
  from: c.pick('Support <help@other-desk.example>', 'noreply@other-desk.example'),
  subject: `[Ticket 5521] ${c.pick('Ваше обращение зарегистрировано', 'Your request about undelivered mail')}`,
  text: `Ваше обращение 5521 зарегистрировано.\n\nЕсли письмо не было доставлено, напишите на ${c.contact}. Ответственный: ${c.lost[0]}.\n`,
});

const vacation: Writer = (c) => ({
  from: PERSON(c),
  subject: `${c.pick('Автоответ', 'Automatic reply', 'Out of office')}: ${c.our.subject}`,
  headers: ['Auto-Submitted: auto-replied', `In-Reply-To: <${c.our.id}>`],
  text: `Я в отпуске до 20 марта. По срочным вопросам пишите по следующему адресу: ${c.lost[0]}\nYour message will be delivered to ${c.contact}.\n`,
});

const teaches: Writer = (c, draft) => ({
  from: c.pick('Рассылка для администраторов <news@school.example>', 'digest@school.example'),
  subject: c.pick('Как читать отчёты о доставке', 'What a bounce tells you', 'Delivery reports explained'),
  text: `В этом выпуске: как читать письма почтовых серверов.\n\nПример 1:\n\n${pasted(c, draft)}\n\nКоротко: 550 — отказ, 451 — задержка. Отписаться: unsubscribe@school.example\n`,
});

const states: Writer = (c) => ({
  from: PERSON(c),
  subject: c.pick(
    'Письмо не доставлено',
    'Your mail bounced',
    'Re: Undeliverable',
    'Delivery failure',
    `Re: ${c.our.subject}`,
  ),
  text: c.pick(
    `Ваше письмо не доставлено получателю ${c.lost[0]}, он уволился. Отправьте его мне.\n`,
    `Your last message could not be delivered to ${c.lost[0]}, he left us. Use ${c.contact} from now on.\n\nAnna\n`,
    `Наш фильтр отклонил письмо для ${c.lost[0]} с кодом 550 5.7.1. Внесли вас в белый список, повторите отправку.\n\nАдминистратор\n`,
    `Ваш лист не доставлено на ${c.lost[0]}. Перевірте, будь ласка, налаштування.\n`,
    `Message from the shop to ${c.lost[0]} was rejected by the mail server with 554 5.7.1. I attach the log.\n\nIvan\n`,
  ),
});

const phone: Writer = (c) => ({
  from: c.pick('SMS-центр <noreply@sms.example>', 'gateway@sms.example'),
  subject: c.pick('SMS не доставлено', 'SMS delivery failed', 'Отчёт о доставке SMS'),
  text: c.pick(
    `SMS-сообщение на номер +7 900 000-00-00 не доставлено: абонент вне сети. Будет предпринята новая попытка.\nКабинет: ${c.lost[0]}\n`,
    `Your text message to +7 900 000-00-00 was not delivered, error 550.\nAccount: ${c.lost[0]}\n`,
  ),
});

const siteForm: Writer = (c, draft) => ({
  from: 'Сайт <noreply@client.example>',
  subject: c.pick(...ABOUT),
  headers: ['Reply-To: <ivan@client.example>'],
  text: c.pick(
    `Письмо клиенту ${c.lost[0]} не доставлено, сервер ответил 550 5.7.1. Посмотрите, пожалуйста.\n`,
    `${draft.text}\n\n${c.pick(...ASKS)}\n`,
    `Your mail system says: message to ${c.lost[0]} could not be delivered. Since yesterday.\n`,
  ),
});

export const WRITERS: Readonly<Record<string, Writer>> = {
  asksAbove,
  asksBelow,
  passesOn,
  attaches,
  attachesStatus,
  describes,
  thanks,
  shop,
  monitor,
  otherDesk,
  vacation,
  teaches,
  states,
  phone,
  siteForm,
};

const word = (text: string) =>
  /^[\x20-\x7e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

/** The bytes of such a letter. */
export function letterOf(
  c: Circumstance,
  { from, subject: about, headers = [], text, parts = [] }: Sketch,
): Uint8Array {
  const [, name = '', address = from] = /^"?([^"<]*?)"?\s*<([^>]*)>$/.exec(from) ?? [];
  const first = `Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\n')}\n`;
  const content =
    parts.length === 0
      ? first
      : `Content-Type: multipart/mixed; boundary=people\n\n${[first, ...parts].map((part) => `--people\n${part}\n`).join('')}--people--\n`;
  const head = [
    ...(c.chance(70) ? [`Return-Path: <${address}>`] : []),
    `From: ${name ? `${word(name)} ` : ''}<${address}>`,
    `To: ${c.our.address}`,
    `Subject: ${word(about)}`,
    `Message-ID: <p${c.random(1e9)}@client.example>`,
    `Date: ${c.date}`,
    ...headers,
    'MIME-Version: 1.0',
  ];
  return new TextEncoder().encode(`${head.join('\n')}\n${content}`.replaceAll('\n', '\r\n'));
}

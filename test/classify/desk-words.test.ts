// Another desk acknowledges what we sent it, without a mark: it takes sentences that no customer writes, two of them where each might be his.

import { expect, test } from '@jest/globals';
import { classify } from '../../src/classify/classify.ts';
import { letter } from '../support/letter.ts';

const OURS = {
  addresses: new Set(['support@desk.example']),
  messageIdHost: 'kvitok.desk.example',
  groups: new Set<string>(),
  forms: new Map<string, string | null>(),
};
const ruleFor = (subject: string, text: string) =>
  classify({ message: letter({ subject, text }), envelope: { from: null, to: [] } }, OURS).rule;

test.each([
  [
    'Оплата',
    'Здравствуйте!\n\nБлагодарим за обращение в нашу службу поддержки. Вашей заявке присвоен номер 286614.\nМы ответим вам в течение 24 часов.',
  ],
  [
    'Оплата',
    'Добрый день!\nСпасибо за обращение в «Альфа-Хостинг».\nНомер вашей заявки: 4411.\nНаши специалисты свяжутся с вами в ближайшее время.',
  ],
  ['Ваш запрос №77 принят', 'Здравствуйте.\nСпасибо за обращение! Мы уже работаем над ним.'],
  [
    'Оплата',
    'Уважаемый клиент!\nВаше письмо получено и зарегистрировано под номером HD-1234. Специалисты технической поддержки рассмотрят его и ответят.',
  ],
  [
    'Оплата',
    'Hello,\nThank you for contacting Acme Support. We have received your message and will get back to you within 24 hours.',
  ],
  ['[Ticket#12345] Request received', 'Hi there,\n\nThanks for reaching out! One of our agents will respond shortly.'],
  ['Оплата', 'Hi,\nA ticket has been created. Ticket number: 1234.\nThis is an automated message.'],
  ['Оплата', 'Здравствуйте! Ваша заявка #556 «Не работает почта» создана.'],
  ['Оплата', 'Ваш вопрос принят. Мы ответим вам в течение рабочего дня.'],
  [
    'Обращение 991 зарегистрировано',
    'Благодарим Вас за обращение в компанию «Ромашка».\nСрок рассмотрения — 3 рабочих дня.',
  ],
  ['Оплата', 'Спасибо, что обратились в поддержку! Запросу присвоен номер 12. Ответ будет направлен на этот адрес.'],
  [
    'Оплата',
    'Здравствуйте!\nВаше обращение успешно зарегистрировано, ему присвоен идентификатор SD-99121. Ожидайте ответа.',
  ],
  [
    'Оплата',
    'Уважаемый пользователь!\n\nВаше обращение очень важно для нас. Мы ответим на него в порядке очереди.\nНомер обращения: 5512',
  ],
  [
    'Re: оплата',
    'Добрый день!\n\nБлагодарим Вас за обращение. Вашему обращению присвоен № 2026/118.\nСвяжемся с Вами в ближайшее время.',
  ],
  [
    'Оплата',
    'Доброго дня!\nДякуємо за звернення до служби підтримки. Вашому зверненню присвоєно номер 4412.\nМи відповімо протягом доби.',
  ],
  [
    'Оплата',
    'Hello Anna,\n\nWe have received your request (#4411) and our team is reviewing it.\nYou will hear from us within one business day.',
  ],
  ['[SUP-771] оплата', 'Создан тикет SUP-771. Отвечая на письмо, не меняйте тему. Ответ поступит в течение 4 часов.'],
  ['Оплата', 'Thanks for getting in touch! Your request has been logged with reference number 9921.'],
  ['Оплата', 'Ваш тикет #881 открыт.\nСпасибо, что пишете нам. Отвечаем по будням с 9 до 18.'],
  [
    'Оплата',
    'Уважаемый клиент, Ваше письмо принято к рассмотрению. Срок ответа — до 3 рабочих дней. Не отвечайте на это письмо.',
  ],
  ['Re: оплата', 'Ваше обращение передано специалисту. Регистрационный номер: 20261117-4. Ответ ожидайте до 18.11.'],
  ['Re: payment', 'Ticket ID: 88-12. Our team will look into it and get back to you.'],
  ['SUP-221', 'Just confirming that we got your request. We are on it.'],
  ['Re: оплата', 'Спасибо, ваше сообщение получено! Мы свяжемся с вами в ближайшее время.'],
  ['Обращение', 'Ваше письмо поступило в службу поддержки. Номер обращения: 77-12. Среднее время ответа — 4 часа.'],
  [
    'Ihre Anfrage',
    'Guten Tag,\n\nvielen Dank für Ihre Anfrage. Ihre Anfrage wurde unter der Nummer 4711 erfasst. Wir melden uns schnellstmöglich.',
  ],
  [
    'Ihr Ticket',
    'Wir haben Ihre Nachricht erhalten und ein Ticket eröffnet. Bitte antworten Sie nicht auf diese automatisch erzeugte E-Mail.',
  ],
  ['Оплата', 'Вас приветствует служба поддержки «Север». Обращение №17 принято в работу. С вами свяжется специалист.'],
])('another desk: «%s», %j', (subject, text) => {
  expect(ruleFor(subject, text)).toBe('desk-words');
});

test.each([
  ['Оплата', 'Добрый день. Наша заявка 4412 у вас принята в работу ещё в марте, прошу ускорить.'],
  ['Оплата', 'Здравствуйте. Покупатель пишет, что его заказ принят, но деньги не списаны. Номер заказа: 5512'],
  ['Оплата', 'Спасибо за письмо! Доступ прислал, ждём ответа в течение дня.'],
  ['Оплата', 'Спасибо, что ответили. Ошибка осталась, номер обращения 10429.'],
  ['Оплата', 'Номер заказа: 123. Менеджер ответит покупателю, но письмо не уходит.'],
  ['Оплата', 'Создан новый товар, но на сайте его нет. Сайт romashka.example, версия 11.'],
  ['Оплата', 'Thanks for your message. We will reply after our lawyers have looked at the contract.'],
  ['Оплата', 'Your reply was received, thank you. The problem remains, see the screenshot.'],
  [
    'Оплата',
    'Мне пришло, что «Вашей заявке присвоен номер 286614. Мы ответим вам в течение 24 часов». Прошло три дня, ответа нет.',
  ],
  ['Оплата', 'Спасибо за ответ! Заявка на возврат создана покупателем, но деньги не ушли.'],
  ['Оплата', 'Добрый день. Покупателям приходит: Ваш заказ принят. Менеджеры свяжутся с вами. Как поменять текст?'],
  ['Оплата', 'Мы получили ваше письмо от 3 марта, акт подпишем завтра.'],
  ['Оплата', 'Спасибо за обращение внимания на ошибку, исправил, но касса молчит.'],
  ['Оплата', 'Наши специалисты ответят на ваши вопросы по логам, пришлите доступ.'],
  ['Оплата', 'Thank you for your message. The error is still there after the update.'],
  ['Оплата', 'Запрос отправлен, ответ сервера 500. Ошибка повторяется.'],
  ['Zahlung', 'Guten Tag, vielen Dank für Ihre Nachricht. Der Fehler ist noch da, siehe Bild.'],
  ['Zahlung', 'Wir haben Ihre Anleitung befolgt, die Kasse druckt trotzdem nicht.'],
  ['Оплата', 'Спасибо, ваше письмо помогло. Заявка закрыта, но отчёт пустой.'],
  ['Оплата', 'Заявка № 123 создана вчера, никто не отвечает.'],
])('a customer: «%s», %j', (subject, text) => {
  expect(ruleFor(subject, text)).toBe('none');
});

// What the desk reads of a reply: the new words, without the history below them, and never less than the new words.

import { describe, expect, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { splitReply } from '../../src/decode/reply.ts';
import { cpuMs } from '../support/cpu.ts';
import { raw } from '../support/letter.ts';

const ATTRIBUTION = '10.03.2026, 12:00, "Поддержка" <support@desk.example>:';

describe('a person answers', () => {
  const table: readonly [string, string, string][] = [
    ['above the history', `Помогло.\n\n${ATTRIBUTION}\n> Проверьте.`, 'Помогло.'],
    ['above history that has no marks', `Помогло.\n\n${ATTRIBUTION}\nПроверьте.\n\nПоддержка`, 'Помогло.'],
    ['below the quote', `${ATTRIBUTION}\n> Какая версия?\n\n11.0.4`, '11.0.4'],
    [
      'below the quote, a greeting above it',
      `Здравствуйте!\n\n${ATTRIBUTION}\n> Какая версия?\n\n11.0.4`,
      'Здравствуйте!\n\n11.0.4',
    ],
    [
      'between the quoted lines',
      `${ATTRIBUTION}\n> Версия?\n11.0.4\n> Редакция?\nСтандарт`,
      '> Версия?\n11.0.4\n> Редакция?\nСтандарт',
    ],
    [
      'between them and leaves the rest unanswered',
      `${ATTRIBUTION}\n> Версия?\n11.0.4\n> Редакция?\nСтандарт\n> С уважением`,
      '> Версия?\n11.0.4\n> Редакция?\nСтандарт',
    ],
    [
      'below a greeting, between two quotes',
      `Здравствуйте!\n\n${ATTRIBUTION}\n> Версия?\n\n11.0.4\n\n> Спасибо`,
      'Здравствуйте!\n\n> Версия?\n\n11.0.4',
    ],
    [
      'above and below one quote',
      `Отвечаю ниже.\n\n${ATTRIBUTION}\n> Версия?\n\nВерсия 11.0.4, и ещё вопрос: когда обновление?`,
      'Отвечаю ниже.\n\n> Версия?\n\nВерсия 11.0.4, и ещё вопрос: когда обновление?',
    ],
    [
      'above the quote and signs below it',
      `Помогло.\n\n${ATTRIBUTION}\n> Проверьте.\n\nС уважением, Иван`,
      'Помогло.\n\nС уважением, Иван',
    ],
    [
      'above a quote that somebody quoted before',
      `Помогло.\n\n${ATTRIBUTION}\n> А так?\n>\n> 9.03.2026, Иван пишет:\n>> Нет.`,
      'Помогло.',
    ],
    ['above a quote without attribution', 'Помогло.\n\n> Проверьте.', 'Помогло.'],
    [
      'from a telephone',
      `Да\n\nОтправлено с iPhone\n\n> 10 марта 2026 г., в 12:00, Поддержка <s@desk.example> написал(а):\n> \n> Проверьте.`,
      'Да',
    ],
    [
      'around a picture, from a telephone that sets its line under each text',
      'Вот экран:\n\nОтправлено с iPhone\n\nА вчера печаталось.\n\nОтправлено с iPhone',
      'Вот экран:\n\nА вчера печаталось.',
    ],
    [
      'and tells what his telephone writes',
      'Внизу писем стоит\nОтправлено с iPhone\nи никак не убрать.\n\nОтправлено с iPhone',
      'Внизу писем стоит\nОтправлено с iPhone\nи никак не убрать.',
    ],
    ['with a signature under the quote', `Помогло.\n\n${ATTRIBUTION}\n> Проверьте.\n\n-- \nИван`, 'Помогло.'],
    [
      'from Outlook with a line above the old letter',
      'Помогло.\n\n________________________________\nОт: Поддержка\nОтправлено: 10 марта 2026 г. 12:00\nКому: Иван\nТема: Цены\n\nПроверьте.',
      'Помогло.',
    ],
    [
      'and the mailer wrapped the quote once more',
      `Помогло.\n\n${ATTRIBUTION}\n> Проверьте, пожалуйста, загружается ли теперь каталог полностью и\nверны ли цены.\n> Спасибо`,
      'Помогло.',
    ],
  ];
  test.each(table)('%s', (_, text, reply) => {
    expect(splitReply(text).reply).toBe(reply);
  });
});

describe('when in doubt nothing is folded', () => {
  const table: readonly [string, string][] = [
    ['a letter that only quotes', '> Письмо из одной цитаты.'],
    ['a letter that is a signature', '-- \nИван'],
    ['a history without a new word', `${ATTRIBUTION}\n> Проверьте.`],
    ['an error message that the writer leads up to', 'Вот текст ошибки:\n\n> Fatal error in line 3'],
    [
      'header fields of a letter that did not arrive',
      'Не дошло письмо, его поля:\n\nFrom: shop@romashka.example\nTo: ivan@client.example\nSubject: Заказ\n\nПочему?',
    ],
    [
      'a letter passed on',
      `Посмотрите\n\n-------- Пересылаемое сообщение --------\n${ATTRIBUTION}\n\nКнопка не нажимается.`,
    ],
    [
      'a form that a program sent',
      'От: Иван\nТелефон: 555-01-02\nТема: Цены\nДата: 10.03.2026 12:00\nКому: ivan@desk.example\n\nНе видны цены.',
    ],
    [
      'an order with date and address in one line',
      'Не пришло письмо.\n10.03.2026, 12:00, заказ клиента <k@client.example>:\nпочему?',
    ],
    ['commands of a database', 'Выполнил запрос:\nSQL> select 1\nSQL> exit'],
    ['arrows in a text', 'Нажмите\n>>> сюда <<<\nи ждите ответа'],
  ];
  test.each(table)('%s stays whole', (_, text) => {
    expect(splitReply(text)).toEqual({ reply: text, quoted: '' });
  });
});

describe('a quote at the end of which nobody says who wrote it', () => {
  const text = 'Касса зависает, шаги ниже.\n\n> открыть заказ\n> нажать «Печать»';

  test('is the writer’s own in a letter that answers nothing', () => {
    expect(splitReply(text, { answers: false })).toEqual({ reply: text, quoted: '' });
  });

  test('is what he answers in one that answers', () => {
    expect(splitReply(text, { answers: true }).reply).toBe('Касса зависает, шаги ниже.');
  });

  test('is the writer’s own above the history, which alone is folded', () => {
    const answer = `Сделал так:\nвот шаги\n\n> открыть заказ\n\n${ATTRIBUTION}\n> Проверьте.`;
    expect(splitReply(answer).reply).toBe('Сделал так:\nвот шаги\n\n> открыть заказ');
  });

  test.each([
    ['In-Reply-To', [['In-Reply-To', '<1@desk.example>']], 'Касса', true],
    ['References', [['References', '<1@desk.example>']], 'Касса', true],
    ['«Re:»', [], 'Re: Касса', true],
    ['«Ответ:»', [], 'Ответ: Касса', true],
    ['«Fwd:»', [], 'Fwd: Касса', false],
    ['a subject that only begins alike', [], 'Рекламация: касса', false],
    ['nothing', [], 'Касса', false],
  ] as const)('a letter answers or not by %s', (_, headers, subject, answers) => {
    const { reply } = decode(raw({ subject, text, headers }));
    expect(reply).toBe(answers ? 'Касса зависает, шаги ниже.' : text);
  });

  test('is plain indent where Gmail or Outlook drew no bar beside it, in an answer as well', () => {
    const indent = (style: string) =>
      raw({
        subject: 'Re: Касса',
        html: `<p>Шаги:</p><blockquote style="${style}"><div>открыть заказ</div></blockquote>`,
      });
    for (const style of ['margin:0 0 0 40px;border:none;padding:0px', 'margin-left: 40px; border: 0px none'])
      expect(decode(indent(style)).reply).toBe('Шаги:\n\nоткрыть заказ');
    for (const style of ['margin: 0px 0px 0px 40px; border: medium; padding: 0px', 'margin-top:0;margin-bottom:0'])
      expect(decode(indent(style)).reply).toBe('Шаги:\n\nоткрыть заказ');
    for (const style of ['margin:0;border-left:1px solid #ccc', 'border:none;border-left:solid blue 1.5pt'])
      expect(decode(indent(style)).text).toBe('Шаги:\n\n> открыть заказ');
  });
});

test('a plain form that marks an indent as a quote gives way to the HTML form, which tells them apart', () => {
  const html =
    '<div>Делаю так:</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px"><div>открыть заказ</div></blockquote>' +
    '<blockquote class="gmail_quote" style="border-left:1px solid #ccc"><div>Как вы это делаете?</div></blockquote>';
  const alternative = [
    'From: ivan@client.example\r\nSubject: Re: Касса\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n',
    '--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nДелаю так:\r\n\r\n> открыть заказ\r\n\r\n> Как вы это делаете?\r\n',
    `--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}\r\n--b--\r\n`,
  ];
  expect(decode(Buffer.from(alternative.join(''))).reply).toBe('Делаю так:\n\nоткрыть заказ');
});

test('every line of any letter is in the reply or in what is folded, in its order', () => {
  const lines = [
    'Здравствуйте!',
    'Помогло.',
    'Почему?',
    '',
    '',
    ATTRIBUTION,
    '> цитата',
    '>> старая',
    'ИП> инициалы',
    '-- ',
    '--',
    'С уважением,',
    'тел. +7 495 555-01-02',
    'Отправлено с iPhone',
    '-----Исходное сообщение-----',
    '---------- Forwarded message ---------',
    'От: Анна <a@desk.example>',
    'Отправлено: 10 марта 2026 г. 12:00',
    'Тема: Цены',
    '__________',
    'вот:',
    'On Tue, Mar 10, 2026, Anna <',
    'a@desk.example> wrote:',
  ];
  let seed = 7;
  const random = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const said = (text: string): string[] => text.split('\n').filter((line) => line.trim());
  for (let round = 0; round < 3000; round++) {
    const text = Array.from(
      { length: 1 + random(14) },
      (_, at) => `${lines[random(lines.length)]}${at % 3 ? '' : ' '}`,
    ).join('\n');
    const { reply, quoted } = splitReply(text);
    expect([...said(reply), ...said(quoted)].sort()).toEqual(said(text).sort());
    expect(said(reply).length > 0 || said(text).length === 0).toBe(true);
  }
});

describe('letters made to be slow', () => {
  test.each([
    ['20,000 lines of "On "', 'On \n'.repeat(20_000)],
    ['20,000 beginnings of an attribution', 'On Tue, 10 Mar 2026 at 12:00 <a\n'.repeat(20_000)],
    ['attributions without end', `${ATTRIBUTION}\n> x\n`.repeat(10_000)],
    ['header fields without end', 'From: a\n'.repeat(50_000)],
    ['answers between 50,000 quotes', '> q\nda\n'.repeat(50_000)],
    ['separators without end', '--\n'.repeat(200_000)],
    ['one line of a megabyte', `On ${'10.03.2026 wrote '.repeat(60_000)}:`],
    ['dashes', '-'.repeat(1_000_000)],
    ['blank lines', '\n'.repeat(500_000)],
  ])('%s are read in less than a second', (_, text) => {
    const started = cpuMs();
    splitReply(text);
    expect(cpuMs() - started).toBeLessThan(1000);
  });
});

describe('a letter that is passed on without a divider', () => {
  const block =
    'От: Вера <vera@sirin.example>\nДата: среда, 4 марта 2026 г. в 11:00\nКому: ivan@client.example\nТема: Оплата\nНе проходит оплата.';

  test.each(['Fwd: Оплата', 'FW: Оплата', 'Пересл: Оплата'])('is what the writer of «%s» wants read', (subject) => {
    const { reply, quoted } = decode(raw({ subject, text: `Посмотрите.\n\n${block}` }));
    expect([reply, quoted]).toEqual([`Посмотрите.\n\n${block}`, '']);
  });

  test('nor behind the words with which other programs begin history', () => {
    const text = `Посмотрите.\n\n-------- Исходное сообщение --------\n${block}`;
    expect(decode(raw({ subject: 'Fwd: Оплата', text })).reply).toBe(text);
  });

  test.each(['Оплата', 'Re: Fwd: Оплата'])('is history below an answer, «%s»', (subject) => {
    expect(decode(raw({ subject, text: `Посмотрите.\n\n${block}` })).reply).toBe('Посмотрите.');
  });
});

test('what PGP sets round a signed text is not its writer’s', () => {
  const text =
    '-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nКасса молчит.\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n=ab12\n-----END PGP SIGNATURE-----';
  expect(splitReply(text).reply).toBe('Касса молчит.');
  expect(splitReply('-----BEGIN PGP SIGNATURE-----\nКасса молчит.').quoted).toBe('');
});

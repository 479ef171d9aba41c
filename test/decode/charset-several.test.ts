// Letters whose texts are each in another charset, all of them rightly labelled: a Polish name over a Russian body with a
// Spanish subject and a French file. Whatever stands beside it, a right label is believed (SEED=<number> varies them).

import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { random } from '../../scripts/fuzz-mutate.ts';
import { decode } from '../../src/decode/decode.ts';

const SEED = Number(process.env.SEED ?? 20_261_201);

const WESTERN = [
  ...['Jürgen Müller', 'Größe', 'Überweisung', 'Tür', 'MÜNCHEN', 'GRÜSSE', 'ÜBERPRÜFUNG', 'Äpfel', 'für', 'ß'],
  ...['Ich möchte mein Geld zurück', 'Übergröße äußerst groß', 'Die Bestellung für Österreich fehlt'],
  ...['François Lefèvre', 'Hélène', 'Où êtes-vous', 'Très déçu', 'à', 'É', 'ÉTÉ', 'NOËL', 'déjà né', 'Ça ne va pas'],
  ...['Rendez-vous à Paris', 'Réclamation', 'créée', 'Î', 'Égalité'],
  ...['Señor Muñoz', '¿Qué puedo hacer?', '¡Hola!', 'año', 'Ñ', 'sí', 'PEÑA', 'Pingüino', 'José Núñez'],
  ...['São Paulo', 'não', 'coração', 'João', 'avô', 'NÃO', 'Informações'],
  ...['blåbær', 'på', 'ø', 'Ø', 'Åse', 'Øystein', 'smörgås', 'Ångström', 'fråga', 'MALMÖ', 'þú', 'Ísland'],
  ...['80 °C', '½ l', '§ 5', '± 2', '£100', 'Total £ 20', '£', '5 £', '¥5000', '¥', 'cost ¥', '«oui»'],
];
const EURO = ['Price 100 €', '€', '10 €', '€ 5', 'Total: 5.00€', 'EUR/€ rate'];
const QUOTES = ['“Rückruf” – 100 €', 'it’s naïve', '„Käse“', 'don’t', 'Œuvre'];
const CENTRAL = [
  ...[
    'Łukasz Wójcik',
    'Zażółć gęślą jaźń',
    'Proszę o zwrot pieniędzy',
    'żółć',
    'ą',
    'Źle',
    'ŁÓDŹ',
    'Śląsk',
    'nie działa',
  ],
  ...['Příliš žluťoučký kůň', 'Děkuji', 'Šárka Dvořáková', 'Ž', 'ŽĎÁR', 'háček', 'Jiří Novák', 'ěščřžýáíé'],
  ...['Árvíztűrő tükörfúrógép', 'Őszinte', 'űr', 'Szőke Zoltán', 'Čedomir Đorđević', 'şi bună ziua', 'Müller', 'Größe'],
];
const TURKISH = [
  'ışığı',
  'Teşekkür ederim',
  'Şişli',
  'İstanbul',
  'GÜLŞEN',
  'siparişim gelmedi',
  'Gülşen',
  'ı',
  'yağmur',
];
const BALTIC = [
  ...[
    'Ačiū',
    'Žemaitė',
    'šį vakarą',
    'Kęstutis',
    'labai ačiū už pagalbą',
    'Jānis Bērziņš',
    'Ēriks',
    'paldies par palīdzību',
  ],
  ...['Õun', 'Tõnu', 'ŽALGIRIS', 'į', 'ŪKIS'],
];
const RUSSIAN = [
  ...[
    'Здравствуйте',
    'Возврат',
    'ООО',
    'ИП',
    'Да',
    'НДС',
    'ЧП',
    'Я',
    'её',
    'СРОЧНО',
    'Ёлка',
    'оплата',
    'Заказ 123',
    'щука',
  ],
  ...[
    'Не открывается сайт',
    'Прошу выставить счёт за июль',
    'Иван Петров',
    'ВСЁ СЛОМАЛОСЬ',
    'не работает',
    'Артём Королёв',
  ],
  ...['Магазин не принимает оплату картой, люди жалуются', 'ЕЩЁ РАЗ', 'Яна Юрьева', 'Фёдор Ёлкин'],
];

/** Texts by the set that they are in. */
const TEXTS: readonly (readonly [string, readonly string[]])[] = [
  ['iso-8859-1', WESTERN],
  ['iso-8859-15', [...WESTERN.filter((text) => !/[½¨]/.test(text)), ...EURO]],
  ['windows-1252', [...WESTERN, ...EURO, ...QUOTES]],
  ['iso-8859-2', CENTRAL],
  ['windows-1250', [...CENTRAL, ...EURO]],
  ['windows-1254', [...TURKISH, ...EURO, 'François', 'Größe', '£100', '¥5000']],
  ['iso-8859-9', TURKISH],
  ['windows-1257', [...BALTIC, ...EURO, 'Größe']],
  ['windows-1251', RUSSIAN],
  ['koi8-r', RUSSIAN],
  ['iso-8859-5', RUSSIAN],
  ['ibm866', RUSSIAN],
  ['x-mac-cyrillic', RUSSIAN],
  ['utf-8', [...RUSSIAN, ...WESTERN, ...CENTRAL]],
  ['gb18030', ['您好，我的订单没有收到', '谢谢']],
  ['shift_jis', ['注文が届きません']],
  ['windows-1253', ['Καλημέρα σας', 'ΕΛΛΑΔΑ']],
  ['windows-1255', ['שלום רב, יש לי בעיה']],
];

const bytesOf = (text: string, charset: string): Buffer =>
  iconv.encode(text, charset === 'x-mac-cyrillic' ? 'macukraine' : charset);

/** A text of a letter: the set that it is in, and what it says. */
interface Said {
  readonly charset: string;
  readonly text: string;
}

const word = ({ charset, text }: Said): string => `=?${charset}?B?${bytesOf(text, charset).toString('base64')}?=`;

/** A letter with a subject, a name, a body and a file, each in its own set. */
function letter(subject: Said, name: Said, body: Said, file: Said): Buffer {
  const head =
    `From: ${word(name)} <ann@client.example>\r\nTo: support@desk.example\r\nSubject: ${word(subject)}\r\n` +
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n' +
    `--b\r\nContent-Type: text/plain; charset=${body.charset}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n`;
  const tail =
    `\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="${word(file)}"\r\n` +
    'Content-Transfer-Encoding: base64\r\n\r\nAAEC\r\n--b--\r\n';
  return Buffer.concat([Buffer.from(head), bytesOf(body.text, body.charset), Buffer.from(tail)]);
}

test(`four different right labels in a letter are all believed; seed ${SEED}`, () => {
  const next = random(SEED);
  const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
  const wrong: unknown[] = [];
  for (let i = 0; i < 3000; i++) {
    const [subject, name, body, file] = Array.from({ length: 4 }, () => {
      const [charset, texts] = pick(TEXTS);
      return { charset, text: pick(texts) };
    }) as [Said, Said, Said, Said];
    const message = decode(letter(subject, name, body, file));
    const meant = [subject, name, body, file].map(({ text }) => text);
    const read = [message.subject, message.from[0]?.name, message.text, message.parts[0]?.filename];
    read.forEach((text, at) => {
      if (text !== meant[at]) wrong.push([[subject, name, body, file].map(({ charset }) => charset), meant[at], text]);
    });
  }
  expect(wrong).toEqual([]);
});

test('a Russian body under the label of a program that puts it on everything settles the short texts under it', () => {
  const lie = (text: string): string => `=?iso-8859-1?B?${bytesOf(text, 'koi8-r').toString('base64')}?=`;
  const message = decode(
    Buffer.concat([
      Buffer.from(`From: ${lie('ИП')} <ann@client.example>\r\nSubject: ${lie('Счёт')}\r\n`),
      Buffer.from('Content-Type: text/plain; charset=iso-8859-1\r\n\r\n'),
      bytesOf('Здравствуйте, пришлите счёт ещё раз', 'koi8-r'),
    ]),
  );
  expect([message.from[0]?.name, message.subject]).toEqual(['ИП', 'Счёт']);
  expect(message.text).toBe('Здравствуйте, пришлите счёт ещё раз');
});

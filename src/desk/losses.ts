// What of a letter could not be read, because a limit cut it or somebody encrypted it, told to operators as what it is: a loss,
// with the way to the whole.

import type { Defect } from '../mail/message.ts';
import type { Language } from './tickets.ts';

const LOST: { readonly [language in Language]: Readonly<Record<string, string>> } = {
  ru: {
    'text-cut': 'конец текста не прочитан: письмо слишком длинное',
    'text-limit': 'конец текста не прочитан: письмо слишком длинное',
    'html-cut': 'часть оформленного текста не прочитана: он слишком велик',
    'html-too-deep': 'часть оформленного текста не прочитана: он слишком сложен',
    'embedded-limit': 'взяты не все картинки и файлы из самого текста: их слишком много',
    'mime-parts-limit': 'прочитаны не все части письма: их слишком много',
    'mime-depth-limit': 'прочитаны не все части письма: они слишком глубоко вложены',
    'header-fields-limit': 'прочитаны не все поля заголовка: их слишком много',
    'header-bytes-limit': 'прочитаны не все поля заголовка: он слишком велик',
    'encrypted-pgp': 'письмо зашифровано (PGP), его прочтёт только тот, у кого есть ключ',
    'encrypted-smime': 'письмо зашифровано (S/MIME), его прочтёт только тот, у кого есть ключ',
    'smime-unreadable': 'конверт S/MIME не удалось открыть, в нём может быть текст',
  },
  en: {
    'text-cut': 'the end of the text was not read: the letter is too long',
    'text-limit': 'the end of the text was not read: the letter is too long',
    'html-cut': 'a part of the formatted text was not read: it is too large',
    'html-too-deep': 'a part of the formatted text was not read: it is too complex',
    'embedded-limit': 'not all pictures and files in the text itself were taken: there are too many',
    'mime-parts-limit': 'not all parts of the letter were read: there are too many',
    'mime-depth-limit': 'not all parts of the letter were read: they lie too deep in each other',
    'header-fields-limit': 'not all header fields were read: there are too many',
    'header-bytes-limit': 'not all header fields were read: the header is too large',
    'encrypted-pgp': 'the letter is encrypted (PGP), only whoever has the key can read it',
    'encrypted-smime': 'the letter is encrypted (S/MIME), only whoever has the key can read it',
    'smime-unreadable': 'an S/MIME envelope could not be opened, it may hold words',
  },
};

/** Whether a defect means that something was not read, rather than mended. */
export const isLoss = (code: string): boolean => Object.hasOwn(LOST.en, code);

/** What of a letter was not read, in words, each once; empty where all of it was. */
export const lossesOf = (defects: readonly Pick<Defect, 'code'>[], language: Language): readonly string[] => [
  ...new Set(defects.flatMap(({ code }) => (Object.hasOwn(LOST[language], code) ? [LOST[language][code]!] : []))),
];

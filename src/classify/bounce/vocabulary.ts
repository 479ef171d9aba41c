// Words by which a mail system's letter and a person's are told apart: what mailers call themselves and their trade, and how
// people ask for help.

import { anyOf } from './pattern.ts';

/** How mail systems say that it is they who write. */
const INTRODUCTION = anyOf(
  'created automatically',
  'automatically (?:generated|created)',
  'this is (?:the|an? automat)',
  '(?:mail (?:system|server)|mailer program|delivery agent) (?:at|on)\\b',
  '^(?:the )?mail (?:delivery )?system$',
  'delivery status',
  'создано (?:автоматически|почтов)',
  'отправлено почтов',
  'почтов(?:ая|ый) (?:систем|сервер|служб|робот)',
  'automatisch (?:erstellt|erzeugt|vom)',
  'створено автоматично',
  'mensaje automático|messaggio automatico|message automatique|wiadomość automatyczna|wygenerowana automatycznie',
);

/** What mail systems speak of; prose without any of it is a person's. */
const TRADE = anyOf(
  'mail',
  'message',
  'deliver',
  'recipient',
  'address',
  'server',
  '\\bhost\\b',
  'administrator',
  'resend',
  're-?try',
  'attempt',
  'queue',
  'notif',
  'smtp',
  '\\bdsn\\b',
  'error',
  'reject',
  'confidential',
  'subject',
  'attach',
  'transcript',
  '\\busers?\\b',
  'account',
  'mailbox',
  'domain',
  '\\bfound\\b',
  'домен',
  'не найден',
  'quota',
  'пользовател',
  'ящик',
  'уч[её]тн',
  'письм',
  'сообщени',
  'достав',
  'получател',
  'адрес',
  'сервер',
  'узел',
  'почт',
  'конфиденциал',
  'ошибк',
  'очеред',
  'попытк',
  'справк',
  'абонент',
  'отправител',
  'zustell',
  'nachricht',
  'benutzer',
  'postfach',
  'konto',
  'utilisateur',
  'boîte',
  'expéditeur',
  'empfänger',
  'remis',
  'destinataire',
  'destinatari',
  'messaggio|consegna|recapit|indirizz',
  'mensaje|correo|entreg|direcci',
  'wiadomoś|odbiorc|adresat|poczt|dostarcz',
  'ileti|alıcı|posta|teslim|yönetici',
  'отримувач|одержувач|повідомленн|пошт|адмін',
  'bericht|bezorg|ontvanger|zpráv|příjemc|doruč',
  'amministrator|diagnos',
);

/** How people ask, point at what they have pasted, and speak of themselves; and how newsletters end. */
const PERSONAL = anyOf(
  'unsubscribe',
  'отписаться',
  'в (?:этом|новом) выпуске',
  'помог(?:ите|и)(?!\\p{L})',
  'посмотрите',
  'разберитесь',
  'разобраться',
  'подскажите',
  'исправьте',
  'почините',
  'прошу',
  'помощь нужна',
  'коллеги',
  'вот (?:что|это|эт|так)',
  'см\\. ниже',
  'текст ниже',
  'у нас',
  'у вас',
  '(?:к |от )?нам (?:приш|прих|верн|возвр)',
  'наш\\p{L}{0,3} (?:клиент|сайт|магазин|заказ|касс|почт)',
  'мы не (?:получ|виж)',
  'please (?:help|fix|check why|look|advise)',
  'help us',
  'could you',
  'can you',
  'have a look',
  'any ideas?',
  'our (?:shop|site|store|clients?|customers?|server|orders?)',
  'we (?:see|get|got|keep getting|have been|are getting)',
  "what(?:'s| is) wrong",
  'see below',
  '(?:our|my) (?:last )?(?:mail|letter)s? (?:come|bounce)',
  'we (?:sent|received)',
  '\\b(?:my|your) (?:buyers?|clients?|customers?|shop|store|site|module|plug-?in)',
  // people date their trouble: it worked until something
  '(?:since|after) (?:the|your|last|yesterday|monday|we) ?(?:update|upgrade|week|month)?',
  '(?:it|this|all) worked',
  '(?:после|с) (?:\\p{L}{2,12} )?(?:обновлени|вчера(?!\\p{L})|понедельник)',
  '(?:покупател|заказ)\\p{L}{1,3}(?!\\p{L})',
  'seit (?:dem|gestern|montag)(?!\\p{L})',
  'dopo l.aggiornamento|con la versione|funzionava',
  'desde (?:ayer|la actualización)',
  'depuis (?:la mise à jour|hier)',
  'po aktualizacji',
  'після оновлення',
  'güncelleme(?:den|nin) ',
  'sinds (?:de update|gisteren)',
);

/** Questions that mail systems ask their readers. */
const FORM_QUESTION = anyOf(
  'helpful',
  'questions\\?',
  '(?:вопросы|питання|fragen|vragen|preguntas|domande|pytania|sorularınız var mı)\\?',
  'полезно',
  'what (?:can|should|do) (?:i|you)',
  'why (?:did|was)',
  'need (?:more )?help',
);

/** Whether words say that a mail system wrote them. */
export const introducesItself = (words: string): boolean => INTRODUCTION.test(words);

/** Whether words are about what mail systems write about. */
export const speaksOfTrade = (words: string): boolean => TRADE.test(words);

/** Whether words are such as only people write. */
export const speaksAsPerson = (words: string): boolean => PERSONAL.test(words);

/** Whether a question is one of a form letter. */
export const asksAsMachine = (question: string): boolean => FORM_QUESTION.test(question);

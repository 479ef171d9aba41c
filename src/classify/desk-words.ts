// Another desk acknowledges what we sent it, and a relay or a careless program has left it no mark at all: a short letter
// that opens with «Ваше обращение зарегистрировано» and asks nothing, or opens with «Мы получили ваше письмо» and calls
// itself automatic. An answer would be acknowledged in turn. The words only mute the acknowledgement: the letter stays a
// person's.

import { finding, type Rule } from './finding.ts';

const MAX_CHARS = 1500;
/** After a greeting the sentence comes first; further down a person quotes it. */
const OPENING_LINES = 4;

const words = (...alternatives: string[]) => new RegExp(alternatives.join('|').replaceAll(' ', '\\s{1,3}'), 'iu');

const YOUR = '(?:ваш(?:е|а|у|ему|ей)?|your)';
const NUMBER = '(?: (?:№|#|n)?\\s?[\\w-]{0,30}| \\([^()]{1,40}\\)| \\[[^\\[\\]]{1,40}\\])?';
const REQUEST =
  '(?:обращени[еюя]|запросу?|заявк[ауе]|тикету?|(?:support )?(?:request|ticket|case|inquiry|enquiry))(?![\\p{L}\\p{N}])';
const LETTER = '(?:письмо|сообщение|letter|message|e-?mail)(?![\\p{L}\\p{N}])';
const TAKEN =
  '(?:(?:был[оа]? )?(?:успешно )?(?:зарегистрирован[оа]?|принят[оа]?|получен[оа]?|создан[оа]?)|присвоен номер|(?:has been|was|is) (?:successfully )?(?:registered|received|created|logged|opened))(?![\\p{L}\\p{N}])';
const WE_GOT = '(?:мы получили|(?:thank you[,.!]? )?we (?:have )?received)';

const OPENS = words(`^${YOUR} ${REQUEST}${NUMBER} ${TAKEN}`, `^${WE_GOT} ${YOUR} ${REQUEST}`);
const OPENS_LOOSELY = words(`^${YOUR} (?:${REQUEST}|${LETTER})${NUMBER} ${TAKEN}`, `^${WE_GOT} ${YOUR} ${LETTER}`);
const AUTOMATIC = words(
  '(?:отправлено|сформировано|создано|сгенерировано) (?:автоматически|роботом)',
  'автоматическое (?:письмо|сообщение|уведомление)',
  'не отвечайте на (?:это|данное) (?:письмо|сообщение)',
  '(?:sent|generated) automatically',
  '(?:automatic|automated) (?:message|e-?mail|reply|response)',
  '(?:do not|don.t) reply to this (?:message|e-?mail|letter)',
);

export const deskWords: Rule = ({ message }) => {
  const text = message.reply.trim();
  if (text.length > MAX_CHARS) return null;
  const lines = text.split('\n').flatMap((line) => line.trim() || []);
  const opening = lines.slice(0, OPENING_LINES);
  const said = (pattern: RegExp) => opening.flatMap((line) => pattern.exec(line)?.[0] ?? [])[0];
  const seen =
    (text.includes('?') ? undefined : said(OPENS)) ??
    (AUTOMATIC.test(text) ? (said(OPENS) ?? said(OPENS_LOOSELY)) : undefined);
  return seen === undefined ? null : finding('human', 'desk-words', seen);
};

// Another desk acknowledges what we sent it, and a relay or a careless program has left it no mark at all: a short letter
// that opens with «Ваше обращение зарегистрировано» or «Your request has been received», and asks nothing. An answer would
// be acknowledged in turn. The words only mute the acknowledgement; in doubt it is a person.

import { finding, type Rule } from './finding.ts';

const MAX_CHARS = 1500;
/** After a greeting the sentence comes first; further down a person quotes it. */
const OPENING_LINES = 4;

const TO_YOU = '(?:ваш(?:е|а|у|ему|ей)?|your)';
const NOUN =
  '(?:обращени[еюя]|запросу?|заявк[ауе]|тикету?|(?:support )?(?:request|ticket|case|inquiry|enquiry))(?: (?:№|#|n)?\\s?[\\w-]{0,30}| \\([^()]{1,40}\\)| \\[[^\\[\\]]{1,40}\\])?';
const TAKEN =
  '(?:(?:был[оа]? )?(?:успешно )?(?:зарегистрирован[оа]?|принят[оа]?|получен[оа]?|создан[оа]?)(?! ли)|присвоен номер|(?:has been|was|is) (?:successfully )?(?:registered|received|created|logged|opened))';

const SENTENCE = new RegExp(
  [
    `^${TO_YOU} ${NOUN} ${TAKEN}`,
    `^мы получили ваш[еу]? ${NOUN}`,
    `^(?:thank you[,.!]? )?we (?:have )?received your ${NOUN}`,
    `^спасибо за обращение[.!,]? ${TO_YOU} ${NOUN} ${TAKEN}`,
  ]
    .join('|')
    .replaceAll(' ', '\\s{1,3}'),
  'iu',
);

export const deskWords: Rule = ({ message }) => {
  const text = message.reply.trim();
  if (text.length > MAX_CHARS || text.includes('?')) return null;
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  for (const line of lines.slice(0, OPENING_LINES)) {
    const seen = SENTENCE.exec(line.trim());
    if (seen) return finding('auto-replied', 'desk-words', seen[0]);
  }
  return null;
};

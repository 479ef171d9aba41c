// Subject tags: a decoded subject goes in, the ticket numbers that it names come out (spelled in ASCII digits).
// `[#10429]` is what we write; people write it in other ways. A number belongs to the noun before it: `[#…]` and a noun
// of ours make it a ticket, «заказ №…» makes it an order, and a bare `#10429` is an order number of somebody's shop.

import { sequenceOf } from './damm.ts';

const MAX_TAGS = 20;
// How far to the left of a number its noun is looked for; bounds the work for each number.
const LABEL_CHARS = 60;

const NUMBER = /(?<![\p{L}\p{N}_.,/-])[0-9]{2,15}(?![\p{L}\p{N}_]|[-./,:][0-9])/gu;

// Signs and nouns that may stand between our noun and the number: «тикет № 10429», «ticket ID: #10429».
const OUR_NOUN = 'id|тикет(?:ы|а|у|ом|е|ов)?|обращени(?:е|я|ю|ем|и)|tickets?';
const WEAK_LABEL = 'номер(?:а|у|ом|е)?|number|no|nr';
const LABELS = new RegExp(
  `(?:(?<![\\p{L}\\p{N}_])(?:${OUR_NOUN}|${WEAK_LABEL})(?![\\p{L}\\p{N}_])[\\s.:=–—-]{0,3}|№[\\s.:]{0,3}|#\\s{0,2}){1,4}$`,
  'iu',
);
const STRONG_LABEL = new RegExp(`№|(?<![\\p{L}\\p{N}_])(?:${OUR_NOUN})(?![\\p{L}\\p{N}_])`, 'iu');
const SQUARE_BEFORE = /\[\s?[#№]\s?$/u;
const ROUND_BEFORE = /\(\s?[#№]\s?$/u;

// The noun that claims the number behind it for something that is no ticket of ours.
const FOREIGN_NOUN = new RegExp(
  '(?<![\\p{L}\\p{N}_])(?:' +
    '(?:заказ|сч[её]т|накладн|договор|квитанц|чек|плат[её]ж|плат[её]жк|транзакц|товар|артикул|отправлени|посылк|' +
    'доставк|трек|магазин|сделк|лид|клиент|пользовател|покупател|возврат|дом|офис|лиценз|верси|задач|ошибк|строк|пункт|' +
    'сертификат|категори)\\p{L}{0,5}|акт(?:а|у|ом|е)?|' +
    '(?:order|invoice|bill|receipt|payment|contract|parcel|shipment|tracking|item|product|transaction|user|customer|' +
    'client|account|quote|error|license|licence|version|task|session|device|category)s?|po|sku' +
    ')[\\s:(«"–—-]{0,3}$',
  'iu',
);

/**
 * Digits and signs as ASCII: full-width forms (U+FF01–FF5E) and both rows of Arabic digits, so that a subject that went
 * through an East Asian or Arabic keyboard names the same ticket. Keeps the length.
 */
function toAscii(text: string): string {
  return text
    .replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .replace(/[\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) - 0x6f0));
}

/** Whether what stands around a number makes it a tag. */
function standsAsTag(before: string, after: string): boolean {
  if (SQUARE_BEFORE.test(before) && /^\s?\]/.test(after)) return true;
  const round = ROUND_BEFORE.exec(before);
  if (round && /^\s?\)/.test(after)) return !FOREIGN_NOUN.test(before.slice(0, round.index));
  const labels = LABELS.exec(before);
  if (!labels || !STRONG_LABEL.test(labels[0])) return false;
  return !FOREIGN_NOUN.test(before.slice(0, labels.index));
}

/**
 * The ticket numbers that a subject names, in order, each once, at most 20. Takes a decoded, cleaned subject; what fails
 * the check digit is no ticket number. What it gives is a claim of the writer, never a proof.
 */
export function tagsIn(subject: string): readonly string[] {
  const text = toAscii(subject);
  const found = new Set<string>();
  for (const match of text.matchAll(NUMBER)) {
    const end = match.index + match[0].length;
    if (sequenceOf(match[0]) === null) continue;
    if (standsAsTag(text.slice(Math.max(0, match.index - LABEL_CHARS), match.index), text.slice(end, end + 2))) {
      found.add(match[0]);
    }
    if (found.size === MAX_TAGS) break;
  }
  return [...found];
}

// What mail clients put before the subject of a reply or a forwarded letter. `HA:` is Outlook's «НА:» in Latin letters.
const PREFIX =
  /\s*(?:re|fwd?|fw|отв|ответ|на|ha|пересл|отн|вн|aw|antw|wg|sv|vs|vb|tr|rv|rif|res|enc|ynt|odp|回复|转发|答复)(?:\s{0,2}[[(^]\d{1,3}[\])]?|\d{0,3})\s{0,2}[:：]\s*/iuy;

/** The subject without its run of `Re:`, `Re[2]:`, `Fwd:`, `Отв:` and their like, trimmed. */
export function stripReplyPrefixes(subject: string): string {
  let from = 0;
  for (;;) {
    PREFIX.lastIndex = from;
    if (!PREFIX.test(subject)) return subject.slice(from).trim();
    from = PREFIX.lastIndex;
  }
}

const WRITTEN_TAG = /\s?[[［]\s?[#＃№]\s?([0-9０-９٠-٩۰-۹]{2,15})\s?[\]］]/gu;

/**
 * The subject of a letter of ours on ticket `number`: `Re: [#10429] …` (RFC 5322 §3.6.5), the tag in it once, and no
 * bracketed tag of another ticket beside it, which an answer would be filed by.
 */
export const withTag = (subject: string, number: string): string => `Re: ${tagged(subject, number)}`;

/** The same without `Re:`, for a letter that answers nobody. */
export const tagged = (subject: string, number: string): string => `[#${number}] ${untagged(subject)}`.trimEnd();

/** A subject without its bracketed tags and its reply prefixes, trimmed. */
export function untagged(subject: string): string {
  const bare = subject.replace(WRITTEN_TAG, (tag, digits: string) => (sequenceOf(toAscii(digits)) === null ? tag : ''));
  return stripReplyPrefixes(bare);
}

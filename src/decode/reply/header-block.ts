// Outlook's way to quote: the earlier letter's header fields («От: / Отправлено: / Кому: / Тема:»), then its text, unmarked.

import { dateIndex, hasTime } from './dates.ts';
import { isBlank, isQuoted, type Mark } from './mark.ts';

export type Label = 'from' | 'date' | 'to' | 'cc' | 'subject';

const LABELS: ReadonlyMap<string, Label> = new Map(
  Object.entries({
    from: 'от|от кого|отправитель|від|ад|from|von|de|da|van|fra|från|od|lähettäjä|kimden|feladó|寄件者|发件人|差出人|보낸 사람',
    date: 'отправлено|дата|дата отправки|отправленные|послано|надіслано|sent|date|gesendet|datum|envoyé|envoyé le|date d’envoi|message du|enviado|enviado el|enviada em|fecha|data|inviato|verzonden|sendt|skickat|dato|wysłano|odesláno|gönderme tarihi|gönderildi|elküldve|lähetetty|发送时间|日期|送信日時',
    to: 'кому|получатель|to|an|à|a|para|aan|til|till|do|komu|kime|címzett|vastaanottaja|收件人|宛先',
    cc: 'копия|копія|cc|kopie|kopia|kopi|copie à|copia|bcc|抄送',
    subject:
      'тема|тема письма|subject|betreff|objet|sujet|asunto|assunto|oggetto|onderwerp|emne|ämne|temat|předmět|konu|tárgy|aihe|主题|件名',
  } satisfies Record<Label, string>).flatMap(([label, words]) =>
    words.split('|').map((word): [string, Label] => [word, label as Label]),
  ),
);
const FIELD = /^[\s*_|]{0,6}([^\s:：*<>@][^:：*<>@]{0,24}?)\s?[*_]{0,2}\s?[:：][*_]{0,2}\s?(.*)$/u;
const MOST_LINES = 14;
/** An address list or a long subject is wrapped over this many lines at most. */
const MOST_WRAPPED = 3;
/** A block holds each field once, or twice (Cc and Bcc); 50,000 times the same one is an attack. */
const MOST_AGAIN = 2;

/** Finds a block of header fields that begins at this line. */
export function headerBlockAt(lines: readonly string[], at: number): Mark | null {
  const block = fieldsAt(lines, at);
  return block && { kind: 'history', length: block.length };
}

/** The same with what the fields say, the first of each name. */
export function fieldsAt(
  lines: readonly string[],
  at: number,
): { readonly length: number; readonly values: ReadonlyMap<Label, string> } | null {
  const first = fieldOf(lines[at] ?? '');
  if (!first || first.label === 'cc') return null;
  const values = new Map<Label, string>();
  let wrapped = 0;
  let again = 0;
  let next = at;
  for (; next < at + MOST_LINES; next++) {
    const line = lines[next];
    if (line === undefined || isBlank(line) || isQuoted(line)) break;
    const field = next === at ? first : fieldOf(line);
    if (!field && ++wrapped > MOST_WRAPPED) break;
    if (!field) continue;
    wrapped = 0;
    if (!values.has(field.label)) values.set(field.label, field.value);
    else if (++again > MOST_AGAIN) break;
  }
  return isBlock(values) ? { length: next - at, values } : null;
}

/**
 * Three fields with the sender among them; or a sender or recipient with an address, and a date with a time; or Яндекс,
 * which sets recipient and subject above its attribution, a semicolon behind each.
 */
function isBlock(values: ReadonlyMap<Label, string>): boolean {
  const from = values.get('from');
  if (from !== undefined && values.size >= 3) return true;
  const [to, subject] = [values.get('to') ?? '', values.get('subject') ?? ''];
  if (/@\S*;$/.test(to) && subject.endsWith(';')) return true;
  const date = values.get('date') ?? '';
  return `${from ?? ''}${to}`.includes('@') && dateIndex(date) >= 0 && hasTime(date);
}

function fieldOf(line: string): { label: Label; value: string } | null {
  const start = line.slice(0, 36);
  if (!start.includes(':') && !start.includes('：')) return null;
  const match = FIELD.exec(line);
  const label = match && LABELS.get(match[1]!.toLowerCase());
  return label ? { label, value: match[2]! } : null;
}

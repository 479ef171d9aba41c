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
/** A block holds Cc and Bcc; 50,000 times the same one is an attack. */
const MOST_AGAIN = 2;

/** What the fields of a block say, the first of each name, and over how many lines. */
export interface Fields {
  readonly length: number;
  readonly values: ReadonlyMap<Label, string>;
}

interface Field {
  readonly label: Label;
  readonly value: string;
}

/** Finds a block of header fields that begins at this line. */
export function headerBlockAt(lines: readonly string[], at: number): Mark | null {
  const block = fieldsAt(lines, at);
  return block && { kind: 'history', length: block.length };
}

/** The same with what the fields say, the first of each name. */
export function fieldsAt(lines: readonly string[], at: number): Fields | null {
  const first = fieldOf(lines[at] ?? '');
  if (!first || first.label === 'cc') return null;
  const values = new Map<Label, string>([[first.label, first.value]]);
  let last = first;
  let end = at + 1;
  let again = 0;
  for (let next = at + 1; next < at + MOST_LINES && next - end <= MOST_WRAPPED; next++) {
    const line = lines[next];
    if (line === undefined || isBlank(line) || isQuoted(line)) break;
    const field = fieldOf(line);
    if (field) {
      // Cc and Bcc go by one name here; any other field that comes again is a word of the letter, «Дата: не помню».
      if (values.has(field.label) && (field.label !== 'cc' || ++again > MOST_AGAIN)) break;
      if (!values.has(field.label)) values.set(field.label, field.value);
      last = field;
      end = next + 1;
    } else if (next === end && (goesOn(last, lines[next - 1]!, line) || isFurtherField(lines, next))) end = next + 1;
  }
  return isBlock(values) ? { length: end - at, values } : null;
}

/**
 * A line behind the last field is the letter's first line, for New Outlook leaves no blank between them; only a list of people
 * surely goes on, and a field that Outlook sets below the subject. Lines between two fields are wrapped ones.
 */
function goesOn({ label }: Field, above: string, line: string): boolean {
  if (label === 'subject' || label === 'date') return false;
  return /[;,]\s*$/.test(above) || PEOPLE.test(line);
}

const PEOPLE = /^\s*(?:[^@:!?]{0,100}[<([])?[^\s<>()[\]@]{1,64}@[^\s<>()[\]@]{1,255}[>)\]]?\s*[;,]?\s*$/u;
const FURTHER =
  /^[\s*]{0,4}(?:вложени[ея]|файлы|важность|приоритет|attachments?|files|importance|priority|reply-to|sensitivity)[*\s]{0,4}[:：]/iu;

function isFurtherField(lines: readonly string[], at: number): boolean {
  return (
    FURTHER.test(lines[at]!) && (lines[at + 1] === undefined || isBlank(lines[at + 1]!) || FURTHER.test(lines[at + 1]!))
  );
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

/** `----- Forwarded Message -----` in front of the fields. */
const DIVIDER = /^[\s*_]{0,6}-{2,}\s?[^-\s][^-]{1,60}-{2,}\s{0,3}/;
/** Yahoo leaves not even a blank before the next name: «<anna@client.example>To: …GMT+3Subject: …». */
const LABEL_INSIDE = new RegExp(
  `(?<!\\p{L})(${[...LABELS.keys()].sort((a, b) => b.length - a.length).join('|')})\\s?[:：]\\s`,
  'giu',
);
const MOST_ON_A_LINE = 600;

/**
 * The fields where they stand one behind the other on a line, as Yahoo passes letters on: «From: … To: … Sent: … Subject: …»,
 * wrapped wherever the line was full. The subject is the last of it.
 */
export function fieldsOnLineAt(lines: readonly string[], at: number): Fields | null {
  const start = (lines[at] ?? '').replace(DIVIDER, '').trimStart();
  if (fieldOf(start)?.label !== 'from') return null;
  let joined = '';
  for (let length = 1; length <= MOST_WRAPPED; length++) {
    const line = length === 1 ? start : lines[at + length - 1];
    if (line === undefined || isBlank(line) || joined.length > MOST_ON_A_LINE) break;
    joined += ` ${line.trim()}`;
    const values = valuesIn(joined);
    if (length === 1 && values.size < 2 && !DIVIDER.test(lines[at]!)) return null;
    if (values.size >= 3 && values.get('subject')) return { length, values };
  }
  const values = valuesIn(joined);
  return values.size >= 3 && !values.has('subject') ? { length: 1, values } : null;
}

function valuesIn(joined: string): Map<Label, string> {
  const found = [...joined.matchAll(LABEL_INSIDE)];
  const values = new Map<Label, string>();
  for (const [index, match] of found.entries()) {
    const label = LABELS.get(match[1]!.toLowerCase());
    if (label === 'subject') return values.set(label, joined.slice(match.index + match[0].length).trim());
    const value = joined.slice(match.index + match[0].length, found[index + 1]?.index).trim();
    if (label && !values.has(label)) values.set(label, value);
  }
  return values;
}

function fieldOf(line: string): Field | null {
  const start = line.slice(0, 36);
  if (!start.includes(':') && !start.includes('：')) return null;
  const match = FIELD.exec(line);
  const label = match && LABELS.get(match[1]!.toLowerCase());
  return label ? { label, value: match[2]! } : null;
}

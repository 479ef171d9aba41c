// The line or two that a mailer sets above what it quotes: «10.03.2026 12:00, Иван пишет:», "On …, Ivan wrote:".
// Told by what every mailer puts there (a date first, an address or a verb, a colon last), not by a pattern for each.

import { dateIndex, hasTime, isDateWords } from './dates.ts';
import { isFooter } from './footer.ts';
import { isBlank, isQuoted, type Mark } from './mark.ts';

/** Mailers wrap the line; Outlook for mobiles and talkative display names need four. */
const MOST_LINES = 4;
const MOST_CHARS = 600;
/** Words before the date: «Вы писали», "You wrote on Tuesday,", "El jueves,". */
const MOST_WORDS_BEFORE_DATE = 4;
/** With a verb among them, a name and who that is: «Анна Белова из отдела продаж писал(а)». */
const MOST_WORDS_OF_WRITER = 10;

const VERBS: ReadonlySet<string> = new Set(
  [
    'пишет писал писала писали написал написала написали пише писав написав написала піша напісаў жазды жазған',
    'wrote writes sent schrieb schreibt schreef skrev écrit ecrit escribió escribio escreveu napisał napisała napisal',
    'geschreven viết pisze scritto kirjoitti napsal napsala napísal írta yazdı scris написа έγραψε skrifaði rašė rakstīja kirjutas',
  ]
    .join(' ')
    .split(' '),
);
const CJK_VERB = /写道|写到|寫道|のメッセージ|작성/;
const BRACKETED_ADDRESS = /[<([][^<>()[\]]{0,200}@[^<>()[\]]{0,200}[>)\]]/;
const ENDS_WITH_ADDRESS = /[^\s@]@[^\s<>()@]{1,200}\s?[>)\]]{0,3}$/;
/** Old Gmail closes with the address or the name alone: `2026-03-10 12:00 GMT+03:00 Ivan <a@b>`. */
const OLD_GMAIL = /^\d{4}[-/]\d{1,2}[-/]\d{1,2}\s.{0,200}(?:GMT[+-]\d|<[^<>\s]{1,100}@[^<>\s]{1,100}>$)/;

/** Finds an attribution that begins at this line. */
export function attributionAt(lines: readonly string[], at: number): Mark | null {
  if (!mayEnd(lines, at)) return null;
  const source = lines[at] ?? '';
  if (!opens(source.trim(), lines[at + 1] ?? '')) return null;
  const first = bare(source);
  let joined = '';
  for (let length = 1; length <= MOST_LINES; length++) {
    const line = lines[at + length - 1];
    if (line === undefined || isBlank(line) || !continues(joined, line, length)) break;
    joined = joined ? `${joined} ${bare(line)}` : first;
    if (joined.length > MOST_CHARS) break;
    const found = judged(joined, line, length, lines[at - 1] ?? '');
    if (found) return found;
  }
  return OLD_GMAIL.test(first) ? { kind: 'attribution', length: 1, names: true } : null;
}

/** A date, an address or the dashes of Android's mailer. */
const MAY_OPEN = /[\d<-]/;

/** Nearly every line fails here, before anything costly is asked: no line of this paragraph ends as an attribution does. */
function mayEnd(lines: readonly string[], at: number): boolean {
  const first = lines[at]!;
  if (!MAY_OPEN.test(first) && !isDateWords(first)) return false;
  for (let next = at; next < at + MOST_LINES; next++) {
    const line = lines[next]?.trimEnd();
    if (!line) break;
    const last = line[line.length - 1]!;
    if (last === ':' || last === '：' || last === '*' || last === '_' || line.endsWith('---')) return true;
  }
  return OLD_GMAIL.test(first);
}

/** A date near the start, be it cut by the end of the line, or the name and address of the one who wrote. */
function opens(source: string, next: string): boolean {
  if (DASHED.test(source)) return true;
  const first = bare(source);
  const date = dateIndex(first);
  if (date >= 0) return mayStandBefore(first.slice(0, date));
  if (ENDS_WITH_VERB.test(first) && BRACKETED_ADDRESS.test(first)) return true;
  if (isBlank(next) || isQuoted(next)) return false;
  const both = `${first} ${bare(next)}`;
  const across = dateIndex(both);
  if (across < 0) return false;
  if (across < first.length || (isDateWords(first) && across < first.length + NEAR))
    return mayStandBefore(both.slice(0, across));
  // name and address first, the verb on their line or the next
  const between = both.split('@').length === 2 ? NAMED.exec(both.slice(0, across))?.[1] : undefined;
  return between !== undefined && (between.length <= NEAR || hasVerb(between));
}

const NEAR = 12;
/** Name and address; behind them may stand «писал(а) в своём письме во вт,». */
const NAMED = /^[^!?;:@]{1,100}[<(][^\s<>()@]{1,64}@[^\s<>()@]{1,255}[>)],?([^!?;:@]{0,32})$/u;

/** Яндекс has also set the time before the date: «10:15, 12 марта 2026 г., …». */
function mayStandBefore(words: string): boolean {
  const before = words.replace(/\d{1,2}:\d{2}/, '');
  if (/[!?;:]/.test(before)) return false;
  if (BRACKETED_ADDRESS.test(before)) return true;
  const { length } = before.split(' ').filter(Boolean);
  return (
    length <= MOST_WORDS_BEFORE_DATE || (length <= MOST_WORDS_OF_WRITER && VERB_LAST.test(before) && hasVerb(before))
  );
}

/** The verb, and at most two words that lead to the date: «писал(а) в», "wrote on". */
const VERB_LAST = /\p{L}{4,}(?:\(\p{L}{1,3}\))?(?: \p{L}{1,3}){0,2},? ?$/u;

/** Android's mailer gives a name and nothing else: `---- Ivan wrote ----`. */
const DASHED = /^-{3,}[^-].*-{3,}$/;
const ENDS_WITH_VERB = /\p{L}\s?(?:\([\p{L}]{1,3}\))?\s?:$/u;

/** A wrapped line goes on; a line that opens an attribution of its own does not. A `>` may close an address wrapped before it. */
function continues(joined: string, line: string, length: number): boolean {
  if (length === 1) return true;
  if (isQuoted(line)) return joined.lastIndexOf('<') > joined.lastIndexOf('>');
  if (dateIndex(joined) < 0) return true;
  const date = dateIndex(line);
  return date < 0 || date > 12 || !/\d{4}|\d:\d/.test(line);
}

function judged(joined: string, line: string, length: number, above: string): Mark | null {
  const end = joined.replace(/[\s*_-]+$/, '');
  // Zoho sets its line between dashes instead: `---- On …, Ivan wrote ----`.
  const zoho = end !== joined && line.trimEnd().endsWith('---');
  const colon = /[:：]$/.test(end);
  if (!colon && !zoho) return null;
  const body = colon ? end.slice(0, -1).trimEnd() : end;
  const address = BRACKETED_ADDRESS.test(body);
  const date = dateIndex(body) >= 0;
  const verb = hasVerb(body);
  if (date && !verb && BEGINS_FROM.test(body) && address && hasTime(body))
    return { kind: 'attribution', length, names: false };
  if (verb && (date || address || zoho)) return { kind: 'attribution', length, names: zoho || (date && address) };
  // Яндекс, Mail.ru and Gmail in Russian have no verb: date, time, name, address, colon. A person may write that too,
  // but not with a blank line above it.
  if (!date || !hasTime(body) || !ENDS_WITH_ADDRESS.test(body)) return null;
  return { kind: 'attribution', length, names: address && (isBlank(above) || isFooter(above)) };
}

/** «От Анна <…>, 3 марта 2026 г. в 11:53:»; a person may begin like that, so it counts with quoted lines only. */
const BEGINS_FROM = /^(?:от|from) /i;

function hasVerb(text: string): boolean {
  if (CJK_VERB.test(text)) return true;
  return text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .some((word) => VERBS.has(word));
}

/** Without the dashes of Zoho, the asterisks of bold text and the blanks around. */
function bare(line: string): string {
  return line.trim().replace(/^[-*_ ]+/, '');
}

// An invitation that is all of a letter (text/calendar, RFC 5545, 5546): what it says in words, for a person who reads a letter
// and no calendar. Its labels are Russian where its own words are, else English.

import { cleanText } from '../mail/clean.ts';
import type { Limits } from '../mail/limits.ts';
import type { BodyText } from './body-text.ts';
import type { Entity } from './structure.ts';

interface Property {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

const LINES = 5000;
const ENTRY = /^V(?:EVENT|TODO|JOURNAL)$/;

const LABELS = {
  ru: {
    REQUEST: 'Приглашение',
    CANCEL: 'Отменено',
    COUNTER: 'Предложено другое время',
    REPLY: 'Ответ на приглашение',
    other: 'Событие',
    when: 'Когда',
    where: 'Где',
    asks: 'Кто приглашает',
  },
  en: {
    REQUEST: 'Invitation',
    CANCEL: 'Cancelled',
    COUNTER: 'Another time proposed',
    REPLY: 'Answer to an invitation',
    other: 'Event',
    when: 'When',
    where: 'Where',
    asks: 'Who asks',
  },
} as const;

const CALENDAR = /^(?:text\/(?:x-)?v?calendar|application\/(?:ics|ical|calendar))$/;

/** True for a calendar among the parts of a letter, also one that is only called so. */
export function isCalendar({ content: { mediaType, parameters, dispositionParameters } }: Entity): boolean {
  if (CALENDAR.test(mediaType)) return true;
  const name = dispositionParameters.get('filename') ?? parameters.get('name');
  return mediaType === 'application/octet-stream' && /\.(?:ics|vcs)$/i.test(name?.text ?? '');
}

/** The letter's text, or the words of its first calendar that has some. */
export function withCalendarText(body: BodyText, calendars: readonly string[], limits: Limits): BodyText {
  if (body.text.trim() !== '') return body;
  const words = calendars.map((one) => calendarWords(one)).find((text) => text !== '');
  if (words === undefined) return body;
  return {
    ...body,
    text: cleanText(words).slice(0, limits.textChars).toWellFormed().trimEnd(),
    defects: [...body.defects, { code: 'calendar-read', detail: 'the letter is an invitation, told in words' }],
  };
}

/** What the first entry of a calendar says: what, when, where, who asks, and its description. Empty where it says nothing. */
export function calendarWords(calendar: string): string {
  const { method, entry } = firstEntry(calendar);
  const text = (name: string): string => unescaped(entry.get(name)?.value ?? '').trim();
  const summary = text('SUMMARY');
  // who answers an invitation writes into COMMENT
  const description = [text('DESCRIPTION'), text('COMMENT')].filter((one) => one !== '').join('\n\n');
  const where = text('LOCATION');
  const when = period(entry);
  const asks = person(entry.get('ORGANIZER'));
  const said = [summary, description, where, when, asks];
  if (said.every((one) => one === '')) return '';
  const labels = /\p{Script=Cyrillic}/u.test(said.join(' ')) ? LABELS.ru : LABELS.en;
  const kind = Object.hasOwn(labels, method) ? labels[method as keyof typeof labels] : labels.other;
  const lines = [
    summary === '' ? kind : `${kind}: ${summary}`,
    ...labelled(labels.when, when),
    ...labelled(labels.where, where),
    ...labelled(labels.asks, asks),
    ...(description === '' ? [] : ['', description]),
  ];
  return lines.join('\n');
}

const labelled = (label: string, value: string): string[] => (value === '' ? [] : [`${label}: ${value}`]);

/** The properties of the first event or task, each name once; those of what lies inside it (alarms, zones) are not its own. */
function firstEntry(calendar: string): { readonly method: string; readonly entry: ReadonlyMap<string, Property> } {
  const entry = new Map<string, Property>();
  let method = '';
  let depth = 0;
  let ownDepth = 0;
  // Long lines are folded with a blank (RFC 5545 §3.1).
  for (const line of calendar.replace(/\r?\n[ \t]/g, '').split(/\r?\n/, LINES)) {
    const property = propertyOf(line);
    if (property === null) continue;
    const { name, value } = property;
    if (name === 'BEGIN') {
      depth++;
      if (ownDepth === 0 && ENTRY.test(value.trim().toUpperCase())) ownDepth = depth;
    } else if (name === 'END') {
      if (depth === ownDepth && ownDepth > 0) break;
      depth--;
    } else if (name === 'METHOD' && method === '') method = value.trim().toUpperCase();
    else if (depth === ownDepth && ownDepth > 0 && !entry.has(name)) entry.set(name, property);
  }
  return { method, entry };
}

const PROPERTY = /^([\w-]{1,60})((?:;[\w-]{1,60}=(?:"[^"]{0,500}"|[^";:]{0,500}))*):(.*)$/s;
const PARAMETER = /;([\w-]{1,60})=(?:"([^"]*)"|([^";:]*))/g;

function propertyOf(line: string): Property | null {
  const [, name, parameters = '', value = ''] = PROPERTY.exec(line) ?? [];
  if (name === undefined) return null;
  const named = [...parameters.matchAll(PARAMETER)].map(([, key = '', quoted, plain = '']): [string, string] => [
    key.toUpperCase(),
    quoted ?? plain,
  ]);
  return { name: name.toUpperCase(), parameters: new Map(named), value };
}

const unescaped = (value: string): string =>
  value.replace(/\\([\\;,nN])/g, (_, char: string) => (char === 'n' || char === 'N' ? '\n' : char));

/** `CN` and the address, as a letter shows a person. */
function person(organizer: Property | undefined): string {
  const address = organizer?.value.replace(/^mailto:/i, '').trim() ?? '';
  const name = unescaped(organizer?.parameters.get('CN') ?? '').trim();
  return name === '' || name === address ? address : `${name} <${address}>`;
}

const MOMENT = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{0,2}(Z?))?$/;

/** Beginning and end by the clocks of the invitation, with its zone: «2026-12-03 11:00–12:00 (Europe/Moscow)». */
function period(entry: ReadonlyMap<string, Property>): string {
  const start = entry.get('DTSTART');
  const from = MOMENT.exec(start?.value.trim() ?? '');
  const to = MOMENT.exec((entry.get('DTEND') ?? entry.get('DUE'))?.value.trim() ?? '');
  if (from === null) return to === null ? '' : `– ${day(to)} ${time(to)}`.trimEnd();
  const zone = from[6] === 'Z' ? 'UTC' : (start?.parameters.get('TZID') ?? '');
  const begins = `${day(from)} ${time(from)}`.trimEnd();
  // A day's end is the day after (RFC 5545 §3.6.1), which would puzzle.
  const ends = to === null || time(to) === '' ? '' : day(to) === day(from) ? time(to) : ` ${day(to)} ${time(to)}`;
  return `${begins}${ends === '' ? '' : `–${ends.trimStart()}`}${zone === '' ? '' : ` (${zone})`}`;
}

const day = ([, year, month, date]: readonly string[]): string => `${year}-${month}-${date}`;
const time = ([, , , , hour, minute]: readonly string[]): string => (hour === undefined ? '' : `${hour}:${minute}`);

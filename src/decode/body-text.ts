// The letter's text out of its slots, once charsets are known: the plain form where it says the same as the HTML form,
// else the HTML turned into text; format=flowed undone (RFC 3676).

import { cleanText } from '../mail/clean.ts';
import type { Limits } from '../mail/limits.ts';
import type { Defect } from '../mail/message.ts';
import { metaCharset } from './charset.ts';
import { withoutFiles } from './embedded.ts';
import type { Cut, Room } from './embedded-file.ts';
import { unflow } from './flowed.ts';
import { htmlToText } from './html.ts';
import { isIndent } from './html-style.ts';
import { isHtml, type Slot } from './layout.ts';
import { type Readings, settled, type Undecoded, undecoded } from './pieces.ts';
import type { Entity } from './structure.ts';
import { transferred } from './transfer.ts';

export interface TextPart {
  readonly entity: Entity;
  readonly undecoded: Undecoded;
  /** Broken transfer encoding, or null. */
  readonly broken: string | null;
  /** What stood in the text itself. */
  readonly cut: Cut;
}

const roomOf = ({ embeddedFiles, letterBytes }: Limits): Room => ({ files: embeddedFiles, bytes: letterBytes });

/** The text entities of a letter, in order. All of them share one room for the files that stand in them. */
export function textParts(entities: readonly Entity[], limits: Limits): readonly TextPart[] {
  let room = roomOf(limits);
  return entities.map((entity) => {
    const part = textPart(entity, limits, room);
    const { files } = part.cut;
    room = {
      files: room.files - files.length,
      bytes: room.bytes - files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    };
    return part;
  });
}

/** The bytes of a text entity, cut where nothing behind would be kept anyway (no charset needs over 4 bytes a character). */
export function textPart(entity: Entity, limits: Limits, room: Room = roomOf(limits)): TextPart {
  const { bytes, broken } = transferred(entity.body, entity.content.encoding);
  const html = isHtml(entity);
  const cut = withoutFiles(entity, bytes, room);
  const kept = cut.bytes.subarray(0, 4 * (html ? limits.htmlChars : limits.textChars));
  const label = entity.content.parameters.get('charset')?.text || null;
  return { entity, undecoded: undecoded(kept, label ?? (html ? metaCharset(kept) : null)), broken, cut };
}

/** Characters of either form that are compared, and places of the HTML from which a word is taken. */
const COMPARED = 256 * 1024;
const SAMPLES = 20;
const WORD = /[\p{L}\p{N}]{3,}/uy;
const UNSEEN = /<(style|script|head|title)\b/iy;
const FIRST_OF_UNSEEN = 'sShHtT';

/** Behind the closing tag of an element that nobody sees, or the end. */
function closeOf(html: string, name: string, from: number): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  }
  return html.length;
}

/** What a reader would see of HTML, roughly: enough to tell whether two forms of a text say the same. */
function withoutTags(html: string): string {
  const runs: string[] = [];
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    if (open > at) runs.push(html.slice(at, open));
    UNSEEN.lastIndex = open;
    const unseen = FIRST_OF_UNSEEN.includes(html[open + 1] ?? '') ? UNSEEN.exec(html)?.[1] : undefined;
    const end = html.indexOf('>', unseen ? closeOf(html, unseen.toLowerCase(), open) : open);
    at = end < 0 ? html.length : end + 1;
  }
  runs.push(html.slice(at));
  return runs.join(' ');
}

/** Words from evenly spaced places of a text: what follows the next blank, letters and digits of it. */
function samples(text: string): string[] {
  const found = new Set<string>();
  const step = Math.max(1, Math.floor(text.length / SAMPLES));
  for (let place = 0; place < text.length; place += step) {
    let from = place;
    while (from < text.length && text.charCodeAt(from) > 32) from++;
    WORD.lastIndex = from + 1;
    const word = WORD.exec(text)?.[0];
    if (word !== undefined) found.add(word);
  }
  return [...found];
}

/** Whether most of the words are in the text. */
function holds(text: string, words: readonly string[]): boolean {
  return words.filter((word) => text.includes(word)).length >= words.length / 2;
}

/**
 * Whether the plain form may stand for the HTML form: most words of the HTML are in it. «Your mail client shows no HTML»
 * and plain forms that stop after a line may not.
 */
export function saysTheSame(plain: string, html: string): boolean {
  const seen = withoutTags(html.slice(0, COMPARED));
  if (plain.trim() === '') return seen.trim() === '';
  const shown = samples(` ${seen}`);
  if (shown.length === 0) return true;
  const said = plain.slice(0, COMPARED);
  // Mailers that make the plain form themselves set headings in capitals; all others are spared the slow second look.
  return (
    holds(said, shown) ||
    holds(
      said.toLowerCase(),
      shown.map((word) => word.toLowerCase()),
    )
  );
}

export interface BodyText {
  readonly text: string;
  readonly html: string | null;
  readonly defects: readonly Defect[];
}

interface Reader {
  readonly plain: (entity: Entity) => string;
  readonly source: (entity: Entity) => string;
  readonly rich: (entity: Entity) => string;
}

function readerOf(parts: readonly TextPart[], readings: Readings, limits: Limits, defects: Defect[]): Reader {
  const byEntity = new Map(parts.map((part) => [part.entity, part.undecoded]));
  const source = (entity: Entity): string => settled(byEntity.get(entity) ?? [], readings);
  const plain = (entity: Entity): string => {
    const text = cleanText(source(entity));
    const { parameters } = entity.content;
    if (parameters.get('format')?.text.toLowerCase() !== 'flowed') return text;
    return unflow(text, parameters.get('delsp')?.text.toLowerCase() === 'yes');
  };
  const rich = (entity: Entity): string => {
    if (!isHtml(entity)) return plain(entity);
    const result = htmlToText(source(entity), limits);
    defects.push(...result.defects);
    return cleanText(result.text);
  };
  return { plain, source, rich };
}

const QUOTED_LINE = /^ ?>/m;
const BLOCKQUOTE = /<blockquote\b([^>]{1,500})>/gi;

function hasIndent(html: string): boolean {
  for (const [, attributes = ''] of html.slice(0, COMPARED).matchAll(BLOCKQUOTE)) if (isIndent(attributes)) return true;
  return false;
}

function slotText({ plain, rich }: Slot, reader: Reader, defects: Defect[]): string {
  const said = plain.map(reader.plain).join('\n');
  const sources = rich.filter(isHtml).map(reader.source);
  const same = plain.length > 0 && (sources.length === 0 || saysTheSame(said, sources.join('\n')));
  // Gmail's plain form marks an indent as it marks a quote; only its HTML tells them apart.
  if (same && !(QUOTED_LINE.test(said) && sources.some(hasIndent))) return said;
  const shown = rich.map(reader.rich).join('\n');
  if (shown.trim() === '') return said;
  if (said.trim() !== '' && !same) {
    const detail = 'the plain form says something else than the HTML form, which is shown';
    defects.push({ code: 'alternatives-differ', detail });
  }
  return shown;
}

/** One text below another, as around a picture; blank lines where they meet say nothing more than one of them. */
function joined(above: string, below: string): string {
  if (above.trim() === '') return below;
  if (below.trim() === '') return above;
  const end = /(?:\n[^\S\n]*)*$/.exec(above.slice(-SEAM))?.[0] ?? '';
  const start = /^(?:[^\S\n]*\n)*/.exec(below.slice(0, SEAM))?.[0] ?? '';
  const apart = end + start === '' ? '\n' : '\n\n';
  return above.slice(0, above.length - end.length) + apart + below.slice(start.length);
}

/** Characters on either side in which blank lines are looked for. */
const SEAM = 100;

/** Takes the slots, their text entities with the bytes still undecoded, and the readings. */
export function bodyText(
  slots: readonly Slot[],
  parts: readonly TextPart[],
  readings: Readings,
  limits: Limits,
): BodyText {
  const defects = parts.flatMap(({ entity, broken }): Defect[] =>
    broken ? [{ code: 'transfer-encoding', detail: `part ${entity.path}: ${broken}` }] : [],
  );
  const reader = readerOf(parts, readings, limits, defects);
  const whole = slots
    .map((slot) => slotText(slot, reader, defects))
    .reduce(joined, '')
    .trimEnd();
  const html = slots
    .flatMap(({ rich }) => rich.filter(isHtml))
    .map(reader.source)
    .join('\n');
  const text = whole.length > limits.textChars ? whole.slice(0, limits.textChars).toWellFormed() : whole;
  if (text.length < whole.length) {
    defects.push({ code: 'text-limit', detail: `text over ${limits.textChars} characters is cut` });
  }
  return { text, html: html === '' ? null : html.slice(0, limits.htmlChars), defects };
}

// The letter's text out of its slots, once charsets are known: the plain form where it says the same as the HTML form,
// else the HTML turned into text; format=flowed undone (RFC 3676).

import { cleanText } from '../mail/clean.ts';
import type { Limits } from '../mail/limits.ts';
import type { Defect } from '../mail/message.ts';
import { metaCharset } from './charset.ts';
import { unflow } from './flowed.ts';
import { htmlToText } from './html.ts';
import { isHtml, type Slot } from './layout.ts';
import { type Readings, settled, type Undecoded, undecoded } from './pieces.ts';
import type { Entity } from './structure.ts';
import { transferred } from './transfer.ts';

export interface TextPart {
  readonly entity: Entity;
  readonly undecoded: Undecoded;
  /** Broken transfer encoding, or null. */
  readonly broken: string | null;
}

/** The bytes of a text entity, cut where nothing behind would be kept anyway (no charset needs over 4 bytes a character). */
export function textPart(entity: Entity, limits: Limits): TextPart {
  const { bytes, broken } = transferred(entity.body, entity.content.encoding);
  const html = isHtml(entity);
  const kept = bytes.subarray(0, 4 * (html ? limits.htmlChars : limits.textChars));
  const label = entity.content.parameters.get('charset')?.text || null;
  return { entity, undecoded: undecoded(kept, label ?? (html ? metaCharset(kept) : null)), broken };
}

/** Words that a reader would see, roughly: enough to tell whether two forms of a text say the same. */
function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
}

/** Characters of either form that are compared. */
const COMPARED = 64 * 1024;

function withoutTags(html: string): string {
  let text = '';
  let at = 0;
  while (at < html.length && text.length < COMPARED) {
    const open = html.indexOf('<', at);
    if (open < 0) return text + html.slice(at);
    text += `${html.slice(at, open)} `;
    const unseen = /^<(style|script|head|title)\b/i.exec(html.slice(open, open + 10))?.[1];
    const close = unseen ? html.toLowerCase().indexOf(`</${unseen.toLowerCase()}`, open) : open;
    const end = close < 0 ? -1 : html.indexOf('>', close);
    if (end < 0) return text;
    at = end + 1;
  }
  return text;
}

/**
 * Whether the plain form may stand for the HTML form: most of the words of the HTML are in it. «Your mail client shows
 * no HTML» and plain parts that stop after a line are not.
 */
export function saysTheSame(plain: string, html: string): boolean {
  const shown = words(withoutTags(html).replace(/&#?\w{1,8};/g, ' ')).filter((word) => !/^https?$|^www$/.test(word));
  if (plain.trim() === '') return shown.length === 0;
  if (shown.length < 5) return true;
  const said = new Set(words(plain.slice(0, COMPARED)));
  return shown.filter((word) => said.has(word)).length >= shown.length / 2;
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

function slotText({ plain, rich }: Slot, reader: Reader, defects: Defect[]): string {
  const said = plain.map(reader.plain).join('\n');
  const sources = rich.filter(isHtml).map(reader.source);
  if (plain.length > 0 && (sources.length === 0 || saysTheSame(said, sources.join('\n')))) return said;
  const shown = rich.map(reader.rich).join('\n');
  if (shown.trim() === '') return said;
  if (said.trim() !== '') {
    const detail = 'the plain form says something else than the HTML form, which is shown';
    defects.push({ code: 'alternatives-differ', detail });
  }
  return shown;
}

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
    .join('\n')
    .trimEnd();
  const html = slots
    .flatMap(({ rich }) => rich.filter(isHtml))
    .map(reader.source)
    .join('\n');
  const text = whole.slice(0, limits.textChars).toWellFormed();
  if (text.length < whole.length) {
    defects.push({ code: 'text-limit', detail: `text over ${limits.textChars} characters is cut` });
  }
  return { text, html: html === '' ? null : html.slice(0, limits.htmlChars), defects };
}

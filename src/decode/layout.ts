// Which entities are the letter's text and which its attachments. The one choice of text: in a multipart/alternative
// both the plain and the HTML form are kept as one slot (body-text.ts takes the plain form where it says the same);
// everywhere else texts follow each other in the letter's order.

import { readRtf } from './rtf.ts';
import type { Entity } from './structure.ts';
import { transferred } from './transfer.ts';

export interface Slot {
  /** The plain form, in order; empty where there is none. */
  readonly plain: readonly Entity[];
  /** The HTML form: HTML parts, and plain ones that stand among them. Empty where there is none. */
  readonly rich: readonly Entity[];
}

export interface Layout {
  readonly slots: readonly Slot[];
  /** Everything that a mail client lists, reports and calendars too. */
  readonly attached: readonly Entity[];
}

const BODY = new Set(['text/plain', 'text/html', 'application/xhtml+xml']);
/** Other forms of a text that has a plain or HTML form beside it: shown by nobody (Lotus Notes, AMP, Apple Watch). */
const OTHER_FORMS = new Set([
  'text/enriched',
  'text/richtext',
  'text/rtf',
  'text/x-amp-html',
  'text/watch-html',
  'text/x-markdown',
]);
/** Resource forks that old Macs send beside each file (RFC 1740) and nobody can open. */
const NO_FILES = new Set(['application/applefile']);

export function isHtml(entity: Entity): boolean {
  return entity.content.mediaType !== 'text/plain';
}

function hasFilename({ content }: Entity): boolean {
  return [content.dispositionParameters, content.parameters].some((parameters) =>
    Array.from(parameters).some(
      ([name, { text }]) => text.trim() !== '' && (name.startsWith('filename') || name === 'name' || name === 'name*'),
    ),
  );
}

/** A page of which nobody sees anything is no longer, its styles counted. */
const EMPTY_BYTES = 4000;
/** What a page shows besides words. */
const SHOWN = /<(?:img|image|picture|svg|video|object|embed|iframe|input|attachment|v:[a-z]+)\b/i;
const UNSEEN = /<!--.*?-->|<(style|script|head|title)\b.*?<\/\1\s*>|<[^<>]*>/gis;
/** Blanks of any kind and marks without a width, as bytes of UTF-8 and Windows, and as HTML names them. */
const BLANKS =
  /\s|\xc2\xa0|\xa0|\xef\xbb\xbf|\xe2\x80[\x8b-\x8f]|&(?:nbsp|zwnj|zwj|#160|#xa0|#8203|#x200b|#65279|#xfeff);/gi;

/** Nothing at all, or an HTML page of which nothing is seen. */
function empty(entity: Entity): boolean {
  if (entity.body.length >= EMPTY_BYTES) return false;
  const body = transferred(entity.body, entity.content.encoding).bytes.toString('latin1');
  if (isHtml(entity) && SHOWN.test(body)) return false;
  return (isHtml(entity) ? body.replace(UNSEEN, '') : body).replace(BLANKS, '') === '';
}

function isBody(entity: Entity, textBefore: boolean): boolean {
  if (!BODY.has(entity.content.mediaType)) return false;
  const named = hasFilename(entity);
  // Whoever calls his first text an attachment and gives it no name wrote a letter; with a name it is a file.
  if (entity.content.disposition === 'attachment') return !textBefore && !named;
  // Apple Mail sends text files inline with their name. The first text, whatever it is called, is read as the letter's own
  // words (1C, Lotus Notes, scanners): shown, a file does no harm; taken for a file, the words would be lost.
  return !(named && textBefore);
}

function alternative(entity: Entity): Layout {
  const options = entity.children.map((child) => layoutOf(child, false));
  const attached = options.flatMap((option) => option.attached);
  const spoken = options.filter((option) => option.slots.length > 0);
  const files = attached.filter(({ content }) => spoken.length === 0 || !OTHER_FORMS.has(content.mediaType));
  if (spoken.length < 2) return { slots: spoken[0]?.slots ?? [], attached: files };
  const bodies = spoken.map((option) =>
    option.slots.flatMap((slot) => (slot.rich.length > 0 ? slot.rich : slot.plain)),
  );
  const size = (list: readonly Entity[]): number => list.reduce((sum, one) => sum + one.body.length, 0);
  const plain = bodies.filter((list) => !list.some(isHtml)).sort((a, b) => size(b) - size(a))[0] ?? [];
  // RFC 2046 §5.1.4: the last form is the richest.
  const rich = bodies.findLast((list) => list.some(isHtml)) ?? [];
  return { slots: [{ plain, rich }], attached: files };
}

/** Texts that are files of programs, also without a name. */
const NO_WORDS = /^text\/(?:calendar|rfc822-headers|(?:x-)?vcard|directory|csv|css|javascript|xml|x-.*script.*)$/;
const MARKED_UP = /^text\/(?:enriched|richtext)$/;
const RTF = /^(?:text|application)\/(?:x-)?rtf$/;
const RTF_BYTES = 4 * 1024 * 1024;

/** RTF as the text or the page that it is. */
function outOfRtf(entity: Entity): Entity {
  const { bytes } = transferred(entity.body.subarray(0, RTF_BYTES), entity.content.encoding);
  const { text, html } = readRtf(bytes);
  const mediaType = html === null ? 'text/plain' : 'text/html';
  const parameters = new Map([['charset', { text: 'utf-8', extended: false, charset: null }]]);
  const content = { ...entity.content, mediaType, encoding: '', parameters };
  return { ...entity, content, body: Buffer.from(html ?? text ?? '') };
}

/** RFC 2046 §4.1.4: a text of an unknown kind is shown as a plain one. */
function isOtherText({ content }: Entity): boolean {
  const { mediaType, disposition } = content;
  return (
    mediaType.startsWith('text/') && !NO_WORDS.test(mediaType) && !BODY.has(mediaType) && disposition !== 'attachment'
  );
}

function slotOfOther(entity: Entity): Slot {
  if (MARKED_UP.test(entity.content.mediaType)) return { plain: [], rich: [entity] };
  return slotOf(RTF.test(entity.content.mediaType) ? outOfRtf(entity) : asPlain(entity));
}

const asPlain = (entity: Entity): Entity => ({ ...entity, content: { ...entity.content, mediaType: 'text/plain' } });

const slotOf = (entity: Entity): Slot =>
  isHtml(entity) ? { plain: [], rich: [entity] } : { plain: [entity], rich: [] };

/**
 * For a letter that has no words of its own: its first text that is attached by name, which stays a file as well, or the piece
 * of a letter that a program sent in pieces (RFC 2046 §5.2.2).
 */
export function spareSlots({ slots, attached }: Layout): readonly Slot[] {
  if (slots.length > 0) return [];
  const spare = attached.find(
    (entity) =>
      (BODY.has(entity.content.mediaType) || entity.content.mediaType === 'message/partial') && !empty(entity),
  );
  if (spare === undefined) return [];
  return [slotOf(BODY.has(spare.content.mediaType) ? spare : asPlain(spare))];
}

/** The layout; where it has no text at all, with a nameless text of another kind, else with words outside of the parts. */
export function withStray(layout: Layout, stray: readonly Entity[]): Layout {
  if (layout.slots.length > 0) return layout;
  const other = layout.attached.find((entity) => isOtherText(entity) && !hasFilename(entity) && !empty(entity));
  if (other !== undefined) {
    return { slots: [slotOfOther(other)], attached: layout.attached.filter((entity) => entity !== other) };
  }
  return { ...layout, slots: stray.map(slotOf) };
}

/** Takes the tree; `textBefore` says whether words of the letter came before this entity. */
export function layoutOf(entity: Entity, textBefore = false): Layout {
  if (entity.children.length === 0) {
    if (isBody(entity, textBefore)) {
      if (empty(entity)) return { slots: [], attached: [] };
      return { slots: [slotOf(entity)], attached: [] };
    }
    const nothing = NO_FILES.has(entity.content.mediaType) || (entity.body.length === 0 && !hasFilename(entity));
    return { slots: [], attached: nothing ? [] : [entity] };
  }
  if (entity.content.mediaType === 'multipart/alternative') return alternative(entity);
  const related = entity.content.mediaType === 'multipart/related';
  const slots: Slot[] = [];
  const attached: Entity[] = [];
  for (const child of entity.children) {
    const before = textBefore || slots.length > 0;
    const resource = related && before && child.content.contentId !== null && child.children.length === 0;
    const inside: Layout = resource ? { slots: [], attached: [child] } : layoutOf(child, before);
    slots.push(...inside.slots);
    attached.push(...inside.attached);
  }
  return { slots, attached };
}

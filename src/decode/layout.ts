// Which entities are the letter's text and which its attachments. The one choice of text: in a multipart/alternative
// both the plain and the HTML form are kept as one slot (body-text.ts takes the plain form where it says the same);
// everywhere else texts follow each other in the letter's order.

import type { Entity } from './structure.ts';

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
    Array.from(parameters.keys()).some((name) => name.startsWith('filename') || name === 'name' || name === 'name*'),
  );
}

/** Nothing at all, or the bare frame of an HTML page. */
function empty(entity: Entity): boolean {
  if (entity.body.length >= 1000) return false;
  const body = entity.body.toString('latin1');
  return (
    /^\s*$/.test(body) ||
    (isHtml(entity) && /^(?:\s|&nbsp;|<\/?(?:!doctype|html|head|body|p|div|br|meta)\b[^<>]*>)*$/i.test(body))
  );
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

/** RFC 2046 §4.1.4: a text of an unknown kind is shown as a plain one. */
function isOtherText({ content }: Entity): boolean {
  const { mediaType, disposition } = content;
  return (
    mediaType.startsWith('text/') && !NO_WORDS.test(mediaType) && !BODY.has(mediaType) && disposition !== 'attachment'
  );
}

/** The layout; where it has no text at all, with a nameless text of another kind, else with words outside of the parts. */
export function withStray(layout: Layout, stray: readonly Entity[]): Layout {
  if (layout.slots.length > 0) return layout;
  const other = layout.attached.find((entity) => isOtherText(entity) && !hasFilename(entity) && !empty(entity));
  if (other !== undefined) {
    const slot: Slot = MARKED_UP.test(other.content.mediaType)
      ? { plain: [], rich: [other] }
      : { plain: [{ ...other, content: { ...other.content, mediaType: 'text/plain' } }], rich: [] };
    return { slots: [slot], attached: layout.attached.filter((entity) => entity !== other) };
  }
  const slots = stray.map((one): Slot => (isHtml(one) ? { plain: [], rich: [one] } : { plain: [one], rich: [] }));
  return { ...layout, slots };
}

/** Takes the tree; `textBefore` says whether words of the letter came before this entity. */
export function layoutOf(entity: Entity, textBefore = false): Layout {
  if (entity.children.length === 0) {
    if (isBody(entity, textBefore)) {
      if (empty(entity)) return { slots: [], attached: [] };
      return { slots: [isHtml(entity) ? { plain: [], rich: [entity] } : { plain: [entity], rich: [] }], attached: [] };
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

// An element's attributes and what its parent hides go in; what a reader sees of it comes out (CSS 2.2 §9.2, §11.2).

/** One attribute at a time, sticky, so that a run of letters is looked at once however long it is. */
const ATTRIBUTE = /[\s/"'>=]*([^\s"'>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/y;
const ATTRIBUTE_CHARS = 20_000;
/** Few elements hide anything: the attributes of all others are not taken apart. */
const MAY_HIDE =
  /hidden|display\s{0,9}:\s{0,9}none|mso-hide|visibility|font-size\s{0,9}:\s{0,9}0|opacity\s{0,9}:\s{0,9}\.?0|overflow\s{0,9}:\s{0,9}clip|:\s{0,9}-\d{3}/i;

/** Why an element is not seen: 0 is seen. `GONE` holds for all inside it; the others may be undone by what is inside. */
export const SEEN = 0;
export const GONE = 1;
const TINY = 2;
const INVISIBLE = 4;

/**
 * The value of one attribute, '' where it has none, null where it is missing (the first counts, as in browsers).
 * Takes the source between the tag's name and its `>`.
 */
export function attribute(source: string, name: string): string | null {
  if (source.length > ATTRIBUTE_CHARS) return null;
  ATTRIBUTE.lastIndex = 0;
  for (let found = ATTRIBUTE.exec(source); found; found = ATTRIBUTE.exec(source)) {
    if (found[1]?.toLowerCase() === name) return found[2] ?? found[3] ?? found[4] ?? '';
  }
  return null;
}

/** What hides the element, from its parent's mask and its own attributes. */
export function hiddenBy(parent: number, source: string): number {
  if (parent & GONE || source.length < 6 || source.length > ATTRIBUTE_CHARS) return parent;
  if (parent === SEEN && !MAY_HIDE.test(source)) return parent;
  if (attribute(source, 'hidden') !== null) return GONE;
  const style = attribute(source, 'style');
  return style ? styled(parent, style.toLowerCase()) : parent;
}

/** What a style by itself hides. Takes its declarations in lower case. */
export const hiddenByStyle = (style: string): number => styled(SEEN, style);

/** Gmail's and Outlook's «increase indent» is a quotation element without the bar that all mail programs draw beside a quotation. */
export function isIndent(source: string): boolean {
  if (!source.includes('style') || source.length > ATTRIBUTE_CHARS || QUOTES.test(source)) return false;
  const style = (attribute(source, 'style') ?? '').toLowerCase();
  if (OUTLOOK_INDENT.test(style)) return true;
  const bars = style.match(/border(?:-left|-right)?(?:-style|-width)?\s*:[^;]*/g) ?? [];
  return bars.length > 0 && bars.every((bar) => NO_BAR.test(bar) || (NO_BAR_SHORT.test(bar) && !LINE.test(bar)));
}

/** Outlook on the web and the new Outlook; what they answer they never set into a blockquote. */
const OUTLOOK_INDENT = /^\s*margin-top\s*:\s*0(?:px)?\s*;\s*margin-bottom\s*:\s*0(?:px)?\s*;?\s*$/;
const NO_BAR = /:\s*(?:none|0(?:px|pt)?(?:\s|$))/;
/** Firefox writes `border: none` as `border: medium`: without a style of line there is none (CSS Backgrounds 3 §3.4). */
const NO_BAR_SHORT = /^border(?:-left|-right)?\s*:/;
const LINE = /solid|dashed|dotted|double|groove|ridge|inset|outset|var\(/;

/** By these a mail program says that somebody else wrote it. */
const QUOTES = /\bcite\b|quote/i;

/** True where the style keeps white space as written. */
export function keepsSpace(source: string): boolean {
  return source.includes('white-space') && /white-space\s{0,9}:\s{0,9}(?:pre|break-spaces)/i.test(source);
}

/** True for the paragraphs of Word and Outlook, which have no margin and are lines. */
export function isTight(source: string): boolean {
  return source.includes('Mso') || /margin(?:-bottom)?\s{0,9}:\s{0,9}0/i.test(source);
}

/** A box of no height or width hides what is in it only where that may not stick out (CSS 2.2 §11.1.1). */
const BOX = new Set(['height', 'max-height', 'width', 'max-width']);
const NO_ROOM = 1;
const CUT_OFF = 2;

function styled(parent: number, style: string): number {
  let mask = parent;
  let box = 0;
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    const value = declaration
      .slice(colon + 1)
      .replace('!important', '')
      .trim();
    const property = declaration.slice(0, colon).trim();
    mask = declared(mask, property, value);
    if (BOX.has(property) && Number.parseFloat(value) === 0) box |= NO_ROOM;
    else if (property.startsWith('overflow') && /hidden|clip/.test(value)) box |= CUT_OFF;
  }
  return box === (NO_ROOM | CUT_OFF) ? mask | GONE : mask;
}

/** Farther than any screen: where style guides put what only screen readers shall say. */
const OFF_SCREEN = -900;

function declared(mask: number, property: string, value: string): number {
  switch (property) {
    case 'display':
      return value === 'none' ? mask | GONE : mask;
    case 'mso-hide':
      return value === 'all' ? mask | GONE : mask;
    case 'opacity':
      return Number.parseFloat(value) === 0 ? mask | GONE : mask;
    case 'left':
    case 'top':
    case 'text-indent':
      return Number.parseFloat(value) <= OFF_SCREEN ? mask | GONE : mask;
    case 'visibility':
      return value === 'visible' ? mask & ~INVISIBLE : mask | INVISIBLE;
    case 'font-size':
      // Newsletters set 0 on a cell against gaps and a real size on what is inside.
      if (Number.parseFloat(value) === 0) return mask | TINY;
      return /[\d.](?:em|%)$/.test(value) ? mask : mask & ~TINY;
    default:
      return mask;
  }
}

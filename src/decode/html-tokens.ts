// HTML in, its tags and stretches of text out, one pass from left to right (HTML Living Standard §13.2.5, as far as
// letters need it). What never ends (a comment, a quoted value) is looked for once, so the pass stays linear.

import { RAW_TEXT } from './html-elements.ts';

export interface Tokens {
  /** Text with its entities as written. Answers false to stop. */
  text(source: string): boolean;
  /** `attributes` is the source between the name and `>`. */
  open(name: string, attributes: string): void;
  close(name: string): void;
}

/** Calls `tokens` for everything in `html`, in order. Never throws. */
export function scanHtml(html: string, tokens: Tokens): void {
  const ends = new Map<string, number>();
  let at = 0;
  while (at < html.length) {
    const lt = html.indexOf('<', at);
    if (lt < 0) {
      tokens.text(html.slice(at));
      return;
    }
    if (lt > at && !tokens.text(html.slice(at, lt))) return;
    const next = html.charCodeAt(lt + 1);
    if (next === 0x21 || next === 0x3f) at = afterDeclaration(html, lt, ends);
    else if (next === 0x2f) at = closeTag(html, lt, tokens);
    else at = openTag(html, lt, tokens, ends);
  }
}

/** `<!-- -->`, `<!doctype>`, Outlook's `<![if]>`, `<?xml ?>`: a comment without an end is taken to end at its `>`. */
function afterDeclaration(html: string, lt: number, ends: Map<string, number>): number {
  if (html.startsWith('<!--', lt)) {
    const end = find(html, '-->', lt + 2, ends);
    if (end >= 0) return end + 3;
  }
  const gt = html.indexOf('>', lt);
  return gt < 0 ? html.length : gt + 1;
}

function closeTag(html: string, lt: number, tokens: Tokens): number {
  const gt = html.indexOf('>', lt);
  const name = nameAt(html, lt + 2);
  if (name) tokens.close(name);
  return gt < 0 ? html.length : gt + 1;
}

function openTag(html: string, lt: number, tokens: Tokens, ends: Map<string, number>): number {
  const name = nameAt(html, lt + 1);
  if (!name) {
    tokens.text('<');
    return lt + 1;
  }
  const start = lt + 1 + name.length;
  const gt = tagEnd(html, start, ends);
  tokens.open(name, html.slice(start, gt));
  const after = gt + 1;
  const seen = RAW_TEXT.get(name);
  if (seen === undefined) return after;
  const end = name === 'plaintext' ? html.length : rawEnd(html, name, after, ends);
  if (seen && end > after) tokens.text(html.slice(after, end));
  return end;
}

/** The tag's name in lower case, '' where no letter stands (`<3`, `</ >`). */
function nameAt(html: string, at: number): string {
  const first = html.charCodeAt(at) | 0x20;
  if (!(first >= 0x61 && first <= 0x7a)) return '';
  let end = at + 1;
  for (let c = html.charCodeAt(end); c > 0x20 && c !== 0x2f && c !== 0x3e; c = html.charCodeAt(++end));
  return html.slice(at, end).toLowerCase();
}

/** Where the tag's `>` is; one inside a quoted value is none. */
function tagEnd(html: string, start: number, ends: Map<string, number>): number {
  let at = start;
  for (;;) {
    const gt = html.indexOf('>', at);
    if (gt < 0) return html.length;
    if (at === start && quotesPair(html.slice(start, gt))) return gt;
    const value = openQuote(html, at, gt);
    if (value < 0) return gt;
    const end = find(html, html[value]!, value + 1, ends);
    if (end < 0) return gt;
    if (end < gt) at = end + 1;
    else {
      at = end + 1;
      if (html.indexOf('>', at) < 0) return gt;
    }
  }
}

/** The quick answer for nearly every tag: its quotes come in pairs, so its `>` stands outside them. */
function quotesPair(source: string): boolean {
  return isEven(source, '"') && isEven(source, "'");
}

function isEven(source: string, quote: string): boolean {
  let even = true;
  for (let at = source.indexOf(quote); at >= 0; at = source.indexOf(quote, at + 1)) even = !even;
  return even;
}

/** The first quote between `at` and `gt` that opens a value: one that stands right behind `=`. */
function openQuote(html: string, at: number, gt: number): number {
  for (let i = at; i < gt; i++) {
    const c = html.charCodeAt(i);
    if ((c === 0x22 || c === 0x27) && behindEquals(html, i, at)) return i;
  }
  return -1;
}

function behindEquals(html: string, quote: number, floor: number): boolean {
  let i = quote - 1;
  while (i >= floor && html.charCodeAt(i) <= 0x20) i--;
  return i >= floor && html.charCodeAt(i) === 0x3d;
}

/** `</style` and the like; without one, the rest of the letter is the element's, as browsers have it. */
function rawEnd(html: string, name: string, from: number, ends: Map<string, number>): number {
  for (let at = from; ; ) {
    const end = find(html, '</', at, ends);
    if (end < 0) return html.length;
    if (html.slice(end + 2, end + 2 + name.length).toLowerCase() === name) return end;
    at = end + 2;
  }
}

/** indexOf that remembers where nothing more comes, so that a thousand open quotes cost one look. */
function find(html: string, what: string, from: number, ends: Map<string, number>): number {
  if (from >= (ends.get(what) ?? Number.POSITIVE_INFINITY)) return -1;
  const at = html.indexOf(what, from);
  if (at < 0) ends.set(what, from);
  return at;
}

// The style sheets of a letter in, the classes and ids whose elements they hide out: newsletters hide their previews so. Only
// plain selectors on any screen count (`.preview`, `td.preview`, `#preview`); what a media query says holds for some readers only.

import { attribute, GONE, hiddenByStyle } from './html-style.ts';

/** Names as a sheet writes them, `.preview` and `#preview`, in lower case; null where nothing is hidden. */
export type Sheet = ReadonlySet<string> | null;

const MOST_SHEETS = 10;
const SHEET_CHARS = 100_000;
const MOST_RULES = 3000;
const MOST_CONDITIONS = 300;
const NAME = /^(?:[a-z][a-z0-9]{0,20})?([.#][\w-]{1,100})$/;

/** Takes HTML; every step looks at a character a bounded number of times. */
export function sheetOf(html: string): Sheet {
  const hidden = new Set<string>();
  const open = /<style\b[^>]{0,500}>/gi;
  for (let sheets = 0; sheets < MOST_SHEETS && open.exec(html) !== null; sheets++) {
    const close = /<\/style/gi;
    close.lastIndex = open.lastIndex;
    const end = close.exec(html)?.index;
    // a sheet that never ends hides the rest of the letter, which others see to
    if (end === undefined) break;
    const source = html.slice(open.lastIndex, Math.min(end, open.lastIndex + SHEET_CHARS)).toLowerCase();
    readSheet(withoutConditions(withoutComments(source)), hidden);
    open.lastIndex = end;
  }
  return hidden.size > 0 ? hidden : null;
}

/** The last rule on a name decides, as in a browser; one that says nothing of it changes nothing. */
function readSheet(sheet: string, hidden: Set<string>): void {
  for (const rule of sheet.split('}', MOST_RULES)) {
    const brace = rule.indexOf('{');
    if (brace < 0) continue;
    const style = rule.slice(brace + 1);
    const hides = (hiddenByStyle(style) & GONE) !== 0;
    if (!hides && !/display|height|overflow|opacity/.test(style)) continue;
    for (const selector of rule.slice(0, brace).split(',')) {
      const name = NAME.exec(selector.trim())?.[1];
      if (name !== undefined && hides) hidden.add(name);
      else if (name !== undefined) hidden.delete(name);
    }
  }
}

function withoutComments(sheet: string): string {
  const plain = sheet.replaceAll('<!--', '').replaceAll('-->', '');
  let kept = '';
  let from = 0;
  for (let at = plain.indexOf('/*'); at >= 0; at = plain.indexOf('/*', from)) {
    kept += plain.slice(from, at);
    const end = plain.indexOf('*/', at + 2);
    if (end < 0) return kept;
    from = end + 2;
  }
  return kept + plain.slice(from);
}

/** Without `@media … { … }` and its like. */
function withoutConditions(sheet: string): string {
  let kept = '';
  let from = 0;
  for (let at = sheet.indexOf('@'), count = 0; at >= 0; at = sheet.indexOf('@', from), count++) {
    kept += sheet.slice(from, at);
    const open = sheet.indexOf('{', at);
    if (open < 0 || count > MOST_CONDITIONS) return kept;
    const semicolon = sheet.slice(at, open).indexOf(';');
    from = semicolon < 0 ? blockEnd(sheet, open) : at + semicolon + 1;
  }
  return kept + sheet.slice(from);
}

function blockEnd(sheet: string, open: number): number {
  let depth = 0;
  for (let at = open; at < sheet.length; at++) {
    if (sheet[at] === '{') depth++;
    else if (sheet[at] === '}' && --depth === 0) return at + 1;
  }
  return sheet.length;
}

const DISPLAY = /display\s{0,9}:\s{0,9}([a-z-]{1,30})/i;

/** Whether the sheet hides an element with these attributes, and no style of its own shows it. */
export function isHiddenBy(sheet: Sheet, attributes: string): boolean {
  if (sheet === null || !/class|id/i.test(attributes)) return false;
  const classes = (attribute(attributes, 'class') ?? '').split(/\s+/, 50).map((name) => `.${name}`);
  const names = [...classes, `#${attribute(attributes, 'id') ?? ''}`];
  const own = DISPLAY.exec(attribute(attributes, 'style') ?? '')?.[1];
  return (own === undefined || own === 'none') && names.some((name) => sheet.has(name.toLowerCase()));
}

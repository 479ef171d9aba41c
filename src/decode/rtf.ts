// RTF 1.9 -> plain text, or the HTML that Outlook wrapped into it (MS-OXRTFEX §2.1). In: RTF bytes. Out: text or HTML,
// never both. One pass over the tokens; groups lie on a stack of bounded depth, the output is bounded.

import { LIMITS } from '../mail/limits.ts';
import { charsetOfCodePage, decodeAs } from './charset-names.ts';
import { type RtfToken, rtfTokens } from './rtf-tokens.ts';

/** Groups inside each other; what is deeper is read as if it were at this depth. */
const DEPTH = 200;
const FONTS = 1000;
const FROM_HTML = /\\fromhtml1\b/;
/** Where `\fromhtml1` must stand (MS-OXRTFEX §3.1.1): among the first tokens. */
const PROLOGUE = 2048;

/** Windows character sets of \fcharset -> code pages; Russian documents mostly state theirs only here. */
const FONT_CODE_PAGES: Readonly<Record<number, number>> = {
  77: 10000,
  128: 932,
  129: 949,
  134: 936,
  136: 950,
  161: 1253,
  162: 1254,
  163: 1258,
  177: 1255,
  178: 1256,
  186: 1257,
  204: 1251,
  222: 874,
  238: 1250,
};

/** Destinations whose text nobody sees. */
const HIDDEN = new Set(
  'fonttbl colortbl stylesheet info pict object header footer headerl headerr footerl footerr listtable listoverridetable rsidtbl themedata datastore generator xmlnstbl fldinst bkmkstart bkmkend filetbl'.split(
    ' ',
  ),
);

const SYMBOLS: Readonly<Record<string, string>> = {
  par: '\n',
  line: '\n',
  sect: '\n',
  page: '\n',
  row: '\n',
  cell: '\t',
  tab: '\t',
  emdash: '—',
  endash: '–',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  emspace: ' ',
  enspace: ' ',
};

interface Group {
  /** Text of this group is not shown. */
  readonly hidden: boolean;
  /** Text of this group is markup of the wrapped HTML. */
  readonly markup: boolean;
  /** Text that stands for the wrapped HTML in RTF readers only. */
  readonly rtfOnly: boolean;
  readonly font: number;
  /** Characters behind \u that are for readers without Unicode. */
  readonly fallback: number;
}

interface Reader {
  readonly isHtml: boolean;
  readonly stack: Group[];
  readonly codePages: Map<number, number>;
  readonly out: string[];
  group: Group;
  codePage: number;
  /** Bytes of text that wait for the end of their font. */
  bytes: number[];
  length: number;
  skip: number;
  optional: boolean;
}

/** Reads RTF. Gives `html` where it wraps an HTML body, else `text`. Never throws. */
export function readRtf(rtf: Uint8Array): { readonly text: string | null; readonly html: string | null } {
  const source = Buffer.from(rtf.buffer, rtf.byteOffset, rtf.byteLength).toString('latin1');
  const isHtml = FROM_HTML.test(source.slice(0, PROLOGUE));
  const group: Group = { hidden: false, markup: false, rtfOnly: false, font: -1, fallback: 1 };
  const reader: Reader = {
    isHtml,
    stack: [],
    codePages: new Map(),
    out: [],
    group,
    codePage: 1252,
    bytes: [],
    length: 0,
    skip: 0,
    optional: false,
  };
  for (const token of rtfTokens(source)) {
    take(reader, token);
    if (reader.length > LIMITS.htmlChars) break;
  }
  flush(reader);
  const text = reader.out.join('').trim() || null;
  return isHtml ? { text: null, html: text } : { text, html: null };
}

function take(reader: Reader, token: RtfToken): void {
  const optional = reader.optional;
  reader.optional = token.kind === 'optional';
  switch (token.kind) {
    case 'open':
      flush(reader);
      if (reader.stack.length < DEPTH) reader.stack.push(reader.group);
      break;
    case 'close':
      flush(reader);
      reader.group = reader.stack.pop() ?? reader.group;
      reader.skip = 0;
      break;
    case 'byte':
      if (reader.skip > 0) reader.skip--;
      else if (isShown(reader)) reader.bytes.push(token.byte);
      break;
    case 'text':
      put(reader, token.text);
      break;
    case 'word':
      obey(reader, token.name, token.parameter, optional);
      break;
    case 'optional':
      break;
    default:
      token satisfies never;
  }
}

/** What a control word changes. `optional`: it opens a destination that may be passed over. */
function obey(reader: Reader, name: string, parameter: number | null, optional: boolean): void {
  switch (name) {
    case 'u':
      put(reader, String.fromCharCode((parameter ?? 63) & 0xffff));
      reader.skip = reader.group.fallback;
      return;
    case 'uc':
      enter(reader, { fallback: Math.min(Math.max(parameter ?? 1, 0), 10) });
      return;
    case 'ansicpg':
      reader.codePage = parameter ?? reader.codePage;
      return;
    case 'f':
      enter(reader, { font: parameter ?? 0 });
      return;
    case 'fcharset':
      setFont(reader, parameter ?? 0);
      return;
    case 'htmltag':
      enter(reader, { markup: true });
      return;
    case 'htmlrtf':
      enter(reader, { rtfOnly: parameter !== 0 });
      return;
    default:
      if (optional || HIDDEN.has(name)) enter(reader, { hidden: true });
      else if (Object.hasOwn(SYMBOLS, name)) put(reader, SYMBOLS[name] ?? '');
  }
}

function setFont(reader: Reader, charset: number): void {
  const page = FONT_CODE_PAGES[charset];
  if (page !== undefined && reader.codePages.size < FONTS) reader.codePages.set(reader.group.font, page);
}

function enter(reader: Reader, change: Partial<Group>): void {
  flush(reader);
  reader.group = { ...reader.group, ...change };
}

function isShown({ group, isHtml }: Reader): boolean {
  return !group.hidden && (!isHtml || group.markup || !group.rtfOnly);
}

function put(reader: Reader, text: string): void {
  flush(reader);
  if (!isShown(reader)) return;
  reader.out.push(text);
  reader.length += text.length;
}

function flush(reader: Reader): void {
  if (reader.bytes.length === 0) return;
  const page = reader.codePages.get(reader.group.font) ?? reader.codePage;
  const text = decodeAs(Uint8Array.from(reader.bytes), charsetOfCodePage(page) ?? 'windows-1252');
  reader.bytes = [];
  reader.out.push(text);
  reader.length += text.length;
}

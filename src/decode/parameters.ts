// Parameters of Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231), read as mailers write them: unquoted
// values with blanks, missing semicolons, quotes inside quotes, continuations out of order, a charset or none.

import type { Defect } from '../mail/message.ts';
import { trimmed, unfolded } from './header-block.ts';

export interface Value {
  /** Bytes as latin1, percent encoding undone where there was any. */
  readonly text: string;
  /** True where RFC 2231 said the charset (or should have): encoded words are not looked for in it. */
  readonly extended: boolean;
  readonly charset: string | null;
}

export interface Parameters {
  /** What stands before the first semicolon, trimmed. */
  readonly value: string;
  /** By name in lower case. With both `name` and `name*` the plain one is under `name`, the other under `name*`. */
  readonly named: ReadonlyMap<string, Value>;
  readonly defects: readonly Defect[];
}

interface Written {
  readonly name: string;
  readonly text: string;
}

const NAME = /([^ \t;="]+)[ \t]*/y;
const BEHIND_QUOTE = /[ \t]*(?:;|$)|[ \t]+[\w*-]+[ \t]*=/y;

function quoted(value: string, from: number): { text: string; end: number } {
  let text = '';
  let at = from;
  for (; at < value.length; at++) {
    const char = value[at];
    const next = value[at + 1];
    if (char === '\\' && next !== undefined) {
      text += next;
      at++;
    } else if (char === '"') {
      BEHIND_QUOTE.lastIndex = at + 1;
      if (BEHIND_QUOTE.test(value)) return { text, end: at + 1 };
      text += char;
    } else text += char;
  }
  return { text, end: at };
}

/** `a=b c; d=e`: an unquoted value goes on over blanks, unless what follows is a parameter without its semicolon. */
function unquoted(value: string, from: number): { text: string; end: number } {
  const semicolon = value.indexOf(';', from);
  const text = value.slice(from, semicolon < 0 ? value.length : semicolon);
  const next = text.search(/[ \t][\w*-]+=(?!\?)/);
  const own = next < 0 ? text : text.slice(0, next);
  return { text: trimmed(own), end: from + own.length };
}

function written(value: string, from: number): Written[] {
  const found: Written[] = [];
  let at = from;
  while (at < value.length) {
    NAME.lastIndex = at;
    const name = NAME.exec(value);
    at = name === null ? at + 1 : NAME.lastIndex;
    if (name === null) continue;
    if (value[at] !== '=') continue;
    at++;
    while (value[at] === ' ' || value[at] === '\t') at++;
    const { text, end } = value[at] === '"' ? quoted(value, at + 1) : unquoted(value, at);
    found.push({ name: (name[1] ?? '').toLowerCase(), text });
    at = end;
  }
  return found;
}

function percentUndone(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

function extendedValue(pieces: readonly { readonly text: string; readonly extended: boolean }[]): Value {
  const head = pieces[0]?.extended ? /^([^']*)'[^']*'/.exec(pieces[0].text) : null;
  const text = pieces
    .map((piece, index) => (index === 0 && head ? piece.text.slice(head[0].length) : piece.text))
    .map((own, index) => (pieces[index]?.extended ? percentUndone(own) : own))
    .join('');
  return { text, extended: pieces.some((piece) => piece.extended), charset: head?.[1] || null };
}

/** Takes the raw value of the field; `mostPieces` bounds the continuations that are read of one parameter. */
export function readParameters(raw: string, mostPieces: number): Parameters {
  const value = unfolded(raw).replace(/[\r\n]+/g, ' ');
  // A blank before the first `name=` stands in for the semicolon that some mailers forget.
  const first = value.search(/;|[ \t][\w*-]+[ \t]*=/);
  const end = first < 0 ? value.length : first;
  const named = new Map<string, Value>();
  const sections = new Map<string, Map<number, { text: string; extended: boolean }>>();
  const defects = new Map<string, string>();
  for (const { name, text } of written(value, end)) {
    const star = /^([^*]+)\*(?:(\d{1,9})(\*)?)?$/.exec(name);
    if (star === null || star[1] === undefined) {
      if (named.has(name)) defects.set('parameter-twice', `parameter ${name} is given twice`);
      else named.set(name, { text, extended: false, charset: null });
    } else if (star[2] === undefined) {
      const key = `${star[1]}*`;
      if (!named.has(key)) named.set(key, extendedValue([{ text, extended: true }]));
      else defects.set('parameter-twice', `parameter ${key} is given twice`);
    } else {
      const parts = sections.get(star[1]) ?? new Map<number, { text: string; extended: boolean }>();
      const index = Number(star[2]);
      sections.set(star[1], parts);
      if (index >= mostPieces)
        defects.set('parameter-pieces-limit', `parameter ${star[1]} has over ${mostPieces} pieces`);
      else if (parts.has(index)) defects.set('parameter-twice', `piece ${index} of ${star[1]} is given twice`);
      else parts.set(index, { text, extended: star[3] === '*' });
    }
  }
  for (const [name, parts] of sections) {
    const row: { text: string; extended: boolean }[] = [];
    for (let index = 0; parts.has(index); index++) row.push(parts.get(index) ?? { text: '', extended: false });
    if (row.length < parts.size) defects.set('parameter-gap', `pieces of parameter ${name} are missing`);
    const joined = extendedValue(row);
    const key = joined.extended ? `${name}*` : name;
    if (row.length > 0 && !named.has(key)) named.set(key, joined);
  }
  return {
    value: trimmed(value.slice(0, end)),
    named,
    defects: Array.from(defects, ([code, detail]) => ({ code, detail })),
  };
}

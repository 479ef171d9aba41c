// The words of an address field (RFC 5322 §3.2): atoms, quoted strings, comments, encoded words and the special
// characters, in one pass without recursion, so that 50,000 nested comments cost what 50,000 letters cost.

export interface Token {
  readonly kind: 'atom' | 'quoted' | 'encoded' | 'comment' | 'literal' | '<' | '>' | '@' | ',' | ';' | ':';
  /** Without the quotes, parentheses and backslashes that the grammar put there. */
  readonly text: string;
  /** White space or a comment stands before it. */
  readonly spaced: boolean;
}

// Broken mailers leave blanks inside an encoded word; RFC 2047 allows none, a name must survive them.
const ENCODED = /=\?[^? \t]{1,80}\?[bq]\?[^?<>"]*\?=/iy;
const ATOM = /[^ \t\r\n()<>[\]:;@\\,"]+/y;
const SPECIAL = new Set(['<', '>', '@', ',', ';', ':']);

/** Comments inside each other that a person could have meant; deeper ones are an attack on parsers, and nobody's address. */
const COMMENT_DEPTH = 20;

interface Run {
  readonly text: string;
  readonly end: number;
  readonly closed: boolean;
}

/** Text up to the closing mark, backslashes taken off; `open` counts nesting where the mark nests (comments). */
function delimited(value: string, from: number, close: string, open: string | null): Run {
  let depth = 1;
  let deepest = 1;
  let text = '';
  let plain = from;
  for (let at = from; at < value.length; at++) {
    const char = value[at];
    if (char === '\\') {
      text += value.slice(plain, at);
      at++;
      plain = at;
    } else if (char === close) {
      if (--depth === 0) {
        return { text: text + value.slice(plain, at), end: at + 1, closed: deepest <= COMMENT_DEPTH };
      }
    } else if (char === open) deepest = Math.max(deepest, ++depth);
  }
  return { text: text + value.slice(plain), end: value.length, closed: false };
}

function matchAt(pattern: RegExp, value: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(value)?.[0] ?? null;
}

/** Takes an undecoded field value; `complete` is false where a quote, comment or literal is never closed, or
 * comments are too deep inside each other. */
export function tokens(value: string): { readonly tokens: readonly Token[]; readonly complete: boolean } {
  const found: Token[] = [];
  let complete = true;
  let spaced = false;
  let at = 0;
  const take = (kind: Token['kind'], text: string): void => {
    found.push({ kind, text, spaced });
    spaced = kind === 'comment';
  };
  const run = (kind: Token['kind'], close: string, open: string | null): void => {
    const { text, end, closed } = delimited(value, at + 1, close, open);
    take(kind, kind === 'literal' ? `[${text}]` : text);
    complete &&= closed;
    at = end;
  };
  while (at < value.length) {
    const char = value[at] ?? '';
    if (char === ' ' || char === '\t' || char === '\r' || char === '\n') {
      spaced = true;
      at++;
    } else if (char === '"') run('quoted', '"', null);
    else if (char === '(') run('comment', ')', '(');
    else if (char === '[') run('literal', ']', null);
    else if (SPECIAL.has(char)) {
      take(char as Token['kind'], char);
      at++;
    } else {
      const encoded = char === '=' ? matchAt(ENCODED, value, at) : null;
      const text = encoded ?? matchAt(ATOM, value, at) ?? char;
      take(encoded === null ? 'atom' : 'encoded', text);
      at += text.length;
    }
  }
  return { tokens: found, complete };
}

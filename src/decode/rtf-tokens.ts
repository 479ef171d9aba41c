// RTF 1.9 as a stream of tokens. In: the file as latin1, one character a byte. Out: groups, control words, bytes and the
// few characters that have a sign of their own, in their order. One pass, whatever the input.

export type RtfToken =
  | { readonly kind: 'open' }
  | { readonly kind: 'close' }
  /** `\\*`: a reader that does not know the next word passes its group over. */
  | { readonly kind: 'optional' }
  | { readonly kind: 'word'; readonly name: string; readonly parameter: number | null }
  /** A byte of text in the code page of its font. */
  | { readonly kind: 'byte'; readonly byte: number }
  | { readonly kind: 'text'; readonly text: string };

/** Control symbols that stand for a character. */
const SIGNS: Readonly<Record<string, string>> = { '~': '\u00a0', _: '-', '\r': '\n', '\n': '\n' };
const WORD_CHARS = 32;
const NUMBER_CHARS = 11;

/** The tokens of an RTF file; ends with the file, wherever it is cut. */
export function* rtfTokens(source: string): Generator<RtfToken, void> {
  let at = 0;
  while (at < source.length) {
    const char = source.charAt(at++);
    if (char === '{') yield { kind: 'open' };
    else if (char === '}') yield { kind: 'close' };
    else if (char === '\\') {
      const { token, end } = control(source, at);
      at = end;
      if (token) yield token;
    } else if (char !== '\r' && char !== '\n') yield { kind: 'byte', byte: char.charCodeAt(0) };
  }
}

/** What stands behind a backslash, and where it ends. */
function control(source: string, at: number): { readonly token: RtfToken | null; readonly end: number } {
  const wordEnd = endOf(source, at, WORD_CHARS, isLetter);
  if (wordEnd > at) return word(source, at, wordEnd);
  const symbol = source.charAt(at);
  const end = at + 1;
  if (symbol === "'") {
    const byte = Number.parseInt(source.slice(end, end + 2), 16);
    return { token: Number.isNaN(byte) ? null : { kind: 'byte', byte }, end: end + 2 };
  }
  if (symbol === '*') return { token: { kind: 'optional' }, end };
  if (symbol === '\\' || symbol === '{' || symbol === '}')
    return { token: { kind: 'byte', byte: symbol.charCodeAt(0) }, end };
  const sign = Object.hasOwn(SIGNS, symbol) ? SIGNS[symbol] : undefined;
  return { token: sign === undefined ? null : { kind: 'text', text: sign }, end };
}

function word(source: string, at: number, wordEnd: number): { readonly token: RtfToken; readonly end: number } {
  const name = source.slice(at, wordEnd);
  const digitsAt = source.charAt(wordEnd) === '-' ? wordEnd + 1 : wordEnd;
  const digitsEnd = endOf(source, digitsAt, NUMBER_CHARS, isDigit);
  const parameter = digitsEnd > digitsAt ? Number(source.slice(wordEnd, digitsEnd)) : null;
  let end = parameter === null ? wordEnd : digitsEnd;
  if (source.charAt(end) === ' ') end++;
  // Bytes of a picture follow \bin and may look like anything.
  if (name === 'bin') end += Math.max(0, parameter ?? 0);
  return { token: { kind: 'word', name, parameter }, end };
}

function endOf(source: string, from: number, most: number, belongs: (code: number) => boolean): number {
  let at = from;
  while (at - from < most && at < source.length && belongs(source.charCodeAt(at))) at++;
  return at;
}

const isLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

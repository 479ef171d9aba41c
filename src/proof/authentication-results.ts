// The Authentication-Results grammar (RFC 8601 §2.2): a field value in; the server that speaks and what it found out.
// What it holds was partly written by the sender (envelope sender, HELO, d=, i=), so a value that can be read two ways
// states nothing.

/** One resinfo: `dmarc=pass (p=reject) header.from=example.org`. */
export interface Statement {
  /** Lower case, without its version. */
  readonly method: string;
  /** Lower case: `pass`, `fail`, `none`, `softfail`, … */
  readonly result: string;
  /** By ptype and property in lower case, `header.from`; of several the first. Values as written, quotes taken off. */
  readonly properties: ReadonlyMap<string, string>;
  /** Comments, and words that are no property: `p=REJECT sp=NONE`, `action=oreject`. */
  readonly remarks: string;
}

export interface AuthenticationResults {
  /** Lower case; null where the server names itself not (Microsoft 365). */
  readonly authservId: string | null;
  readonly statements: readonly Statement[];
}

/** Longer values and more statements than any server writes. */
const MOST_CHARS = 16_384;
const MOST_STATEMENTS = 100;

/** Offset behind the closing parenthesis of the comment that opens at `from`, or null. */
function commentEnd(value: string, from: number): number | null {
  let depth = 0;
  for (let at = from; at < value.length; at++) {
    const char = value[at];
    // Servers copy the envelope sender into comments, and a quoted local part may hold a parenthesis: who closes the
    // comment is then anybody's guess.
    if (char === '"' || char === '\\') return null;
    if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at + 1;
  }
  return null;
}

/** Offset of the closing quote of the string that opens at `from`, or null. */
function quoteEnd(value: string, from: number): number | null {
  for (let at = from + 1; at < value.length; at++) {
    if (value[at] === '\\') at++;
    else if (value[at] === '"') return at;
  }
  return null;
}

/** What stands between two semicolons. */
interface Segment {
  readonly words: string[];
  readonly comments: string[];
}

/** The segments of a value; null where it can be read two ways. */
function segments(value: string): readonly Segment[] | null {
  const found: Segment[] = [{ words: [], comments: [] }];
  let word: string | null = null;
  const finish = (): void => {
    if (word !== null) found.at(-1)?.words.push(word);
    word = null;
  };
  for (let at = 0; at < value.length; at++) {
    const char = value[at] ?? '';
    if (char === '(') {
      // `header.d=example.org(.evil.example)`: a signature may name such a domain, and its key is found at evil.example.
      if (word !== null && /^[a-z]+\.[^=]*=/i.test(word)) return null;
      const end = commentEnd(value, at);
      if (end === null) return null;
      finish();
      found.at(-1)?.comments.push(value.slice(at + 1, end - 1));
      at = end - 1;
    } else if (char === '"') {
      const end = quoteEnd(value, at);
      if (end === null) return null;
      word = (word ?? '') + value.slice(at + 1, end).replace(/\\(.)/gs, '$1');
      at = end;
    } else if (char === ')') return null;
    else if (char === ';') {
      finish();
      found.push({ words: [], comments: [] });
    } else if (/\s/.test(char)) finish();
    else word = (word ?? '') + char;
  }
  finish();
  return found;
}

/** `dkim = pass` is `dkim=pass` (CFWS around the equals sign); a value left empty takes nothing from its neighbour. */
function joined(words: readonly string[]): readonly string[] {
  const whole: string[] = [];
  for (const word of words) {
    const last = whole.at(-1);
    const glue = last !== undefined && (word === '=' || (last.endsWith('=') && !word.includes('=')));
    if (glue) whole[whole.length - 1] = last + word;
    else whole.push(word);
  }
  return whole;
}

/** `[name, value]`, the name in lower case; null where there is no equals sign. */
function pair(word: string): readonly [string, string] | null {
  const at = word.indexOf('=');
  return at < 1 ? null : [word.slice(0, at).toLowerCase(), word.slice(at + 1)];
}

function statement({ words, comments }: Segment): Statement | null {
  const [first, ...rest] = joined(words).map(pair);
  if (!first) return null;
  const method = first[0].split('/', 1)[0] ?? '';
  if (method.includes('.') || !/^[a-z]+$/i.test(first[1])) return null;
  const properties = new Map<string, string>();
  const remarks = [...comments];
  for (const property of rest) {
    if (property === null) continue;
    if (!property[0].includes('.')) remarks.push(property.join('='));
    else if (!properties.has(property[0])) properties.set(...property);
  }
  return { method, result: first[1].toLowerCase(), properties, remarks: remarks.join(' ') };
}

/**
 * Reads the value of an Authentication-Results field, folds and all. Linear in its length, never throws. Null where it is
 * too long, or where a quote or comment does not close, or a parenthesis stands where it may end a comment of another
 * reader. A resinfo that makes no sense is left out; the others stay.
 */
export function parseAuthenticationResults(value: string): AuthenticationResults | null {
  if (value.length > MOST_CHARS) return null;
  const [head, ...rest] = segments(value) ?? [];
  if (head === undefined || rest.length > MOST_STATEMENTS) return null;
  const named = head.words.length > 0 && !head.words[0]?.includes('=');
  const statements = (named ? rest : [head, ...rest]).map(statement).filter((one) => one !== null);
  return { authservId: named ? (head.words[0]?.toLowerCase() ?? null) : null, statements };
}

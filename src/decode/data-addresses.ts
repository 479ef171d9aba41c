// Where data: addresses (RFC 2397) stand in HTML: its source in, each address with what it says out. Only those in tags and
// style sheets count: one that a person writes about is words. One pass from left to right, whatever stands there.

const ANY = /data:/gi;
/** Of `data:image/png;name=a.png;base64,` what stands before the comma. */
const HEAD_CHARS = 300;
const HEAD = /^data:\s*([a-z0-9!#$&^_.+-]*(?:\/[a-z0-9!#$&^_.+-]*)?)\s*((?:;[^;"'<>]*)*)$/i;
/** How far back the tag is looked for that an address stands in, and how many times in a row in vain. */
const TAG_CHARS = 4096;
const MOST_LOOKS = 10_000;
export interface Address {
  readonly from: number;
  readonly to: number;
  readonly mediaType: string;
  readonly parameters: string;
  readonly data: string;
  /** In `url()` of a style, and in a style sheet. */
  readonly styled: boolean;
}

/** The addresses in the order of the source. */
export function* addressesIn(source: string): Generator<Address> {
  const missing = new Map<string, number>();
  const tagOf = tags(source);
  let behind = 0;
  let looks = 0;
  for (const { index } of source.matchAll(ANY)) {
    if (index < behind) continue;
    if (looks > MOST_LOOKS) return;
    looks++;
    const opener = openerOf(source, index);
    const tag = opener && tagOf(index, behind);
    if (opener === null || tag === null || (tag === 'style' && opener.kind !== 'url')) continue;
    const to = endOf(source, index, opener.closes, missing);
    const comma = source.slice(index, Math.min(to, index + HEAD_CHARS)).indexOf(',') + index;
    const head = HEAD.exec(source.slice(index, comma));
    if (head === null) continue;
    behind = to;
    looks = 0;
    yield {
      from: index,
      to,
      mediaType: (head[1] ?? '').toLowerCase(),
      parameters: head[2] ?? '',
      data: source.slice(comma + 1, to),
      styled: opener.kind === 'url',
    };
  }
}

interface Opener {
  readonly kind: 'value' | 'url';
  /** What ends the address; null for a value without quotes, which ends at a blank or `>`. */
  readonly closes: string | null;
}

const QUOTE_ENTITY = /(?:&quot;|&#0*34;|&#x0*22;|&apos;|&#0*39;|&#x0*27;)$/i;

const SRCSET = /srcset\s*=\s*["']$/i;

/** What opens the address that begins at `at`; null where it stands in words. */
function openerOf(source: string, at: number): Opener | null {
  const before = source.slice(Math.max(0, at - 40), at).trimEnd();
  const inUrl = /url\(\s*(?:["']|&[#a-z0-9]{2,6};)?$/i.test(before);
  const kind = inUrl ? 'url' : 'value';
  const last = before.at(-1) ?? '';
  // a srcset names several, and an address in it ends at a blank
  if (SRCSET.test(before)) return { kind, closes: ' ' };
  if (last === '"' || last === "'") return { kind, closes: last };
  if (last === '(' && inUrl) return { kind, closes: ')' };
  const entity = QUOTE_ENTITY.exec(before)?.[0];
  if (entity !== undefined && inUrl) return { kind, closes: entity };
  if (last === '=') return { kind, closes: null };
  return last === ',' ? { kind, closes: ' ' } : null;
}

/**
 * Answers in which tag a place stands, null for one between tags. Asked from left to right; `behind` is the end of the
 * address before, which was in the same tag where no other has begun since.
 */
function tags(source: string): (at: number, behind: number) => string | null {
  let open = -1;
  let next = source.indexOf('<');
  let before: string | null = null;
  return (at, behind) => {
    while (next >= 0 && next < at) {
      open = next;
      next = source.indexOf('<', next + 1);
    }
    before = open < 0 ? null : tagRound(source, open, at, behind, before);
    return before;
  };
}

function tagRound(source: string, open: number, at: number, behind: number, before: string | null): string | null {
  const name = /^<([a-z][a-z0-9:]*)/i.exec(source.slice(open, open + 20))?.[1]?.toLowerCase();
  if (name === undefined || name === 'style') return name ?? null;
  const from = Math.max(open, behind);
  if (at - from > TAG_CHARS) return null;
  const between = source.slice(from, at);
  if (open < behind) return between.includes('>') ? null : before;
  return isTagOpen(between) ? name : null;
}

/** A `>` outside of quotes ends a tag. */
function isTagOpen(tag: string): boolean {
  return !tag
    .replace(/=\s*(?:"[^"]*"|'[^']*')/g, '=')
    .replace(/=\s*["'][^>]*$/, '')
    .includes('>');
}

/** indexOf that remembers where nothing more comes: a thousand addresses without an end cost one look. */
function find(source: string, what: string, from: number, missing: Map<string, number>): number {
  if (from >= (missing.get(what) ?? Number.POSITIVE_INFINITY)) return -1;
  const at = source.indexOf(what, from);
  if (at < 0) missing.set(what, from);
  return at;
}

const BARE_END = /[\s>]/g;

function endOf(source: string, from: number, closes: string | null, missing: Map<string, number>): number {
  if (closes !== null) {
    const end = find(source, closes, from, missing);
    if (end >= 0) return end;
  }
  BARE_END.lastIndex = from;
  return BARE_END.exec(source)?.index ?? source.length;
}

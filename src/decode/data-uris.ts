// Files that stand in the HTML itself as data: addresses (RFC 2397): the bytes of an HTML part in; the same with a cid: in
// the place of each, and the files, out. Pasted screenshots come like that, and a large one would use up what is read of HTML.

import { decodeHTML } from 'entities';
import type { Cut, EmbeddedFile } from './embedded-file.ts';

const ANY = /data:/gi;
/** Of `data:image/png;name=a.png;base64,` what stands before the comma. */
const HEAD_CHARS = 300;
const HEAD = /^data:\s*([a-z0-9!#$&^_.+-]*(?:\/[a-z0-9!#$&^_.+-]*)?)\s*((?:;[^;"'<>]*)*)$/i;
/** How far back the tag is looked for that an address stands in, and how many times in a row in vain. */
const TAG_CHARS = 4096;
const MOST_LOOKS = 10_000;
/** Fonts, styles and scripts are the looks of a page: taken out, and nobody's files. */
const NO_FILE =
  /^(?:font\/|text\/(?:css|javascript|ecmascript)|application\/(?:javascript|ecmascript|(?:x-)?font|vnd\.ms-font))/i;
const EXTENSIONS: Readonly<Record<string, string>> = {
  jpeg: 'jpg',
  'svg+xml': 'svg',
  'x-ms-bmp': 'bmp',
  'x-icon': 'ico',
};
/** What stands where an address was that is no file: an address of nothing. */
const NOTHING = 'data:,';

interface Address {
  readonly from: number;
  readonly to: number;
  readonly mediaType: string;
  readonly parameters: string;
  readonly data: string;
  /** In `url()` of a style, and in a style sheet. */
  readonly styled: boolean;
}

/** Takes the bytes of HTML in any set that keeps ASCII, the part's place, and how many files are taken at the most. */
export function cutDataAddresses(bytes: Buffer, path: string, most: number): Cut {
  const whole: Cut = { bytes, files: [], left: 0 };
  if (!['data:', 'DATA:', 'Data:'].some((start) => bytes.includes(start))) return whole;
  const source = bytes.toString('latin1');
  const kept: string[] = [];
  const files: EmbeddedFile[] = [];
  const known = new Map<string, string>();
  let left = 0;
  let at = 0;
  for (const address of addressesIn(source)) {
    const written = source.slice(address.from, address.to);
    let put = known.get(written);
    if (put === undefined) {
      put = NOTHING;
      if (isFile(address)) {
        if (files.length < most) {
          const place = `${path}.${files.length + 1}`;
          files.push(fileOf(address, place, files.length + 1));
          put = `cid:${contentIdOf(place)}`;
        } else left++;
      }
      known.set(written, put);
    }
    kept.push(source.slice(at, address.from), put);
    at = address.to;
  }
  if (at === 0) return whole;
  kept.push(source.slice(at));
  return { bytes: Buffer.from(kept.join(''), 'latin1'), files, left };
}

const contentIdOf = (place: string): string => `${place}@data.invalid`;

/** A picture that only a style sheet draws with lines is an ornament. */
const isFile = ({ mediaType, styled }: Address): boolean =>
  !NO_FILE.test(mediaType) && !(styled && !/^image\/(?!svg)/i.test(mediaType));

function* addressesIn(source: string): Generator<Address> {
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

/** What opens the address that begins at `at`; null where it stands in words. */
function openerOf(source: string, at: number): Opener | null {
  const before = source.slice(Math.max(0, at - 40), at).trimEnd();
  const inUrl = /url\(\s*(?:["']|&[#a-z0-9]{2,6};)?$/i.test(before);
  const kind = inUrl ? 'url' : 'value';
  const last = before.at(-1) ?? '';
  if (last === '"' || last === "'") return { kind, closes: last };
  if (last === '(' && inUrl) return { kind, closes: ')' };
  const entity = QUOTE_ENTITY.exec(before)?.[0];
  if (entity !== undefined && inUrl) return { kind, closes: entity };
  if (last === '=') return { kind, closes: null };
  // a srcset names several, and an address in it ends at a blank
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

function fileOf({ mediaType, parameters, data }: Address, path: string, n: number): EmbeddedFile {
  const base64 = /;\s*base64\s*(?:;|$)/i.test(parameters);
  const plain = data.includes('&') ? decodeHTML(data) : data;
  const raw = plain.includes('%') ? percentDecoded(plain) : Buffer.from(plain, 'latin1');
  const { bytes, broken } = base64 ? base64Of(raw) : { bytes: raw, broken: null };
  return {
    path,
    name: [
      nameIn(parameters) ?? `${mediaType.startsWith('image/') ? 'picture' : 'file'}-${n}.${extensionFor(mediaType)}`,
    ],
    contentType: mediaType === '' || !mediaType.includes('/') ? 'text/plain' : mediaType,
    contentId: contentIdOf(path),
    bytes,
    broken,
  };
}

/** Some programs say the file's name among the parameters, which RFC 2397 has no word for. */
function nameIn(parameters: string): string | null {
  const name = /;\s*(?:file)?name=([^;]{1,200})/i.exec(parameters)?.[1];
  return name ? percentDecoded(name).toString() : null;
}

function extensionFor(mediaType: string): string {
  const subtype = mediaType.slice(mediaType.indexOf('/') + 1);
  return EXTENSIONS[subtype] ?? (/^[a-z0-9]{1,8}$/.test(subtype) && mediaType !== subtype ? subtype : 'bin');
}

/** The value of a hexadecimal digit, -1 for any other byte. */
function digitOf(byte = 0): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x61 + 10 : -1;
}

function percentDecoded(text: string): Buffer {
  const from = Buffer.from(text, 'latin1');
  const out = Buffer.allocUnsafe(from.length);
  let length = 0;
  for (let at = 0; at < from.length; at++) {
    const [high, low] = from[at] === 0x25 ? [digitOf(from[at + 1]), digitOf(from[at + 2])] : [-1, -1];
    const coded = high >= 0 && low >= 0;
    out[length++] = coded ? high * 16 + low : (from[at] ?? 0);
    if (coded) at += 2;
  }
  return out.subarray(0, length);
}

/** Base64 of either alphabet (RFC 4648 §4, §5), with the blanks that editors put in. */
function base64Of(raw: Buffer): { readonly bytes: Buffer; readonly broken: string | null } {
  const text = raw.toString('latin1').replace(/\s+/g, '');
  const sound = /^[A-Za-z0-9+/_-]*={0,2}$/.test(text) && text.replace(/=+$/, '').length % 4 !== 1;
  return { bytes: Buffer.from(text, 'base64'), broken: sound ? null : 'base64 with foreign characters' };
}

// Files that stand in the HTML itself as data: addresses (RFC 2397): the bytes of an HTML part in; the same with a cid: in
// the place of each, and the files, out. Pasted screenshots come like that, and a large one would use up what is read of HTML.

import { decodeHTML } from 'entities';
import { type Address, addressesIn } from './data-addresses.ts';
import type { Cut, EmbeddedFile } from './embedded-file.ts';

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
const isFile = ({ mediaType, styled, data }: Address): boolean =>
  data.trim() !== '' && !NO_FILE.test(mediaType) && !(styled && !/^image\/(?!svg)/i.test(mediaType));

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

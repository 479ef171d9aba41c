// Content-Transfer-Encoding undone (RFC 2045 §6; x-uuencode by custom): encoded bytes in, bytes out, and a word on what
// was broken. What needs no work is a slice of the letter, not a copy.

export interface Transferred {
  readonly bytes: Buffer;
  /** What was wrong with the encoding, or null. */
  readonly broken: string | null;
}

const LF = 10;
const CR = 13;
const EQUALS = 61;
const HEX = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  HEX[digit.toString(16).charCodeAt(0)] = digit;
  HEX[digit.toString(16).toUpperCase().charCodeAt(0)] = digit;
}

/** The byte that two character codes stand for as hexadecimal digits, -1 where they are none. */
export function hexByte(first: number, second: number): number {
  const high = HEX[first] ?? -1;
  const low = HEX[second] ?? -1;
  return high >= 0 && low >= 0 ? high * 16 + low : -1;
}

/** Data, or data that ends with its padding and has foreign words behind it on the same line. */
const BASE64_LINE = /^[A-Za-z0-9+/]+(?:={1,3}(?=[^A-Za-z0-9+/=]|$)|$)/;

/** The data of one line; a stray byte in it is passed over (RFC 2045 §6.8), a line of words is no data at all. */
function base64Line(line: string): string {
  const data = BASE64_LINE.exec(line)?.[0];
  if (data !== undefined) return data;
  const letters = line.replace(/[^A-Za-z0-9+/=]+/g, '');
  return / /.test(line) || letters.length < line.length * 0.75 ? '' : letters;
}

/** Line by line: for data with padding in the middle (parts encoded apart, then joined) or foreign text around it. */
function base64Lines(text: string): Transferred {
  const lines = text.split('\n').map((line) => line.trim());
  const data = lines.map(base64Line);
  const sound = data.some((own, index) => own !== '' && own === lines[index]);
  const broken = data.some((own, index) => own !== lines[index]) ? 'base64 with foreign characters' : null;
  // Not one clean line, and no whole groups either: somebody's words under a wrong label.
  if (!sound && data.join('').length % 4 !== 0) return { bytes: Buffer.alloc(0), broken };
  const groups = data.join('').match(/[A-Za-z0-9+/]+=*/g) ?? [];
  return { bytes: Buffer.concat(groups.map((group) => Buffer.from(group, 'base64'))), broken };
}

/** Bytes of base64 that become a string at a time: strings over 128 KB cost the system a page fault every 4 KB. */
const CHUNK = 32 * 1024;

/** Base64 in lines of one length, as all mailers write it; null where a line or a byte is out of the ordinary. */
function base64Regular(encoded: Buffer): Buffer | null {
  const lineBytes = encoded.indexOf(LF) + 1;
  const letters = lineBytes - (encoded[lineBytes - 2] === CR ? 2 : 1);
  if (lineBytes < 5 || lineBytes > CHUNK || letters % 4 !== 0) return null;
  const step = lineBytes * Math.floor(CHUNK / lineBytes);
  const bytes = Buffer.allocUnsafe(Math.ceil((encoded.length * 3) / 4));
  let length = 0;
  let at = 0;
  for (; at + step < encoded.length; at += step) {
    const written = bytes.write(encoded.toString('latin1', at, at + step), length, 'base64');
    if (written !== ((step / lineBytes) * letters * 3) / 4) return null;
    length += written;
  }
  const rest = encoded.toString('latin1', at).trimEnd();
  const breaks = Math.floor(rest.length / lineBytes) * (lineBytes - letters);
  const padding = rest.endsWith('==') ? 2 : rest.endsWith('=') ? 1 : 0;
  const written = bytes.write(rest, length, 'base64');
  return written === Math.floor(((rest.length - breaks - padding) * 3) / 4)
    ? bytes.subarray(0, length + written)
    : null;
}

function base64(encoded: Buffer): Transferred {
  const regular = base64Regular(encoded);
  if (regular !== null) return { bytes: regular, broken: null };
  const text = encoded.toString('latin1').trim();
  return /^[A-Za-z0-9+/\s]*=*$/.test(text) ? { bytes: Buffer.from(text, 'base64'), broken: null } : base64Lines(text);
}

/**
 * Where the line ends whose soft break (RFC 2045 §6.7 rule 3, with the blanks that relays add) begins behind the `=`
 * at `equals`: offset of its last byte, or -1 where the `=` starts no soft break.
 */
function softBreakEnd(encoded: Buffer, equals: number): number {
  let end = equals + 1;
  while (encoded[end] === 32 || encoded[end] === 9) end++;
  if (end >= encoded.length) return end;
  if (encoded[end] === CR) return encoded[end + 1] === LF ? end + 1 : end;
  return encoded[end] === LF ? end : -1;
}

interface Unquoted {
  /** Bytes written. */
  readonly length: number;
  /** A `=` that starts nothing stayed as it is. */
  readonly stray: boolean;
}

/**
 * A function of its own for the loop alone: with anything behind the loop the compiler threw its code away at the end of
 * every letter and began anew (quoted-printable letters took twice as long).
 */
function unquote(encoded: Buffer, out: Buffer): Unquoted {
  let length = 0;
  let stray = false;
  for (let at = 0; at < encoded.length; at++) {
    const byte = encoded[at] ?? 0;
    if (byte !== EQUALS) {
      out[length++] = byte;
      continue;
    }
    const quoted = hexByte(encoded[at + 1] ?? 0, encoded[at + 2] ?? 0);
    if (quoted >= 0) {
      out[length++] = quoted;
      at += 2;
      continue;
    }
    const end = softBreakEnd(encoded, at);
    if (end >= 0) at = end;
    else {
      out[length++] = byte;
      stray = true;
    }
  }
  return { length, stray };
}

function quotedPrintable(encoded: Buffer): Transferred {
  if (!encoded.includes(EQUALS)) return { bytes: encoded, broken: null };
  const out = Buffer.allocUnsafe(encoded.length);
  const { length, stray } = unquote(encoded, out);
  const broken = stray ? 'quoted-printable with a = that encodes nothing' : null;
  return { bytes: out.subarray(0, length), broken };
}

/** Lines between `begin` and `end`; without them the bytes as they are. */
function uuencoded(encoded: Buffer): Transferred {
  const lines = encoded.toString('latin1').split(/\r?\n/);
  const begin = lines.findIndex((line) => /^begin(?:-base64)? [0-7]{3,4} /.test(line));
  if (begin < 0) return { bytes: encoded, broken: 'uuencoded data without its first line' };
  const chunks: Buffer[] = [];
  for (const line of lines.slice(begin + 1)) {
    const length = (line.charCodeAt(0) - 32) & 63;
    if (line === 'end' || line === '' || line === '`') break;
    const values = Array.from(line.slice(1), (char) => (char.charCodeAt(0) - 32) & 63);
    const bytes = Buffer.alloc(Math.ceil(values.length / 4) * 3);
    for (let at = 0; at * 4 < values.length; at++) {
      const [a = 0, b = 0, c = 0, d = 0] = values.slice(at * 4, at * 4 + 4);
      bytes.writeUIntBE(((a << 18) | (b << 12) | (c << 6) | d) >>> 0, at * 3, 3);
    }
    chunks.push(bytes.subarray(0, length));
  }
  return { bytes: Buffer.concat(chunks), broken: null };
}

/** By the encoding's name in lower case; what is not listed leaves the bytes as they are. */
const DECODERS: ReadonlyMap<string, (encoded: Buffer) => Transferred> = new Map([
  ['base64', base64],
  ['quoted-printable', quotedPrintable],
  ['x-uuencode', uuencoded],
  ['x-uue', uuencoded],
  ['uuencode', uuencoded],
]);
const IDENTITY = new Set(['', '7bit', '8bit', 'binary']);

/**
 * The bytes of a part. Where decoding yields nothing and something was there, the encoded bytes are given instead:
 * a letter that mislabels its text must still be readable.
 */
export function transferred(encoded: Buffer, encoding: string): Transferred {
  const decoder = DECODERS.get(encoding);
  if (decoder === undefined) {
    return {
      bytes: encoded,
      broken: IDENTITY.has(encoding) ? null : `unknown transfer encoding ${encoding.slice(0, 40)}`,
    };
  }
  const result = decoder(encoded);
  if (result.bytes.length > 0 || /^\s*$/.test(encoded.toString('latin1', 0, 4096))) return result;
  return { bytes: encoded, broken: `labelled ${encoding}, but it is not` };
}

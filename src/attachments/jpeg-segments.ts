// The segments of a JPEG (ITU-T T.81, annex B): the body of one segment in, what is wrong with it out. The same
// shapes that decoders insist on, so that what is accepted opens for the operator.

const SOS = 0xda;
const DHT = 0xc4;
const DAC = 0xcc;
const DQT = 0xdb;
const DRI = 0xdd;

/** Frame headers that decoders open: baseline, extended, progressive, and the two with arithmetic coding. */
const FRAMES = [0xc0, 0xc1, 0xc2, 0xc9, 0xca];
/** Frame headers that none opens: lossless and hierarchical. */
const RARE_FRAMES = [0xc3, 0xc5, 0xc6, 0xc7, 0xc8, 0xcb, 0xcd, 0xce, 0xcf];

export interface FrameHeader {
  readonly width: number;
  readonly height: number;
  /** Component identifiers. */
  readonly components: readonly number[];
}

/** True for every SOFn marker. */
export function isFrame(marker: number): boolean {
  return FRAMES.includes(marker) || RARE_FRAMES.includes(marker);
}

/** Reads a frame header (B.2.2); a string says what is wrong with it. */
export function readFrame(marker: number, body: Uint8Array): FrameHeader | string {
  if (RARE_FRAMES.includes(marker)) return `frame type 0x${marker.toString(16)} is not for pictures in letters`;
  const count = body[5] ?? 0;
  if (count < 1 || count > 4 || body.length !== 6 + 3 * count) return 'frame header';
  if (body[0] !== 8) return `${body[0]} bits a sample`;
  const components: number[] = [];
  for (let i = 6; i < body.length; i += 3) {
    const [id = 0, sampling = 0, table = 0] = body.subarray(i, i + 3);
    const across = sampling >> 4;
    const down = sampling & 15;
    if (across < 1 || across > 4 || down < 1 || down > 4) return 'sampling factors';
    if (table > 3) return 'quantisation table of a component';
    components.push(id);
  }
  return { width: word(body, 3), height: word(body, 1), components };
}

/** What is wrong with a segment, or null. `components` are those of the frame header, empty before it. */
export function checkSegment(marker: number, body: Uint8Array, components: readonly number[]): string | null {
  switch (marker) {
    case SOS:
      return checkScan(body, components);
    case DHT:
      return checkHuffman(body);
    case DQT:
      return checkQuantisation(body);
    case DRI:
      return body.length === 2 ? null : 'restart interval';
    case DAC:
      return body.length % 2 === 0 ? null : 'arithmetic conditioning';
    default:
      // APPn, COM, DNL; the rest is reserved (table B.1) and stops decoders.
      return (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe || marker === 0xdc
        ? null
        : `reserved marker 0x${marker.toString(16)}`;
  }
}

/** B.2.3. */
function checkScan(body: Uint8Array, components: readonly number[]): string | null {
  const count = body[0] ?? 0;
  if (count < 1 || count > 4 || body.length !== 4 + 2 * count) return 'scan header';
  const named = new Set<number>();
  for (let i = 0; i < count; i++) {
    const id = body[1 + 2 * i] ?? 0;
    if (!components.includes(id) || (named.has(id) && components.indexOf(id) === components.lastIndexOf(id)))
      return 'a scan of an unknown component';
    named.add(id);
  }
  return null;
}

/** B.2.4.2: class and slot, sixteen counts, so many symbols; no more codes than fit. */
function checkHuffman(body: Uint8Array): string | null {
  let at = 0;
  while (at < body.length) {
    const slot = body[at] ?? 0;
    if (at + 17 > body.length || (slot & 0xef) > 3) return 'Huffman table';
    let symbols = 0;
    let free = 1;
    for (let i = 1; i <= 16; i++) {
      const codes = body[at + i] ?? 0;
      symbols += codes;
      free = free * 2 - codes;
      if (free < 0) return 'Huffman table with too many codes';
    }
    if (symbols > 256) return 'Huffman table with too many symbols';
    at += 17 + symbols;
  }
  return at === body.length ? null : 'Huffman table';
}

/** B.2.4.1: 64 elements of one or two bytes. */
function checkQuantisation(body: Uint8Array): string | null {
  let at = 0;
  while (at < body.length) {
    const slot = body[at] ?? 0;
    if (slot >> 4 > 1 || (slot & 15) > 3) return 'quantisation table';
    at += 1 + 64 * (1 + (slot >> 4));
  }
  return at === body.length ? null : 'quantisation table';
}

function word(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

// Compressed RTF (MS-OXRTFCP), the body that Outlook puts into winmail.dat. In: the property's bytes. Out: RTF bytes, as
// much as could be made of them, or null where they are none. The output is bounded whatever the header announces.

const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
const HEADER = 16;
const DICTIONARY = 4096;
/** Sixteen times the text that is kept: RTF spends most of itself on fonts and escapes. */
const OUTPUT_BYTES = 16 * 1024 * 1024;

/** What the dictionary starts with (MS-OXRTFCP §2.1.3.1.1). */
const START = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans Serif' +
    'SymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
);

/** Undoes the compression. Null where the header is none of the two that exist. Never throws. */
export function inflateRtf(data: Buffer): Buffer | null {
  if (data.length < HEADER) return null;
  const type = data.readUInt32LE(8);
  const size = Math.min(data.readUInt32LE(4), OUTPUT_BYTES);
  const input = data.subarray(HEADER);
  if (type === UNCOMPRESSED) return input.subarray(0, size);
  // A reference of two bytes gives at most seventeen: no input makes more than that, so nothing larger is set aside.
  return type === COMPRESSED ? inflate(input, Math.min(size, input.length * 9)) : null;
}

function inflate(input: Buffer, size: number): Buffer {
  const output = Buffer.alloc(size);
  const dictionary = Buffer.alloc(DICTIONARY);
  START.copy(dictionary);
  let write = START.length;
  let made = 0;
  let at = 0;
  const put = (byte: number): void => {
    dictionary[write] = byte;
    write = (write + 1) % DICTIONARY;
    output[made++] = byte;
  };
  while (at < input.length && made < size) {
    const control = input[at++] ?? 0;
    for (let bit = 0; bit < 8 && at < input.length && made < size; bit++) {
      if ((control & (1 << bit)) === 0) {
        put(input[at++] ?? 0);
        continue;
      }
      const reference = ((input[at] ?? 0) << 8) | (input[at + 1] ?? 0);
      at += 2;
      const from = reference >> 4;
      if (from === write) return output.subarray(0, made);
      for (let i = 0; i < (reference & 15) + 2 && made < size; i++) put(dictionary[(from + i) % DICTIONARY] ?? 0);
    }
  }
  return output.subarray(0, made);
}

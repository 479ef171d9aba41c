// The two layers of a TNEF stream (MS-OXTNEF §2.1, §2.2.3): attributes, and the MAPI properties inside two of them.
// In: bytes. Out: what can be read before the bytes end or stop making sense; nothing here throws. Checksums are not
// looked at: a damaged stream with readable attachments is worth more than none.

export const SIGNATURE = 0x223e9f78;

/** Attributes and properties that are read of one stream; Outlook writes about a hundred. */
const ENTRIES = 10_000;

export interface Attribute {
  readonly id: number;
  readonly data: Buffer;
}

/** One MAPI property (MS-OXCDATA §2.11): its values as bytes, the first one only where it has several. */
export interface Property {
  readonly id: number;
  readonly type: number;
  readonly data: Buffer;
}

export const TYPE = { string8: 0x1e, unicode: 0x1f, object: 0x0d, binary: 0x102 } as const;

const VARIABLE: readonly number[] = Object.values(TYPE);
/** Bytes of a fixed value, padding to four included. */
const FIXED: Readonly<Record<number, number>> = {
  1: 0,
  2: 4,
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 8,
  10: 4,
  11: 4,
  20: 8,
  64: 8,
  72: 16,
};
const MULTIPLE = 0x1000;

/** The attributes of a stream in their order; empty where the signature is another. */
export function attributesOf(stream: Buffer): Attribute[] {
  const attributes: Attribute[] = [];
  if (stream.length < 6 || stream.readUInt32LE(0) !== SIGNATURE) return attributes;
  let at = 6;
  while (at + 9 <= stream.length && attributes.length < ENTRIES) {
    const level = stream[at];
    if (level !== 1 && level !== 2) break;
    const id = stream.readUInt32LE(at + 1);
    const length = stream.readUInt32LE(at + 5);
    attributes.push({ id, data: stream.subarray(at + 9, at + 9 + length) });
    at += 9 + length + 2;
  }
  return attributes;
}

/** The properties of an attMsgProps or attAttachment attribute, up to the first that makes no sense. */
export function propertiesOf(data: Buffer): Property[] {
  const properties: Property[] = [];
  if (data.length < 4) return properties;
  const count = Math.min(data.readUInt32LE(0), ENTRIES);
  let at = 4;
  while (properties.length < count && at + 4 <= data.length) {
    const type = data.readUInt16LE(at);
    const id = data.readUInt16LE(at + 2);
    const valueAt = id >= 0x8000 ? afterName(data, at + 4) : at + 4;
    const value = valueAt === null ? null : firstValue(data, valueAt, type);
    if (value === null) break;
    properties.push({ id, type: type & ~MULTIPLE, data: value.first });
    at = value.end;
  }
  return properties;
}

const padded = (length: number): number => Math.ceil(length / 4) * 4;

/** Behind the GUID and the number or string that name a property of 0x8000 and above. */
function afterName(data: Buffer, at: number): number | null {
  if (at + 24 > data.length) return null;
  const length = data.readUInt32LE(at + 20);
  if (data.readUInt32LE(at + 16) === 0) return at + 24;
  return length > data.length ? null : at + 24 + padded(length);
}

function firstValue(data: Buffer, at: number, type: number): { first: Buffer; end: number } | null {
  const base = type & ~MULTIPLE;
  const isVariable = VARIABLE.includes(base);
  const size = FIXED[base];
  if (!isVariable && (size === undefined || (size === 0 && base !== type))) return null;
  let end = at;
  let values = 1;
  if (isVariable || base !== type) {
    if (end + 4 > data.length) return null;
    values = data.readUInt32LE(end);
    end += 4;
  }
  let first: Buffer = data.subarray(end, end);
  for (let i = 0; i < values && i < ENTRIES; i++) {
    let length = size ?? 0;
    if (isVariable) {
      if (end + 4 > data.length) return null;
      length = data.readUInt32LE(end);
      end += 4;
    }
    if (end > data.length) return null;
    if (i === 0) first = data.subarray(end, end + length);
    end += padded(length);
    // A property that the stream cuts short is the last one, and what is there of it is kept.
    if (end > data.length) return { first, end: data.length };
  }
  return { first, end };
}

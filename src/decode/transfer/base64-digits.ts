// The digits of base64 (RFC 2045 §6.8) one by one: what each byte is, and groups of four of them as three bytes.

const EQUALS = 61;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
/** What else a byte may be than a digit of base64, below zero. */
export const FOREIGN = -1;
export const BLANK = -2;
export const PADDING = -3;
export const LINE_END = -4;

const KIND = new Int8Array(256).fill(FOREIGN);
for (let value = 0; value < ALPHABET.length; value++) KIND[ALPHABET.charCodeAt(value)] = value;
for (const blank of ' \t\v\f') KIND[blank.charCodeAt(0)] = BLANK;
for (const end of '\r\n') KIND[end.charCodeAt(0)] = LINE_END;
KIND[EQUALS] = PADDING;

/** The value of a digit, or what the byte is instead. */
export const kindOf = (byte: number | undefined): number => KIND[byte ?? 0] ?? FOREIGN;

/** Digits in, bytes out; a padding ends what was encoded apart, and the next digit begins a group of its own. */
export interface Groups {
  readonly out: Buffer;
  length: number;
  bits: number;
  digits: number;
  padding: number;
  /** Digits and paddings up to now. */
  signs: number;
  /** A group has one digit, or a padding that its digits do not ask for with more data behind: bits are missing. */
  torn: boolean;
}

/** Ends the group under way. */
export function close(groups: Groups): void {
  const { digits, bits } = groups;
  if (digits === 1) groups.torn = true;
  if (digits === 2) groups.out[groups.length++] = bits >> 4;
  if (digits === 3) {
    groups.out[groups.length++] = bits >> 10;
    groups.out[groups.length++] = bits >> 2;
  }
  groups.bits = 0;
  groups.digits = 0;
}

/** Takes in the digits and paddings of a stretch, whatever stands between them. */
export function takeIn(groups: Groups, data: Buffer, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const kind = kindOf(data[at]);
    if (kind < 0 && kind !== PADDING) continue;
    groups.signs++;
    if (kind === PADDING) {
      groups.padding++;
      continue;
    }
    if (groups.padding > 0) {
      if ((groups.digits + groups.padding) % 4 !== 0) groups.torn = true;
      close(groups);
      groups.padding = 0;
    }
    groups.bits = (groups.bits << 6) | kind;
    if (++groups.digits < 4) continue;
    groups.out[groups.length++] = groups.bits >> 16;
    groups.out[groups.length++] = groups.bits >> 8;
    groups.out[groups.length++] = groups.bits;
    groups.bits = 0;
    groups.digits = 0;
  }
}

/** Nothing taken in yet. The bytes of base64 need three quarters of its room. */
export function noGroups(encoded: Buffer): Groups {
  const out = Buffer.allocUnsafe(Math.ceil((encoded.length * 3) / 4));
  return { out, length: 0, bits: 0, digits: 0, padding: 0, signs: 0, torn: false };
}

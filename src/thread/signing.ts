// What only this desk can have written: a keyed digest (HMAC, RFC 2104) in our Message-IDs and reply addresses.
// The first key signs; older ones are still believed until an admin takes them away. A lost key is an ordinary event:
// what it signed is then a claim like any other, and participants still reach their tickets by it.

import { createHmac, timingSafeEqual } from 'node:crypto';

export interface SigningKeys {
  /** Signs what is written now. */
  readonly current: string;
  /** Every key that is believed, the current one included. */
  readonly believed: readonly string[];
}

/** 80 bits: enough against guessing by mail, short enough for a local part. */
const MAC_BYTES = 10;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** What a digest is for, so that one of them never passes for the other. */
export type Purpose = 'message-id' | 'reply-address' | 'operator-address' | 'question-address' | 'rating';

function digest(key: string, purpose: Purpose, content: Uint8Array): Buffer {
  return createHmac('sha256', key).update(`${purpose}\0`).update(content).digest().subarray(0, MAC_BYTES);
}

/** The digest of `content` by the current key, 10 bytes. */
export function sign(keys: SigningKeys, purpose: Purpose, content: Uint8Array): Buffer {
  return digest(keys.current, purpose, content);
}

/** Whether one of our keys made this digest. Takes the same time whatever is wrong. */
export function isSigned(keys: SigningKeys, purpose: Purpose, content: Uint8Array, mac: Uint8Array): boolean {
  if (mac.byteLength !== MAC_BYTES) return false;
  return keys.believed.map((key) => timingSafeEqual(digest(key, purpose, content), mac)).includes(true);
}

/** RFC 4648 base32 in lower case without padding: it survives servers that fold the case of a local part. */
export function base32(bytes: Uint8Array): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) out += ALPHABET[(held >>> (bits - 5)) & 31];
    held &= 255;
  }
  return bits > 0 ? out + ALPHABET[(held << (5 - bits)) & 31] : out;
}

/** Reads base32 in any case; null where a character does not belong or bits are left over that are not 0. */
export function fromBase32(text: string): Buffer | null {
  const out: number[] = [];
  let bits = 0;
  let held = 0;
  for (const character of text.toLowerCase()) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((held >>> bits) & 255);
    }
  }
  return bits < 5 && (held & ((1 << bits) - 1)) === 0 ? Buffer.from(out) : null;
}

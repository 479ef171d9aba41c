// What a walk over the structure of a picture finds, and the cursor all walkers read with. A walker answers with a
// value for any bytes; it never throws and never reads past the end.

import type { Policy } from './policy.ts';
import { type Refusal, refuse } from './reasons.ts';

export type PictureType = 'jpg' | 'gif' | 'png' | 'bmp';

/** A picture that is whole: its size in pixels and the offset behind its last byte. */
export interface Whole {
  readonly ok: true;
  readonly type: PictureType;
  readonly width: number;
  readonly height: number;
  readonly end: number;
}

export type Walk = Whole | Refusal;

/** The limits a walker needs to know. */
export type Frame = Pick<Policy, 'pixels' | 'side' | 'frames'>;

/** A view for reading numbers; offsets are checked by the walkers before they read. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** True where `bytes` holds the characters of `text` (latin1) at `at`. */
export function holds(bytes: Uint8Array, at: number, text: string): boolean {
  if (at < 0 || at + text.length > bytes.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Null where the dimensions are ones a viewer can open, else why not. Takes pixels. */
export function measure(width: number, height: number, limits: Frame): Refusal | null {
  if (width < 1 || height < 1) return refuse('damaged', `${width}×${height} pixels`);
  if (width > limits.side || height > limits.side || width * height > limits.pixels)
    return refuse('too-many-pixels', `${width}×${height} pixels`);
  return null;
}

/** The bytes as a Buffer over the same memory, for its fast search. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

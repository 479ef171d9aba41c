// The headers of a RAR archive, generations 4 and 5 (RARLAB technote): bytes in; the entries as declared, or why the
// archive is not opened, out. A bounded look before the decompressor, which believes every number it reads, gets a byte.

import type { RarHeaders } from './rar-entry.ts';
import { readRar4 } from './rar4.ts';
import { readRar5 } from './rar5.ts';
import { type Refusal, refuse } from './reasons.ts';
import { holds } from './walk.ts';

/** Reads all headers. */
export function readRarHeaders(bytes: Uint8Array): RarHeaders | Refusal {
  if (holds(bytes, 0, 'Rar!\x1a\x07\x01\x00')) return readRar5(bytes);
  if (holds(bytes, 0, 'Rar!\x1a\x07\x00')) return readRar4(bytes);
  return refuse('damaged', 'no RAR signature');
}

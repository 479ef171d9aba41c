// One letter out of DATA (RFC 5321 §4.1.1.4). In: the stream behind the 354, dots unstuffed; out: the bytes as they came,
// or why there are none. The rest of a letter that is not taken is read and dropped: the reply stands behind its final dot.

import type { Readable } from 'node:stream';
import type { Budget } from './budget.ts';

/** What came. Bytes of a `letter` are still counted in the budget: who gets it gives them back. */
export type Received =
  | { readonly kind: 'letter'; readonly raw: Buffer }
  /** Over the size limit, whatever SIZE the sender stated (RFC 1870 §6.3). */
  | { readonly kind: 'too-large' }
  /** Too much is under way at the moment. */
  | { readonly kind: 'no-room' }
  /** The connection ended before the final dot: there is no letter, and nobody to answer. */
  | { readonly kind: 'cut-off' };

/** A sender may write byte by byte, and every piece costs more than its bytes: so many are put together at a time. */
const PIECES = 512;

/** Reads to the end of the letter, holding at most `letterBytes` of it. Never rejects. */
export async function receive(stream: Readable, letterBytes: number, budget: Budget): Promise<Received> {
  let blocks: Buffer[] = [];
  let pieces: Buffer[] = [];
  let held = 0;
  let refusal: Received | null = null;
  const drop = (why: Received): Received => {
    budget.give(held);
    held = 0;
    blocks = [];
    pieces = [];
    return why;
  };
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) {
      if (refusal !== null) continue;
      if (held + piece.byteLength > letterBytes) refusal = drop({ kind: 'too-large' });
      else if (!budget.take(piece.byteLength)) refusal = drop({ kind: 'no-room' });
      else {
        held += piece.byteLength;
        pieces.push(piece);
        if (pieces.length === PIECES) blocks.push(Buffer.concat(pieces.splice(0)));
      }
    }
  } catch {
    return drop({ kind: 'cut-off' });
  }
  return refusal ?? { kind: 'letter', raw: Buffer.concat([...blocks, ...pieces]) };
}

// Every byte of a letter that is text, decided together: pieces in, what each one reads as out.

import { type Decoded, decodeAs, decodePieces, type Piece } from './charset.ts';
import type { Readings } from './pieces.ts';

const UNREAD: Decoded = { text: '\ufffd', charset: 'utf-8', repaired: null };
/** Longer pieces are bodies, which stand nowhere twice. */
const NAME_BYTES = 500;

function overruled({ bytes }: Piece, charset: string): Decoded | null {
  try {
    return { text: decodeAs(bytes, charset), charset, repaired: null };
  } catch {
    return null;
  }
}

/** The pieces without repetitions, and for each piece its place among them: a name in several fields is one voice. */
function voices(all: readonly Piece[]): { readonly pieces: Piece[]; readonly places: readonly number[] } {
  const known = new Map<string, number>();
  const pieces: Piece[] = [];
  const places = all.map((piece) => {
    if (piece.bytes.length > NAME_BYTES) return pieces.push(piece) - 1;
    const { buffer, byteOffset, byteLength } = piece.bytes;
    const key = `${piece.declared}\n${Buffer.from(buffer, byteOffset, byteLength).toString('latin1')}`;
    const place = known.get(key) ?? pieces.push(piece) - 1;
    known.set(key, place);
    return place;
  });
  return { pieces, places };
}

/** Decodes the pieces of one letter; `charset` overrules everything where it is known, and is ignored where it is not. */
export function readingsOf(all: readonly Piece[], charset: string | undefined): Readings {
  const { pieces, places } = voices(all);
  const chosen = charset === undefined ? [] : pieces.flatMap((piece) => overruled(piece, charset) ?? []);
  const decoded = chosen.length === pieces.length ? chosen : decodePieces(pieces);
  return new Map(all.map((piece, index) => [piece, decoded[places[index] ?? -1] ?? UNREAD]));
}

// What PGP sets round a text that it signs (RFC 9580 §7): the lines above it and the signature below, which nobody wrote.

import { isBlank } from './mark.ts';

const BEGIN = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE = '-----BEGIN PGP SIGNATURE-----';
const END = '-----END PGP SIGNATURE-----';
/** `Hash: SHA256` and its like, up to a blank line. */
const MOST_HEADERS = 6;
const MOST_LINES = 100;

/** Behind the last line of such a piece that begins at this line; null where none begins. */
export function armourEnd(lines: readonly string[], at: number): number | null {
  const line = lines[at]!;
  if (!line.startsWith('-----BEGIN PGP')) return null;
  switch (line.trimEnd()) {
    case BEGIN: {
      const blank = lines.slice(at + 1, at + 1 + MOST_HEADERS).findIndex(isBlank);
      return blank < 0 ? null : at + 2 + blank;
    }
    case SIGNATURE: {
      const end = lines.slice(at, at + MOST_LINES).findIndex((one) => one.trimEnd() === END);
      return end < 0 ? null : at + end + 1;
    }
    default:
      return null;
  }
}

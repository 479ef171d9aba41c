// Run lengths of a BMP (Windows BITMAPINFOHEADER, RLE8 and RLE4; OS/2 2, RLE24): where the data lies in, the offset
// behind it out. Steps through the codes, so that short data cannot stand for a picture it does not hold.

export interface Grid {
  /** Bits a pixel. */
  readonly depth: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The offset behind the end-of-bitmap code, or the end of the file where the last rows are there but the code is not.
 * -1 where the codes leave the picture or stop before half of its rows, which is a header that lies.
 */
export function endOfRle(bytes: Uint8Array, from: number, grid: Grid): number {
  const unit = grid.depth === 24 ? 3 : 1;
  let row = 0;
  let at = from;
  while (at + 1 < bytes.length) {
    const count = bytes[at] ?? 0;
    const code = bytes[at + 1] ?? 0;
    at += 2;
    if (count > 0) {
      if (row >= grid.height) return -1;
      at += unit - 1;
    } else if (code === 0) row++;
    else if (code === 1) return at;
    else if (code === 2) {
      row += bytes[at + 1] ?? 0;
      at += 2;
    } else at += evenUp(grid.depth === 4 ? Math.ceil(code / 2) : code * unit);
    if (row > grid.height) return -1;
  }
  return row >= grid.height - 1 ? bytes.length : -1;
}

function evenUp(n: number): number {
  return n + (n & 1);
}

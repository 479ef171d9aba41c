// Run lengths of a BMP as pixels (Windows RLE8 and RLE4; OS/2 2, RLE24): data that bmp-rle.ts stepped through in; rows
// of RGB out, from the bottom up as they are stored. Pixels that the codes leave out have the first colour.

import type { Grid } from './bmp-rle.ts';

/** The rows of a compressed BMP; each is overwritten by the next. `palette` is RGB, three bytes a colour. */
export function* rleRows(bytes: Uint8Array, from: number, grid: Grid, palette: Uint8Array): Generator<Uint8Array> {
  const row = new Uint8Array(grid.width * 3);
  const background = palette.subarray(0, 3);
  const clear = () => {
    for (let x = 0; x < grid.width; x++) row.set(background, x * 3);
  };
  const colour = coloursOf(bytes, grid.depth, palette);
  const put = (at: number, i: number, x: number) => {
    if (x < grid.width) row.set(colour(at, i), x * 3);
  };
  let at = from;
  let x = 0;
  let y = 0;
  clear();
  while (y < grid.height && at + 1 < bytes.length) {
    const count = bytes[at] ?? 0;
    const code = bytes[at + 1] ?? 0;
    let down = 0;
    if (count > 0) {
      for (let i = 0; i < count; i++) put(at + 1, grid.depth === 4 ? i % 2 : 0, x++);
      at += grid.depth === 24 ? 4 : 2;
    } else if (code === END_OF_BITMAP) break;
    else if (code === END_OF_LINE) {
      x = 0;
      down = 1;
      at += 2;
    } else if (code === MOVE) {
      x += bytes[at + 2] ?? 0;
      down = bytes[at + 3] ?? 0;
      at += 4;
    } else {
      for (let i = 0; i < code; i++) put(at + 2, i, x++);
      const length = grid.depth === 24 ? code * 3 : Math.ceil((code * grid.depth) / 8);
      at += 2 + length + (length % 2);
    }
    for (; down > 0 && y < grid.height; down--, y++) {
      yield row;
      clear();
    }
  }
  for (; y < grid.height; y++) {
    yield row;
    clear();
  }
}

const END_OF_LINE = 0;
const END_OF_BITMAP = 1;
const MOVE = 2;

/** The colour of the `i`th pixel of the data at `at`. */
function coloursOf(bytes: Uint8Array, depth: number, palette: Uint8Array): (at: number, i: number) => Uint8Array {
  const named = (index: number) => palette.subarray(index * 3, index * 3 + 3);
  if (depth === 8) return (at, i) => named(bytes[at + i] ?? 0);
  if (depth === 4) return (at, i) => named(((bytes[at + (i >> 1)] ?? 0) >> (i % 2 === 0 ? 4 : 0)) & 15);
  return (at, i) => bytes.slice(at + i * 3, at + i * 3 + 3).reverse();
}

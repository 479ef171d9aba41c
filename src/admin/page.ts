// What the pages of all commands share: colours only where they show, moments of the desk's time zone, tables that fit the window.

import { styleText } from 'node:util';
import { cleanLine } from '../mail/clean.ts';
import { cut, indented, widthOf, windowWidth } from './width.ts';

const colours = () => process.stdout.isTTY === true && !process.env.NO_COLOR && process.env.TERM !== 'dumb';

export const dim = (text: string) => (colours() ? styleText('dim', text) : text);
export const bold = (text: string) => (colours() ? styleText('bold', text) : text);

/** A moment as people here write it, in the zone given. */
export function moment(at: number, timeZone: string): string {
  // Sweden writes dates as ISO 8601 does
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short', timeZone }).format(at);
}

/** The day of a moment, in the zone given. */
export const day = (at: number, timeZone: string) => moment(at, timeZone).slice(0, 10);

/** Bytes as people read them. */
export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  return n < 1024 * 1024 ? `${(n / 1024).toFixed(1)} kB` : `${(n / 1024 / 1024).toFixed(1)} MB`;
}

/** A number of things: `1 letter`, `2 letters`. */
export const counted = (n: number, thing: string): string => `${n} ${thing}${n === 1 ? '' : 's'}`;

/** A dim name and a text in a column of its own, which it keeps to when it is broken. Cleans the text. */
export function labelled(name: string, width: number, text: string): string {
  const [first = '', ...rest] = indented(cleanLine(text), ' '.repeat(width + 3)).split('\n');
  return [`  ${dim(name.padEnd(width))} ${first.trimStart()}`, ...rest].join('\n');
}

const GAP = '  ';
/** An elastic column keeps this much: where even that is too wide, the terminal breaks the line. */
const LEAST = 10;

/**
 * A table that fits the window. Takes heads, rows of text (cleaned here of what would move a terminal's cursor) and the numbers
 * of the elastic columns, which give way, the widest first, and are cut with an ellipsis; gives lines, each ended.
 */
export function table(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  ...elastic: readonly number[]
): string {
  const cells = rows.map((row) => row.map(cleanLine));
  const natural = heads.map((head, i) => Math.max(widthOf(head), ...cells.map((row) => widthOf(row[i] ?? ''))));
  const widths = narrowed(natural, elastic, windowWidth() - GAP.length * (heads.length - 1));
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, i) => padded(cell, widths[i] ?? 0))
      .join(GAP)
      .trimEnd();
  return `${[dim(lineOf(heads)), ...cells.map(lineOf)].join('\n')}\n`;
}

function padded(cell: string, width: number): string {
  const shown = cut(cell, width);
  return shown + ' '.repeat(width - widthOf(shown));
}

/** Takes a column from the widest elastic column until all fit into the room, or none can give more. */
function narrowed(natural: readonly number[], elastic: readonly number[], room: number): readonly number[] {
  const widths = [...natural];
  for (let over = widths.reduce((sum, width) => sum + width, 0) - room; over > 0; over--) {
    const widest = elastic.reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a), elastic[0] ?? 0);
    const width = widths[widest] ?? 0;
    if (width <= LEAST) break;
    widths[widest] = width - 1;
  }
  return widths;
}

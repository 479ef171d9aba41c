// Text for a terminal: values of letters are cleaned before they get here, widths fit the window, colours only where they show.

import { stripVTControlCharacters, styleText } from 'node:util';
import Table from 'cli-table3';
import { cleanLine } from '../mail/clean.ts';

const colours = () => process.stdout.isTTY === true && !process.env.NO_COLOR;

export const dim = (text: string) => (colours() ? styleText('dim', text) : text);
export const bold = (text: string) => (colours() ? styleText('bold', text) : text);

/** Width of the window in characters; where there is no terminal, lines are as long as they are. */
export const windowWidth = (): number => (process.stdout.isTTY ? process.stdout.columns || 80 : 10_000);

/** A moment as people here write it, local time. */
export function moment(at: number): string {
  const d = new Date(at);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}`;
}

/** Bytes as people read them. */
export function bytes(n: number): string {
  if (n < 1024) return `${n} B`;
  return n < 1024 * 1024 ? `${(n / 1024).toFixed(1)} kB` : `${(n / 1024 / 1024).toFixed(1)} MB`;
}

/**
 * A table that fits the window: the column named by `elastic` gives way and is cut with an ellipsis.
 * Takes heads and rows of text; gives lines.
 */
export function table(heads: readonly string[], rows: readonly (readonly string[])[], elastic: number): string {
  const cells = rows.map((row) => row.map((cell) => cleanLine(cell)));
  const widths = heads.map((head, i) =>
    Math.max(head.length, ...cells.map((row) => stripVTControlCharacters(row[i] ?? '').length)),
  );
  const others = widths.reduce((sum, width, i) => sum + (i === elastic ? 0 : width) + 2, 0);
  const room = Math.max(10, windowWidth() - others);
  const chars = Object.fromEntries(
    [
      'top',
      'top-mid',
      'top-left',
      'top-right',
      'bottom',
      'bottom-mid',
      'bottom-left',
      'bottom-right',
      'left',
      'left-mid',
      'mid',
      'mid-mid',
      'right',
      'right-mid',
    ].map((name) => [name, '']),
  );
  const made = new Table({
    head: heads.map((head) => dim(head)),
    chars: { ...chars, middle: '  ' },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  made.push(...cells.map((row) => row.map((cell, i) => (i === elastic ? cut(cell, room) : cell))));
  return `${made.toString().replace(/[ \t]+$/gm, '')}\n`;
}

const cut = (text: string, width: number) => (text.length <= width ? text : `${text.slice(0, width - 1)}…`);

/** Text moved in by two spaces. */
export const indented = (text: string) => text.replace(/^(?=.)/gm, '  ');

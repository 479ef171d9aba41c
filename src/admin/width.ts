// How wide text is on a terminal (East Asian characters and emoji take two columns), and how it is made to fit one.

import stringWidth from 'string-width';

/** Wider lines of running text are hard to read, however wide the window. */
const TEXT_WIDTH = 100;

/** Width of the window in columns; where there is none and COLUMNS says nothing, lines are as long as they are. */
export function windowWidth(): number {
  if (process.stdout.isTTY) return process.stdout.columns || 80;
  return Number(process.env.COLUMNS) || Number.POSITIVE_INFINITY;
}

/** Columns that a text takes; escape codes take none. */
export const widthOf = (text: string): number => stringWidth(text);

/** The beginning of a text that fits, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (widthOf(kept + segment) > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** Text with `by` before each line, broken between words, so that it stays behind it. */
export function indented(text: string, by = '  ', width = Math.min(windowWidth(), TEXT_WIDTH)): string {
  return text
    .split('\n')
    .flatMap((line) => wrapped(line, width - widthOf(by)))
    .map((line) => (line === '' ? '' : by + line))
    .join('\n');
}

/** One line as lines no wider than `width`; a word that is wider (an address, a path) keeps a line to itself. */
export function wrapped(line: string, width: number): readonly string[] {
  if (widthOf(line) <= width) return [line];
  const lines: string[] = [];
  let last = '';
  for (const word of line.split(/(?<=\S)(?= )/)) {
    if (last !== '' && widthOf(last + word) > width) {
      lines.push(last);
      last = word.trimStart();
    } else last += word;
  }
  return [...lines, last];
}

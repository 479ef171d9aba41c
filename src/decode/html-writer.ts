// Stretches of text and the breaks between them go in, lines come out: white space as a reader sees it, one blank
// line at most, quote marks before what is quoted, the cells of a table row on one line.

const QUOTE_LEVELS = 20;
const SPACES = /[ \t\r\n\f\u00a0]+/g;
const UNEVEN = /[\t\r\n\f\u00a0]| {2}/;
/** Also what newsletters fill their previews with: joiners, soft hyphens, marks without a width. */
const BLANK = /^(?:[\s\u00ad\u2060]|\u034f|\u200b|\u200c|\u200d)*$/;
/** The same behind the words of a preview that is not hidden; between letters they mean something (Persian, emoji). */
const FILLER = /\u034f|\u200b|\u200c|\u200d|\u00ad|\u2060/;
const FILLERS = /(^|[ \n])(?:(?:\u034f|\u200b|\u200c|\u200d|\u00ad|\u2060)+(?: |$))+/g;
const BLANK_IN_MARKUP = /^[ \t\r\n\f]*$/;

export interface LineWriter {
  /** Text with entities decoded; collapsed unless `keepSpace`. */
  text(value: string, keepSpace: boolean): void;
  /** Asks for a line of its own (1) or a blank line (2) before what comes. */
  break(room: 1 | 2): void;
  /** `<br>`: as many line ends as asked for, two at most. */
  lineBreak(): void;
  /** Stands at the line's end whatever breaks were asked for since: a link's address. */
  suffix(value: string): void;
  /** Stands before the next text of this line: the mark of a list item. */
  marker(value: string): void;
  row(): void;
  cell(): void;
  quote(step: 1 | -1): void;
  /** Characters written so far. */
  size(): number;
  toString(): string;
}

/** A writer of text lines. */
export function lineWriter(): LineWriter {
  const lines: string[] = [];
  let line = '';
  let lineQuotes = 0;
  let quotes = 0;
  let room = 0;
  let space = false;
  let mark = '';
  let nextCell = false;
  let rowStart = -1;
  let size = 0;
  let wasBlank = true;

  /** A blank line after a blank line, or before any text, says nothing. */
  const push = (text: string, depth: number): void => {
    const isBlank = text.trim() === '';
    if (isBlank && wasBlank) return;
    wasBlank = isBlank;
    lines.push(prefixed(text, depth));
    size += depth;
  };

  const endLine = (): void => {
    push(line, lineQuotes);
    line = '';
  };

  /** Makes the breaks real that were asked for, now that text follows. */
  const settle = (): void => {
    if (nextCell) {
      line += ' | ';
      nextCell = false;
    } else if (room > 0 && (line || lines.length > 0)) {
      endLine();
      if (room > 1) push('', Math.min(lineQuotes, quotes));
    } else if (space && line) line += ' ';
    room = 0;
    space = false;
    if (!line) {
      lineQuotes = quotes;
      line = mark;
      mark = '';
    }
    if (rowStart < 0) rowStart = lines.length;
  };

  const put = (value: string): void => {
    settle();
    line += value;
    size += value.length;
  };

  const lineBreak = (): void => {
    // A cell of two lines is a paragraph of the letter, no column any more.
    nextCell = false;
    room = Math.min(2, room + 1);
    space = false;
  };

  const collapsed = (value: string): void => {
    if (BLANK.test(value)) {
      // Word's <p>&nbsp;</p> is a blank line; the same between words is a space.
      if (room > 0 && !BLANK_IN_MARKUP.test(value)) lineBreak();
      else space = true;
      return;
    }
    const even = UNEVEN.test(value) ? value.replace(SPACES, ' ') : value;
    const words = FILLER.test(even) ? even.replace(FILLERS, '$1') : even;
    if (words[0] === ' ') space = true;
    put(words.trim());
    space = words.endsWith(' ');
  };

  const kept = (value: string): void => {
    const [first = '', ...rest] = value.replace(/\r\n?/g, '\n').replaceAll('\u00a0', ' ').split('\n');
    if (first) put(first);
    for (const next of rest) {
      lineBreak();
      if (next) put(next);
    }
  };

  return {
    text: (value, keepSpace) => {
      if (keepSpace) kept(value);
      else if (value) collapsed(value);
    },
    break: (wanted) => {
      if (nextCell) return;
      room = Math.max(room, wanted);
      space = false;
    },
    lineBreak,
    suffix: (value) => {
      line += value;
      size += value.length;
    },
    marker: (value) => {
      mark = value;
    },
    row: () => {
      rowStart = -1;
    },
    cell: () => {
      if (rowStart !== lines.length || !line) return;
      nextCell = true;
      room = 0;
    },
    quote: (step) => {
      quotes = Math.max(0, quotes + step);
    },
    size: () => size,
    toString: () => {
      if (line.trim()) endLine();
      return lines.join('\n').trimEnd();
    },
  };
}

function prefixed(line: string, quotes: number): string {
  // The separator of a signature (RFC 3676 §4.3) is told by its space.
  const text = line.trimEnd() === '--' ? '-- ' : line.trimEnd();
  if (quotes === 0) return text;
  const marks = '>'.repeat(Math.min(quotes, QUOTE_LEVELS));
  return text ? `${marks} ${text}` : marks;
}

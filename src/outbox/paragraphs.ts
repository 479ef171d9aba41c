// Text as an HTML template takes it: paragraphs of lines, a line in pieces, of which those that are links have an address.

/** A stretch of a line; `href` is empty where it is no link. */
export interface Piece {
  readonly text: string;
  readonly href: string;
}

/** Splits text at its empty lines. */
export function paragraphsOf(text: string): readonly (readonly (readonly Piece[])[])[] {
  return text
    .split(/\n(?:[^\S\n]*\n)+/)
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => paragraph.split('\n').map(piecesOf));
}

// the sign of a sentence behind a link is none of it
const LINK = /https?:\/\/[^\s<>"]{1,2000}[^\s<>".,;:!?)\]»]/giu;

function piecesOf(line: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { 0: href, index } of line.matchAll(LINK)) {
    if (index > at) pieces.push({ text: line.slice(at, index), href: '' });
    pieces.push({ text: href, href });
    at = index + href.length;
  }
  if (at < line.length) pieces.push({ text: line.slice(at), href: '' });
  return pieces;
}

// RFC 3676: a text/plain part with format=flowed goes in, the text its writer saw comes out:
// soft line breaks joined, space-stuffing undone, every quoted line with its depth as `>` marks.

/**
 * Undoes format=flowed. Takes text with `\n` line ends and the DelSp parameter (§4.5: the space before a soft break
 * was added by the mailer and goes); gives text with `\n` line ends. Never throws.
 */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open: { readonly depth: number; readonly pieces: string[] } | null = null;
  for (const raw of text.split('\n')) {
    const { depth, content } = unquote(raw);
    const isSeparator = content === '-- ';
    // §4.3: the signature separator is never flowed; §4.5: a paragraph ends where the depth changes.
    if (open && (isSeparator || open.depth !== depth)) open = close(out, open);
    const flows = !isSeparator && content.endsWith(' ');
    const piece = flows && delSp ? content.slice(0, -1) : content;
    if (open) open.pieces.push(piece);
    else open = { depth, pieces: [piece] };
    if (!flows) open = close(out, open);
  }
  if (open) close(out, open);
  return out.join('\n');
}

/** Counts the quote marks (§4.5) and takes the stuffed space off (§4.4). */
function unquote(line: string): { depth: number; content: string } {
  let depth = 0;
  while (line[depth] === '>') depth++;
  const stuffed = line[depth] === ' ';
  return { depth, content: line.slice(stuffed ? depth + 1 : depth) };
}

function close(out: string[], paragraph: { readonly depth: number; readonly pieces: readonly string[] }): null {
  const content = paragraph.pieces.join('');
  const marks = '>'.repeat(paragraph.depth);
  out.push(marks && content ? `${marks} ${content}` : marks + content);
  return null;
}

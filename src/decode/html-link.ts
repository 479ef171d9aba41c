// A link's address and the text a reader sees of it go in; what must be added so that the address is there once, comes out.

const WORTH_SAYING = /^(?:https?|ftp|mailto|tel):/i;

/** ` (address)`, or `` where the text already says it or the address is none for a reader (`#top`, `cid:`, scripts). */
export function linkSuffix(href: string, text: string): string {
  const url = href.replace(/\s+/g, '');
  if (!WORTH_SAYING.test(url)) return '';
  const shown = url.replace(/^(?:mailto|tel):/i, '');
  const bare = essence(shown);
  if (!bare || essence(text).includes(bare)) return '';
  return text.trim() ? ` (${shown})` : shown;
}

/** The part of an address that people write: without scheme, `www.`, a last slash, percent signs. */
function essence(address: string): string {
  return readable(address)
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/https?:\/\/(?:www\.)?/, '')
    .replace(/\/$/, '');
}

function readable(address: string): string {
  try {
    return decodeURI(address);
  } catch {
    // A stray percent sign.
    return address;
  }
}

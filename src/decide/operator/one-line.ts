// A text so short that a letter about it can show it on one line.

/** At most `most` characters of a text on one line. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > most ? `${line.slice(0, most).trimEnd()}…`.toWellFormed() : line;
}

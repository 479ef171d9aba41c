// A mail client may quote what it answers below the answer without any mark (Outlook without an attribution, HTML whose frame
// was lost). What stands there is known: it is what a customer wrote on the ticket, and it is taken off by comparing with that.

import { coverSecrets } from '../../desk/secrets.ts';
import { canonical } from '../../mail/canonical.ts';
import { type Conversation, isByDesk } from './standing.ts';

/** Characters that nobody repeats at the end of his answer by chance. */
const CERTAIN = 40;
/** As many are a quote below a line that says whose they are. */
const NAMED = 4;
/** Such a line is no longer: a display name of ours has 60 characters. */
const LINE_CHARS = 400;
/** A client that quotes letter below letter quotes few of them without a mark. */
const MOST_LETTERS = 20;

/** The text without whole letters of customers at its end, and the lines that say whose they are. */
export function withoutUnmarkedQuote(text: string, { said, people }: Conversation, desk: string): string {
  const customers = said.filter((one) => !isByDesk(one));
  const written = customers.flatMap(({ text: words, quoted }) => [`${words}\n${quoted}`, words]);
  const names = [...customers.map(({ authorName }) => authorName), ...people.map(({ name }) => name)].map(plain);
  const addresses = [...people.map(({ address }) => address), desk, `${desk.slice(0, desk.lastIndexOf('@'))}+`]
    .filter((address) => address.length > 1)
    .map(plain);
  const says = (line: string): boolean => isAttribution(line, names, addresses);
  let left = text;
  for (let letters = 0; letters < MOST_LETTERS; letters++) {
    const from = quoteAt(left, written, says);
    if (from === null) break;
    left = withoutAttribution(left.slice(0, from), says);
  }
  return left;
}

const plain = (text: string): string => canonical(text).text;

/** Where the longest letter begins that the text ends with; null where it ends with none. */
function quoteAt(text: string, written: readonly string[], says: (line: string) => boolean): number | null {
  const read = canonical(text);
  const begins = written.flatMap((words) => {
    const chars = charsAtEnd(read.text, words);
    if (chars < NAMED) return [];
    const above = aboveLine(text.slice(0, read.from[read.text.length - chars]));
    return above !== null && (chars >= CERTAIN || says(lastLine(above))) ? [above.length] : [];
  });
  return begins.length > 0 ? Math.min(...begins) : null;
}

/** Without marks of lists and quotes at the beginning of a line, and the backslash of a line like a command; null in its middle. */
function aboveLine(text: string): string | null {
  let end = text.length;
  while (end > 0 && /[\s\p{Cf}>|*\\•·–—-]/u.test(text[end - 1]!)) end--;
  return end === 0 || text.indexOf('\n', end) >= 0 ? text.slice(0, end) : null;
}

/** How much of the end of a letter is compared before all of it. */
const LOOK_CHARS = 200;

/** How many characters of the plain text are this letter, at its end, with its passwords or covered; 0 where none are. */
function charsAtEnd(read: string, words: string): number {
  const ends = words.trimEnd().slice(-10 * LOOK_CHARS);
  for (const shown of [(part: string) => part, (part: string) => coverSecrets(part).text]) {
    if (!read.endsWith(plain(shown(ends).slice(-LOOK_CHARS)))) continue;
    const whole = plain(shown(words));
    if (whole !== '' && read.endsWith(whole)) return whole.length;
  }
  return 0;
}

const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

/** Without the line that says whose words follow; with the one above it, where a client broke it before the address. */
function withoutAttribution(text: string, says: (line: string) => boolean): string {
  const lines = text.trimEnd().split('\n');
  const last = lines.at(-1)!;
  if (!says(last)) return lines.join('\n');
  const wrapped = /^\s*[<[(]/.test(last) && (lines.at(-2) ?? '').trim() !== '';
  return lines
    .slice(0, wrapped ? -2 : -1)
    .join('\n')
    .trimEnd();
}

/** Whether a line says whose words follow: by an address, or by a name before a colon. A greeting by name is none. */
function isAttribution(line: string, names: readonly string[], addresses: readonly string[]): boolean {
  if (line.trim() === '' || line.length > LINE_CHARS) return false;
  const text = plain(line);
  const isNamed = /[:：]$/.test(text) && names.some((name) => name.length > 2 && text.includes(name));
  return isNamed || addresses.some((address) => text.includes(address));
}

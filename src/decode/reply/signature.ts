// Which lines at the end of somebody's words are a signature: by the separator (RFC 3676 §4.3), or by a Russian
// sign-off with contact data under it. A signature is short and asks nothing; what is not surely one stays.

import { isBlank } from './mark.ts';

const MOST_LINES = 15;
const MOST_CHARS = 120;
const SIGN_OFF = /^(?:-{1,2}\s?)?(?:с уважением|с наилучшими пожеланиями|всего (?:доброго|наилучшего))(?:[,.!]|$| и )/i;
const CONTACT =
  /(?:\+?\d[\s()-]{0,2}){7}|[^\s@]@[^\s@]|(?:^|\s)(?:тел|моб|факс|skype|telegram|whatsapp|phone|tel|e-mail)\b|(?:https?:\/\/|www\.)/iu;

/** Where the signature begins in `lines[from, to)`, `to` where there is none. */
export function signatureStart(lines: readonly string[], from: number, to: number): number {
  for (let at = Math.max(from, to - 2 * MOST_LINES); at < to; at++) {
    const line = lines[at] ?? '';
    if (isSeparator(line) && isModest(lines, at + 1, to)) return at;
    if (SIGN_OFF.test(line.trim()) && signsOff(lines, at, to)) return at;
  }
  return to;
}

function isSeparator(line: string): boolean {
  return line === '-- ' || line.trimEnd() === '--' || line.trim() === '—';
}

/** Sign-off, a name, and a way to reach it. */
function signsOff(lines: readonly string[], at: number, to: number): boolean {
  const block = lines.slice(at, to).filter((line) => !isBlank(line));
  return (
    block.length >= 3 &&
    block.length <= 10 &&
    isModest(lines, at, to) &&
    block.slice(1).some((line) => CONTACT.test(line))
  );
}

function isModest(lines: readonly string[], from: number, to: number): boolean {
  const block = lines.slice(from, to).filter((line) => !isBlank(line));
  return block.length <= MOST_LINES && block.every((line) => line.length <= MOST_CHARS && !line.includes('?'));
}

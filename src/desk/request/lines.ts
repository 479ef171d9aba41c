// The lines of a letter in which facts are looked for: the writer's own words, without what he quotes and what he signs with.

import { LIMITS } from '../../mail/limits.ts';

const QUOTED = /^\s*[>|]/;
const SIGN_OFF =
  /^\s*(?:-{2,3}\s*$|—\s*$|(?:с уважением|с наилучшими|с ув\.|всего доброго|всего наилучшего|best regards|kind regards|regards|sincerely|отправлено (?:из|с)|sent from)(?![\p{L}\p{N}]))/iu;
const MOST_LINES = 400;

/** Takes the new part of a letter's text; gives clipped lines, at most 400. */
export function ownLines(text: string): readonly string[] {
  const lines = text
    .slice(0, 100_000)
    .split('\n', MOST_LINES)
    .map((line) => line.slice(0, LIMITS.lineChars));
  // whoever signs off and then goes on writing has done so in a postscript
  const end = lines.findIndex((line, at) => at > 0 && SIGN_OFF.test(line));
  return (end < 0 ? lines : lines.slice(0, end)).filter((line) => !QUOTED.test(line));
}

// What a rule of this folder answers about a line of a letter: where the writer's words end and a mailer's begin.

/**
 * - `attribution`: «… пишет:» before what is quoted. `names` says that it gives a date and an address, as mailers do when
 *   they quote without `>`; without that it counts only with quoted lines behind it.
 * - `history`: all below is the earlier letter.
 * - `forwarded`: all below is another letter that the writer passes on, and wants read.
 */
export type Mark =
  | { readonly kind: 'attribution'; readonly length: number; readonly names: boolean }
  | { readonly kind: 'history' | 'forwarded'; readonly length: number };

/** Looks at line `at` and a few below it; null where nothing begins. Lines are clipped, so the look is bounded. */
export type MarkRule = (lines: readonly string[], at: number) => Mark | null;

/** True for a line quoted by `>` (RFC 3676 §4.5), also behind one space as some mailers wrap it. */
export function isQuoted(line: string): boolean {
  return line[0] === '>' || (line[0] === ' ' && line[1] === '>');
}

export function isBlank(line: string): boolean {
  // Asked of every line several times; nearly every line begins with a letter or a sign, and none below U+1680 is blank.
  const first = line.charCodeAt(0);
  return !(first > 32 && first < 0x1680 && first !== 0xa0) && line.trim() === '';
}

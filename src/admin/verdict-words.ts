// A verdict as an admin reads it, the same in every command: what became of the file, by which code, and what was found.

interface Judged {
  readonly verdict: string | null;
  readonly reason: string | null;
  readonly detail: string | null;
}

/**
 * `accepted`, `accepted (holds shot.bmp 80×45)`, `rejected: archive-content (setup.exe)`, `unchecked: scanner-away`; a
 * verdict that is missing says so too.
 */
export function verdictWords({ verdict, reason, detail }: Judged): string {
  const why = [reason, detail === null ? null : `(${detail})`].filter((words) => words !== null).join(' ');
  if (why === '') return verdict ?? 'not checked';
  return `${verdict ?? 'not checked'}${reason === null ? ' ' : ': '}${why}`;
}

/** A picture that is of a letter's looks, and stays behind where the letter is sent on. */
export const isLeftOut = ({ inlined, verdict }: Pick<Judged, 'verdict'> & { readonly inlined: number }): boolean =>
  inlined === 1 && verdict === 'accepted';

// Whether more letters are set aside than usual: a rule or a server that marks everything hides a whole desk. In: counts of
// the last day and of the time before it; out: whether people should look. Pure.

/** Letters that came to an end, and how many of them were set aside. */
export interface Share {
  readonly letters: number;
  readonly aside: number;
}

/** Fewer in a day are looked through in the morning's digest. */
const SURGE_LETTERS = 10;
/** So many times the usual share is no chance. */
const SURGE_TIMES = 3;

/** Whether the day stands out. A desk without a past has no usual share: there every tenth letter is worth a look. */
export function isSurge(day: Share, before: Share): boolean {
  if (day.aside < SURGE_LETTERS) return false;
  // multiplied out, for three times a fraction is not always what it should be
  return day.aside * before.letters >= SURGE_TIMES * before.aside * day.letters;
}

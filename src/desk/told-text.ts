// How much of a letter's words one letter to an operator holds. What is longer would be slow to compose, cut by mail programs
// (Gmail at 102 KB) and refused by servers; the rest comes along as a file.

export const TOLD = Object.freeze({ characters: 60_000, lines: 1_500 });

export interface Told {
  /** The beginning of the text, whole lines where it has any. */
  readonly shown: string;
  /** Whether something of it is not shown. */
  readonly cut: boolean;
}

/** The beginning of a text, within `TOLD` and `room` characters of it. */
export function cutToTell(text: string, room: number = TOLD.characters): Told {
  const most = Math.min(room, TOLD.characters);
  let end = 0;
  for (let lines = 0; lines < TOLD.lines; lines++) {
    const next = text.indexOf('\n', end);
    if (next < 0 && text.length <= most) return { shown: text, cut: false };
    if (next < 0 || next >= most) break;
    end = next + 1;
  }
  if (end === text.length) return { shown: text, cut: false };
  if (end > 0) return { shown: text.slice(0, end), cut: true };
  // one line without an end is cut in the middle, but never between the halves of a character
  const whole = /[\uD800-\uDBFF]$/.test(text.slice(0, most)) ? most - 1 : most;
  return { shown: text.slice(0, whole), cut: true };
}

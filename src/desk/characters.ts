// Classes of characters by Unicode, for texts that are looked at letter by letter: a pattern with such a class takes ten times
// as long as a look into a table.

/**
 * Makes a question of a pattern that tells of one character: whether the one that a text has at a place is of its class. Either
 * half of a character outside of the first plane stands for the whole of it.
 */
export function characterClass(pattern: RegExp): (text: string, at: number) => boolean {
  /** By code unit: 1 is of the class, 2 is not, 0 was not asked about yet. */
  const known = new Uint8Array(0x1_0000);
  return (text, at) => {
    const unit = text.charCodeAt(at);
    if (isSurrogate(unit)) return pattern.test(String.fromCodePoint(pointAt(text, at)));
    if (known[unit] === 0) known[unit] = pattern.test(String.fromCharCode(unit)) ? 1 : 2;
    return known[unit] === 1;
  };
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

function pointAt(text: string, at: number): number {
  const before = at > 0 ? text.codePointAt(at - 1)! : 0;
  return before > 0xffff ? before : text.codePointAt(at)!;
}

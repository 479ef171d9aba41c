// The number of a ticket on the line of a command, with what people write around it.

const AROUND = /^(?:с|со|в|и|к|id|ид|no|with|into|to|and|ticket|тикет\p{L}*|обращени\p{L}*|номер\p{L}*|number)$/iu;

/** The digits of the one number on a line. */
export function numberIn(argument: string): readonly [string] | null {
  const plain = argument.normalize('NFKC');
  const numbers = plain.match(/\d{2,15}/g) ?? [];
  // what else stands there was meant for somebody
  const others = plain.replace(/\d{2,15}/, '').match(/\p{L}+/gu) ?? [];
  return numbers.length === 1 && others.every((word) => AROUND.test(word)) ? [numbers[0]!] : null;
}

// Ticket numbers: a sequence number goes in, the same digits with a check digit behind them come out, and back.
// The table is the totally anti-symmetric quasigroup of order 10 of H. M. Damm's thesis (2004, Marburg): it finds every
// single wrong digit and every pair of swapped neighbours.

const QUASIGROUP = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
] as const;

// Fifteen digits are always a safe integer; no desk comes near it.
const NUMBER = /^[1-9][0-9]{1,14}$/;

/** What the table leads to from these digits; 0 where the last one is the right check digit of the others. */
function interim(digits: string): number {
  let state = 0;
  for (const digit of digits) state = Number(QUASIGROUP[state]?.[Number(digit)]);
  return state;
}

/** The check digit of a sequence number, 0–9. Takes a positive safe integer, else throws RangeError. */
export function checkDigit(sequence: number): number {
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`not a sequence number: ${sequence}`);
  return interim(String(sequence));
}

/** The number a person reads: 1042 gives `10429`. */
export function ticketNumber(sequence: number): string {
  return `${sequence}${checkDigit(sequence)}`;
}

/** The sequence number behind a ticket number in ASCII digits; null where the digits are no ticket number. */
export function sequenceOf(number: string): number | null {
  return NUMBER.test(number) && interim(number) === 0 ? Number(number.slice(0, -1)) : null;
}

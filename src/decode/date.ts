// The Date field (RFC 5322 §3.3, §4.3): text in, epoch milliseconds out. Reads two-digit years, missing seconds, named
// zones and comments; what is no date is null.

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Hours from UTC; letters of the military alphabet and unknown names count as UTC (RFC 5322 §4.3). */
const ZONES: Readonly<Record<string, number>> = {
  est: -5,
  edt: -4,
  cst: -6,
  cdt: -5,
  mst: -7,
  mdt: -6,
  pst: -8,
  pdt: -7,
  msk: 3,
  msd: 4,
};
const DATE =
  /(\d{1,2})[ -]+([a-z]{3})[a-z]*\.?[ -]+(\d{2,4})[, ]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?(?: *([+-]\d{4})| *([a-z]{1,5}))?/i;

function offsetMinutes(numeric: string | undefined, name: string | undefined): number {
  if (numeric === undefined) return (ZONES[name?.toLowerCase() ?? ''] ?? 0) * 60;
  const minutes = Number(numeric.slice(1, 3)) * 60 + Number(numeric.slice(3, 5));
  return numeric.startsWith('-') ? -minutes : minutes;
}

function fullYear(written: string): number {
  const year = Number(written);
  if (written.length >= 4) return year;
  return written.length === 3 || year >= 50 ? 1900 + year : 2000 + year;
}

/** Takes the field's value; null where it names no instant between 1970 and 2200. */
export function readDate(value: string): number | null {
  const found = DATE.exec(value.slice(0, 200).replace(/\s+/g, ' '));
  if (found === null) return null;
  const [, day = '', month = '', year = '', hour = '', minute = '', second = '0', numeric, name] = found;
  const at = MONTHS.indexOf(month.toLowerCase());
  if (at < 0 || Number(hour) > 24 || Number(minute) > 59 || Number(second) > 60 || Number(day) > 31) return null;
  const local = Date.UTC(fullYear(year), at, Number(day), Number(hour), Number(minute), Number(second));
  const instant = local - offsetMinutes(numeric, name) * 60_000;
  return instant >= 0 && instant < Date.UTC(2200, 0, 1) ? instant : null;
}

// The transfer encodings as their texts define them (RFC 2045 §6.7, §6.8, POSIX uuencode), written for nothing but to be
// read: slow, and without any opinion on broken data. In: encoded bytes; out: what they stand for, or null where they
// break a rule, so that a decoder has to say so.

type Plain = (encoded: Buffer) => Buffer | null;

/** Whole bytes of the bits of digits, six each. */
function bytesOf(values: readonly number[]): Buffer {
  const bits = values.flatMap((value) => [32, 16, 8, 4, 2, 1].map((bit) => (value & bit) !== 0));
  const bytes = Buffer.alloc(Math.floor(bits.length / 8));
  for (let i = 0; i < bytes.length * 8; i++) if (bits[i]) bytes[i >> 3] = (bytes[i >> 3] ?? 0) | (128 >> (i & 7));
  return bytes;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Digits, with blanks and line ends anywhere; a padding ends what was encoded apart. */
export const plainBase64: Plain = (encoded) => {
  const text = encoded.toString('latin1').replace(/[ \t\v\f\r\n]/g, '');
  if (/[^A-Za-z0-9+/=]/.test(text)) return null;
  const groups = text.match(/[^=]+=*/g) ?? [];
  const isTorn = groups.some((group, i) => {
    const digits = group.replace(/=/g, '').length;
    return digits % 4 === 1 || (i < groups.length - 1 && group.length % 4 !== 0);
  });
  if (isTorn) return null;
  return Buffer.concat(
    groups.map((group) => bytesOf(Array.from(group.replace(/=/g, ''), (digit) => DIGITS.indexOf(digit)))),
  );
};

/** Two digits behind a `=` are a byte, a line end behind it (with the blanks of a relay) is nothing. */
export const plainQuotedPrintable: Plain = (encoded) => {
  const text = encoded.toString('latin1');
  let isBroken = /(?:^|[^= \t])[ \t]+(?:\r|\n)/.test(text);
  const decoded = text.replace(
    /=(?:([0-9A-Fa-f]{2})|[ \t]*(?:\r+\n|\r|\n|$)|)/g,
    (whole, digits: string | undefined, at) => {
      if (digits !== undefined) return String.fromCharCode(Number.parseInt(digits, 16));
      if (whole !== '=' || at + 1 === text.length) return '';
      isBroken = true;
      return '=';
    },
  );
  return isBroken ? null : Buffer.from(decoded, 'latin1');
};

/** Lines that say how many bytes they hold, from `begin` to `end`; no more than a checksum behind the data of a line. */
export const plainUuencode: Plain = (encoded) => {
  const lines = encoded.toString('latin1').split(/\r\n|\r|\n/);
  const begin = lines.findIndex((line) => /^begin [0-7]{3,6} ./.test(line));
  const end = lines.findIndex((line, i) => i > begin && /^end\s*$/.test(line));
  if (begin < 0 || end < 0) return null;
  const parts: Buffer[] = [];
  for (const line of lines.slice(begin + 1, end)) {
    const values = Array.from(line, (char) => char.charCodeAt(0));
    if (values.some((code) => code < 32 || code > 96)) return null;
    const [length = 0, ...rest] = values.map((code) => (code - 32) & 63);
    const most = Math.ceil(length / 3) * 4;
    if (rest.length < (length * 4) / 3 || (length > 0 && line.trimEnd().length - 1 > most + 1)) return null;
    parts.push(bytesOf([...rest, 0, 0, 0]).subarray(0, length));
  }
  return Buffer.concat(parts);
};

// The one door through which decoded header values and file names pass: C0 and C1 controls, line breaks, NUL and
// bidirectional overrides end here, so nothing behind it can be made to forge a header, a log line or a name.

/** Lines and texts that surely need no cleaning; rare scripts and all that is beyond the BMP take the long way. */
const USUAL_LINE = /^[ -~\u00a0-\u0600\u2010-\u2027]*$/;
const USUAL_TEXT = /^[\t\n -~\u00a0-\u0600\u2010-\u2027]*$/;
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g;
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const INVISIBLE = /[\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/gu;

/**
 * One line of text from outside, fit to be stored, compared, logged and sent.
 * Takes a decoded header value; gives it with runs of controls as one space, without invisible marks, trimmed.
 */
export function cleanLine(value: string): string {
  if (USUAL_LINE.test(value)) return value.trim();
  return value.toWellFormed().replace(CONTROLS, ' ').replace(BIDI, '').replace(INVISIBLE, '').trim();
}

/** Mail programs show no more of a name, and whoever chooses a longer one wants it wrapped over lines of somebody's answer. */
const NAME_CHARS = 60;

/** The display name of somebody outside: one clean line of at most 60 characters, quotation marks round it taken off. */
export function cleanName(value: string): string {
  const name = cleanLine(value).replace(/^(['"])(.*)\1$/, '$2');
  if (name.length <= NAME_CHARS) return name;
  const characters = [...name];
  return characters.length <= NAME_CHARS
    ? name
    : `${characters
        .slice(0, NAME_CHARS - 1)
        .join('')
        .trimEnd()}…`;
}

/**
 * Text of several lines from outside: line breaks become `\n`, tabs stay, every other control and every
 * bidirectional override is dropped.
 */
export function cleanText(value: string): string {
  // One look spares nearly every text four passes over it.
  const unbroken = value.replaceAll('\r\n', '\n');
  if (USUAL_TEXT.test(unbroken)) return unbroken;
  return value
    .toWellFormed()
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]+/g, '')
    .replace(BIDI, '');
}

// Text as it can be searched for something that must not be in it: mail clients wrap, quote, encode and decorate an address,
// and every one of these spellings is brought back to the plain characters. Each plain character knows where it stood.

export interface Canonical {
  /** Lower case, NFKC; without blanks, invisible characters, quote marks at the beginning of lines and marks of bold type. */
  readonly text: string;
  /** For each character of `text` where it begins and ends in the original. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** What of the spelling is undone besides. */
export interface Spelling {
  /** `%40` as in the address of a link, `=40` as of quoted-printable that nobody decoded. */
  readonly encoded?: 'percent' | 'quoted-printable';
  /** Tags of HTML are passed over. */
  readonly tags?: true;
  /** So are the initials of the writer before a quoted line: `IP> text` (The Bat!). */
  readonly initials?: true;
}

/** What stands for nothing is passed over, as a blank is. */
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ commat: '@', plus: '+', amp: '&', period: '.', lowbar: '_', hyphen: '-', dash: '-' }),
  ...Object.entries({ equals: '=', colon: ':', sol: '/', lt: '<', gt: '>' }),
  ...['nbsp', 'shy', 'zwnj', 'zwj', 'zerowidthspace'].map((name) => [name, ''] as const),
]);

/** An entity of an entity (`&amp;#64;`) is what a client makes that escapes twice; `%2540` likewise. */
const ENTITY = '&(?:amp;)*(?:#\\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,14});?';
/** What a client sets before a quoted line. */
const LINE_START = '(?:\\r\\n?|\\n)[\\s>|]*';
const INITIALS = '(?:\\r\\n?|\\n) {0,2}\\p{L}{1,12}>[\\s>|]*';
const BLANK = '[\\s\\p{Cf}\\\\*]+';
const PERCENT = '%(?:25)*[0-9a-f]{2}';
/** Only signs are encoded there; upper case, as the grammar wants it, for `=fedor` is no octet. */
const QUOTED = '=(?:3D)*(?:2[0BDE]|3[ACDE]|40|5F)|=\\r?\\n';
const TAG = '<(?:/?[a-z][^<>]{0,2000}|!--[^<>]{0,2000})>';

const ENCODED = { percent: PERCENT, 'quoted-printable': QUOTED } as const;

const units = new Map<string, RegExp>();

/** The expression for a spelling, made once. */
function unitsOf({ encoded, tags, initials }: Spelling): RegExp {
  const key = `${encoded} ${tags} ${initials}`;
  const known = units.get(key);
  if (known) return known;
  const quoted = initials ? [INITIALS, LINE_START] : [LINE_START];
  const written = [...(tags ? [TAG] : []), ...(encoded ? [ENCODED[encoded]] : [])];
  const made = new RegExp([...quoted, BLANK, ENTITY, ...written].join('|'), 'giu');
  units.set(key, made);
  return made;
}

/** Brings a text into the form that all its spellings share. Linear in its length. */
export function canonical(text: string, spelling: Spelling = {}): Canonical {
  const from: number[] = [];
  const to: number[] = [];
  const pieces: string[] = [];
  const put = (plain: string, start: number, end: number): void => {
    const lower = plain.toLowerCase();
    pieces.push(lower);
    for (let i = 0; i < lower.length; i++) {
      from.push(start);
      to.push(end);
    }
  };
  const stretch = (start: number, end: number): void => {
    for (let at = start; at < end; ) {
      const code = text.charCodeAt(at);
      const next = at + (code >= 0xd800 && code < 0xdc00 && at + 1 < end ? 2 : 1);
      const character = text.slice(at, next);
      put(code < 128 ? character : character.normalize('NFKC').replace(/\s/g, ''), at, next);
      at = next;
    }
  };
  let at = 0;
  for (const match of text.matchAll(unitsOf(spelling))) {
    stretch(at, match.index);
    at = match.index + match[0].length;
    const plain = meantBy(match[0]);
    if (plain === null) stretch(match.index, at);
    else put(plain, match.index, at);
  }
  stretch(at, text.length);
  return { text: pieces.join(''), from, to };
}

/** What a unit stands for: nothing, for blanks and tags; null where it is only what it looks like. */
function meantBy(unit: string): string | null {
  const sign = unit[0];
  if (sign === '&') {
    const name = unit.replace(/^&(?:amp;)*/i, '').replace(/;$/, '');
    if (name[0] !== '#') return ENTITIES.get(name.toLowerCase()) ?? null;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return visible(code);
  }
  if (sign === '%') return visible(Number.parseInt(unit.slice(-2), 16));
  if (sign === '=') {
    if (/[a-f]/.test(unit)) return null;
    return /\n$/.test(unit) ? '' : visible(Number.parseInt(unit.slice(-2), 16));
  }
  return '';
}

/** A character that is not to be passed over itself. */
function visible(code: number): string {
  if (!(code <= 0x10ffff)) return '';
  return String.fromCodePoint(code)
    .normalize('NFKC')
    .replace(/[\s\p{Cf}\p{Cc}]/gu, '');
}

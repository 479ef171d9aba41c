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
  /** `%40` as in the address of a link, and `=40` as of quoted-printable that nobody decoded. */
  readonly encoded?: true;
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

const units = new Map<string, RegExp>();

/** The expression for a spelling, made once. */
function unitsOf({ encoded, tags, initials }: Spelling): RegExp {
  const key = `${encoded} ${tags} ${initials}`;
  const known = units.get(key);
  if (known) return known;
  const quoted = initials ? [INITIALS, LINE_START] : [LINE_START];
  const written = [...(tags ? [TAG] : []), ...(encoded ? [PERCENT, QUOTED] : [])];
  const made = new RegExp([...quoted, BLANK, ENTITY, ...written].join('|'), 'giu');
  units.set(key, made);
  return made;
}

/** Brings a text into the form that all its spellings share. Linear in its length, and never much longer than it. */
export function canonical(text: string, spelling: Spelling = {}): Canonical {
  const from: number[] = [];
  const to: number[] = [];
  let plain = '';
  const put = (characters: string, start: number, end: number): void => {
    plain += characters;
    for (let i = 0; i < characters.length; i++) {
      from.push(start);
      to.push(end);
    }
  };
  const putAsItIs = (run: string, start: number): void => {
    plain += run.toLowerCase();
    for (let at = start; at < start + run.length; at++) {
      from.push(at);
      to.push(at + 1);
    }
  };
  const stretch = (start: number, end: number): void => {
    for (const { 0: run, index } of text.slice(start, end).matchAll(RUNS)) {
      let at = start + index;
      if (isSimple(run)) putAsItIs(run, at);
      else
        for (const character of run) {
          put(simplest(character), at, at + character.length);
          at += character.length;
        }
    }
  };
  let at = 0;
  for (const match of text.matchAll(unitsOf(spelling))) {
    stretch(at, match.index);
    at = match.index + match[0].length;
    const meant = known(match[0], meanings, meantBy);
    if (meant === null) stretch(match.index, at);
    else put(meant, match.index, at);
  }
  stretch(at, text.length);
  return { text: plain, from, to };
}

/** Characters of which most texts are made, and runs of others that are looked at together. */
const RUNS = /[\0-\x7f\u0400-\u045f]+|[^\0-\x7f\u0400-\u045f]{1,64}/gu;
const SIMPLE = /^[\0-\x7f\u0400-\u045f]/;

/** Whether a run is what it looks like, and its lower case as long. */
const isSimple = (run: string): boolean =>
  SIMPLE.test(run) ||
  (!/[\s\ud800-\udfff]/.test(run) && run.normalize('NFKC') === run && run.toLowerCase().length === run.length);

const simple = new Map<string, string>();
const meanings = new Map<string, string | null>();

/**
 * Lower case by NFKC, where that is one character or letters of ASCII (`＠`, `㏂`). Others come apart into up to eighteen, of
 * which no address is made, and a text of them would be that much more work.
 */
function simplestOf(character: string): string {
  const plain = character.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  return plain.length <= 1 || /^[\0-\x7f]*$/.test(plain) ? plain : character.toLowerCase();
}

const simplest = (character: string): string => known(character, simple, simplestOf);

/** What was found out before about a character or a unit; there are fewer characters that NFKC changes. */
const MOST_KNOWN = 20_000;
const MOST_CHARS = 40;

function known<T>(key: string, before: Map<string, T>, find: (key: string) => T): T {
  const found = before.get(key);
  if (found !== undefined) return found;
  const made = find(key);
  if (before.size < MOST_KNOWN && key.length <= MOST_CHARS) before.set(key, made);
  return made;
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
  return simplest(String.fromCodePoint(code)).replace(/[\s\p{Cf}\p{Cc}]/gu, '');
}

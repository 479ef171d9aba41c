// How unlikely bytes are as text in a single-byte charset. In: bytes and a canonical charset; out: a cost in nats (minus
// the logarithm of a probability), comparable between charsets for the same bytes. No RFC: a model of how people write.
// Russian, Ukrainian and Belarusian are known by letter pairs, Latin, Greek and other scripts only by their shape.

import { decodeAs } from './charset-names.ts';
import { LETTERS, PAIRS } from './charset-pairs.ts';

/** What a byte means to the model: letters of the pair table are 1.., the rest are negative kinds, 0 ends a word. */
const EDGE = 0;
const ASCII_LETTER = -1;
const LATIN = -2;
const OTHER_LETTER = -3;
/** Signs from here down end a word like EDGE does, but have a place of their own. */
const SIGN = -4;
const OPENING = -5;
const CLOSING = -6;
/** Frames and blocks, which stand beside each other and never at a letter. */
const FRAME = -7;

/** Costs in nats; the pair table's own are between 0 and 10. */
const COST = {
  /** Signs that letters are full of, and such as stand in a code page only. */
  commonSign: 3,
  /** A quotation mark that opens inside a word, a dash or a closing mark stuck to the word behind it. */
  misplacedSign: 9,
  /** Two signs side by side, quotation marks that do not close. */
  signPair: 2,
  unpaired: 8,
  fairSign: 5,
  rareSign: 8,
  boxDrawing: 10,
  foreignCyrillic: 14,
  control: 14,
  /** A capital after a small letter of the same word. */
  caseBreak: 10,
  capitalWord: 1.5,
  /** Most texts and lines begin with a capital. */
  smallAtStart: 1,
  capitals: 0.3,
  /** A Cyrillic letter that touches an ASCII one, as in `Wi-Fiя`. */
  mixedScripts: 5,
  /** A whole word in ASCII letters, where the text is said to be Russian. */
  asciiWord: 1,
  asciiWordsAtMost: 6,
  /** A word with small letters in a text that is all in capitals. */
  smallAmongCapitals: 5,
  latinInWord: 3.5,
  latinAlone: 7,
  latinPair: 3,
  otherLetter: 3.2,
};

interface ByteModel {
  readonly kind: Int8Array;
  readonly upper: Uint8Array;
  /** Cost of the byte itself, whatever stands beside it. */
  readonly own: Float32Array;
  readonly cyrillic: boolean;
}

const SIZE = LETTERS.length;
const PAIR_COSTS = Float32Array.from(PAIRS.join(''), (c) => (c.charCodeAt(0) - 48) / 4);
/** Most people write «е» for «ё», so that the texts of the table hardly know it; who writes it writes it in the same places. */
const DOTTED_NATS = 2.5;
for (let i = 0; i < SIZE; i++) {
  const plain = LETTERS.indexOf('е');
  const dotted = LETTERS.indexOf('ё');
  const cheaper = (pair: number, like: number, more: number) => {
    PAIR_COSTS[pair] = Math.min(PAIR_COSTS[pair] ?? 0, (PAIR_COSTS[like] ?? 0) + more);
  };
  cheaper(i * SIZE + dotted, i * SIZE + plain, DOTTED_NATS);
  cheaper(dotted * SIZE + i, plain * SIZE + i, 0);
}
const OPENING_SIGNS = '«„“‘‚';
const CLOSING_SIGNS = '»”’…\u00a0';
const COMMON_SIGNS = `${OPENING_SIGNS}${CLOSING_SIGNS}—–№•§©°€`;
const FAIR_SIGNS = '®™±·½¼¾²³¹£¥¢×¡¿';
const models = new Map<string, ByteModel>();

/** The model of a single-byte charset, made once. */
function modelOf(charset: string): ByteModel {
  const known = models.get(charset);
  if (known) return known;
  const kind = new Int8Array(256);
  const upper = new Uint8Array(256);
  const own = new Float32Array(256);
  let cyrillic = false;
  for (let byte = 0; byte < 256; byte++) {
    const char = byte < 128 ? String.fromCharCode(byte) : decodeAs(Uint8Array.of(byte), charset);
    const small = char.toLowerCase();
    kind[byte] = kindOf(small, byte);
    upper[byte] = small === char ? 0 : 1;
    own[byte] = byte < 128 ? 0 : ownCost(char, kind[byte] ?? EDGE);
    if ((kind[byte] ?? EDGE) > 0) cyrillic = true;
  }
  const model = { kind, upper, own, cyrillic };
  models.set(charset, model);
  return model;
}

function kindOf(small: string, byte: number): number {
  if (/^[a-z]$/.test(small)) return ASCII_LETTER;
  if (byte < 128) return EDGE;
  const place = LETTERS.indexOf(small);
  if (place > 0) return place;
  if (/^\p{Script=Latin}$/u.test(small)) return LATIN;
  if (/^[\p{L}\p{M}]$/u.test(small)) return OTHER_LETTER;
  if (/[\u2500-\u25ff]/.test(small)) return FRAME;
  return OPENING_SIGNS.includes(small) ? OPENING : CLOSING_SIGNS.includes(small) ? CLOSING : SIGN;
}

function ownCost(char: string, kind: number): number {
  if (kind === OTHER_LETTER) return /\p{Script=Cyrillic}/u.test(char) ? COST.foreignCyrillic : COST.otherLetter;
  if (kind > SIGN) return 0;
  if (COMMON_SIGNS.includes(char)) return COST.commonSign;
  if (FAIR_SIGNS.includes(char)) return COST.fairSign;
  if (/[\u0080-\u009f\ufffd]/.test(char)) return COST.control;
  return kind === FRAME ? COST.boxDrawing : COST.rareSign;
}

/** Whether any byte beyond ASCII is a letter in a single-byte charset. */
export function hasLetters(bytes: Uint8Array, charset: string): boolean {
  const { kind } = modelOf(charset);
  return bytes.some((byte) => byte > 127 && isLetter(kind[byte] ?? EDGE));
}

/** The cost of bytes as text in `charset`, nats. Takes single-byte charsets only; linear in the bytes. */
export function textCost(bytes: Uint8Array, charset: string): number {
  const { kind, upper, own, cyrillic } = modelOf(charset);
  let cost = 0;
  let asciiWords = 0;
  let quotes = 0;
  let before = EDGE;
  let capitals = 0;
  let small = 0;
  let atStart = true;
  let smallWords = 0;
  let capitalWords = 0;
  for (let i = 0; i <= bytes.length; i++) {
    const byte = bytes[i] ?? 32;
    const here = kind[byte] ?? EDGE;
    if (before > 0 && here > 0 && small > 0 && upper[byte] === 0) {
      // Nearly every letter of a text: small, behind a small one.
      cost += PAIR_COSTS[before * SIZE + here] ?? 0;
      before = here;
      continue;
    }
    if (before > 0 && here === EDGE) {
      // And a word's end, and a word's begin.
      cost += PAIR_COSTS[before * SIZE] ?? 0;
      if (small > 0) smallWords++;
      else if (capitals > 1) capitalWords++;
      capitals = 0;
      small = 0;
      atStart ||= byte === 10;
      before = EDGE;
      continue;
    }
    if (before === EDGE && here > 0) {
      cost += (PAIR_COSTS[here] ?? 0) + caseCost(upper[byte] === 1, 0, 0, atStart);
      if (upper[byte]) capitals = 1;
      else small = 1;
      atStart = false;
      before = here;
      continue;
    }
    cost += own[byte] ?? 0;
    if (before > 0 || here > 0) cost += pairCost(before, here);
    if (here <= SIGN || before <= SIGN) {
      cost += signCost(before, here, (bytes[i - 1] ?? 32) <= 32);
      if (here === OPENING) quotes++;
      else if (here === CLOSING) quotes = Math.max(0, quotes - 1);
    }
    if (here === LATIN) cost += cyrillic ? COST.rareSign : latinCost(before, kind[bytes[i + 1] ?? 32] ?? EDGE);
    if (isEdge(here)) {
      if (before === ASCII_LETTER && small + capitals > 1) asciiWords++;
      if (before > 0 && small > 0) smallWords++;
      else if (before > 0 && capitals > 1) capitalWords++;
      capitals = 0;
      small = 0;
      if (byte === 10) atStart = true;
    } else {
      if (here !== ASCII_LETTER) cost += caseCost(upper[byte] === 1, small, capitals, atStart);
      if (upper[byte]) capitals++;
      else small++;
      atStart = false;
    }
    before = here;
  }
  if (smallWords * 3 < capitalWords) cost += smallWords * COST.smallAmongCapitals;
  return cost + quotes * COST.unpaired + (cyrillic ? Math.min(asciiWords, COST.asciiWordsAtMost) * COST.asciiWord : 0);
}

const isLetter = (kind: number): boolean => kind > 0 || kind === LATIN || kind === OTHER_LETTER;
const isEdge = (kind: number): boolean => kind === EDGE || kind <= SIGN;

/** What a letter costs by its case, after so many small letters and capitals of the same word. */
function caseCost(isUpper: boolean, small: number, capitals: number, atStart: boolean): number {
  if (!isUpper) {
    if (small === 0 && capitals > 1) return COST.caseBreak / 2;
    return atStart ? COST.smallAtStart : 0;
  }
  if (small > 0) return COST.caseBreak;
  if (capitals > 0) return COST.capitals;
  return atStart ? 0 : COST.capitalWord;
}

/** What a sign costs by its neighbours: an opening one stands before a word, a closing one behind something. */
function signCost(before: number, here: number, afterSpace: boolean): number {
  if (before <= SIGN && here <= SIGN) return COST.signPair;
  const letterBefore = !isEdge(before);
  if (here === OPENING || here === FRAME) return letterBefore ? COST.misplacedSign : 0;
  if (here === CLOSING && afterSpace) return COST.misplacedSign;
  if (isEdge(here)) return before === OPENING ? COST.misplacedSign : 0;
  return before === OPENING ? 0 : COST.misplacedSign;
}

function pairCost(before: number, here: number): number {
  const first = before > 0 ? before : EDGE;
  const second = here > 0 ? here : EDGE;
  const mixed = !isEdge(before) && !isEdge(here) && (before < 0 || here < 0) ? COST.mixedScripts : 0;
  return (PAIR_COSTS[first * SIZE + second] ?? 0) + mixed;
}

function latinCost(before: number, after: number): number {
  const alone = before !== ASCII_LETTER && after !== ASCII_LETTER;
  return (alone ? COST.latinAlone : COST.latinInWord) + (before === LATIN ? COST.latinPair : 0);
}

// How likely each single-byte charset is for a text of a letter (nats against it, the least is the best): its letters, the
// label as a witness, and the letter's other texts as witnesses. In: bytes and labels; out: costs by charset.

import { isMultiByte, isSingleByte } from './charset-certain.ts';
import { decodeAs } from './charset-names.ts';
import { hasLetters, textCost } from './charset-score.ts';
import { nextForeign } from './charset-unicode.ts';

export type Costs = ReadonlyMap<string, number>;

/** How much a charset must be made up for by the text, nats: what the mail of a Russian desk is written in. */
const PRIORS: Readonly<Record<string, number>> = {
  'windows-1251': 0,
  'koi8-r': 0.5,
  'koi8-u': 1,
  ibm866: 1.5,
  'iso-8859-5': 1.5,
  'x-mac-cyrillic': 2,
  'windows-1252': 3,
};
/** What a text without any label may be in. */
const CANDIDATES = [...Object.keys(PRIORS), 'gb18030'];
/** A label is a witness; labels other than these are hardly ever put on Russian letters by mistake. */
const LABEL_NATS = 5;
const RARE_LABEL_NATS = 15;
/** Two or three letters, like «ЧП», prove nothing against their label. */
const FEW_LETTERS = 3;
/** But a letter with a sign stuck to it, like «…Ю», is a letter of another set. */
const STUCK_SIGN = /\p{L}[^\p{L}\p{M}\s\0-\x7f»”’…°]|[^\p{L}\p{M}\s\0-\x7f«„“‘№§—–]\p{L}/u;
/** What all other texts of the letter together may add, and one of them. */
const EVIDENCE_NATS = 10;
const WITNESS_NATS = 7;
/** The label on a text in ASCII tells what the mailer of this letter is set to. */
const ASCII_LABEL_NATS = 4;
/** As many bytes from the first foreign one on decide. */
const SAMPLE = 512;
/** So many letters at so little cost each are Russian beyond doubt; only the label's closest relative could be meant. */
const ENOUGH_LETTERS = 24;
const RUSSIAN_NATS = 4.4;
/** What speaks for Western money beside a number, more than all other texts of a letter can say against it. */
const MONEY_NATS = 15;
/** Runs of accents like «äöüß» cost more a letter in Cyrillic than any word does; a Latin label is not overruled by them. */
const WORD_NATS = 5.2;
const NO_WORD_NATS = 5;
/** Charsets that share most of their Russian letters: all but «я» and the capitals; the capitals; all. */
const RELATIVES: Readonly<Record<string, string>> = {
  'windows-1251': 'x-mac-cyrillic',
  'x-mac-cyrillic': 'windows-1251',
  ibm866: 'x-mac-cyrillic',
  'koi8-r': 'koi8-u',
  'koi8-u': 'koi8-r',
};

/** A character of a multi-byte set costs as much as two letters and a bit; a rare one more. */
const WIDE_CHARACTER = 7;
const RARE_WIDE_CHARACTER = 12;
/** Chinese without any label, to a desk that is Russian. */
const UNLABELLED_CHINESE = 20;

const LATIN = /^(us-ascii|iso-8859-1|iso-8859-15|windows-1252)$/;
/** Labels of programs that know no charset but their own, and put it on everything. */
export const isLatinLabel = (label: string | null): boolean => label !== null && LATIN.test(label);

/** A piece of a letter that its letters must decide, or one whose decided charset is evidence for the others. */
export interface Ranked {
  readonly bytes: Buffer;
  /** Canonical label, null for none or an unknown one. */
  readonly label: string | null;
  /** The charset, where it is certain. */
  readonly certain: string | null;
  readonly costs: Costs;
}

export const NO_COSTS: Costs = new Map();

/**
 * What the text costs in each charset, its prior and its label counted in. `vouched` says that a longer text of the letter
 * proved the label: then few letters at Russian prices are enough to ask no other charset but its relative.
 */
export function costsOf(bytes: Buffer, declared: string | null, vouched: boolean): Costs {
  const sample = sampleOf(bytes);
  const letters = foreignCount(sample);
  const label = declared !== null && isImpossible(sample, declared) ? null : declared;
  const isFew = letters <= FEW_LETTERS && (label === null || !STUCK_SIGN.test(decodeAs(sample, label)));
  const trust = isFew ? LABEL_NATS * 3 : label === 'x-mac-cyrillic' ? LABEL_NATS * 2 : LABEL_NATS;
  const isRare = label !== null && !(label in PRIORS) && !LATIN.test(label) && isSingleByte(label);
  const saysLatin = isRare || isNamed('windows-1252', label);
  const isMoney = label === null && isAllMoney(decodeAs(sample, 'windows-1252'));
  const costs = new Map<string, number>();
  const weigh = (charset: string): number => {
    const cost = textCost(sample, charset === 'windows-1252' && isNamed(charset, label) ? (label ?? charset) : charset);
    // A letter of a Western text that would be a mere sign elsewhere contradicts nothing.
    if (saysLatin && charset !== 'windows-1252' && !hasLetters(sample, charset)) return Infinity;
    const isNoWord = saysLatin && charset !== 'windows-1252' && cost > letters * WORD_NATS;
    // One accented letter alone is a word in many languages, several without any other letter are in none.
    const belief = charset === 'windows-1252' && letters > 1 ? LABEL_NATS : trust;
    const doubt = isNoWord ? letters * NO_WORD_NATS : isMoney && charset !== 'windows-1252' ? MONEY_NATS : 0;
    costs.set(charset, cost + doubt + (PRIORS[charset] ?? 0) - (isNamed(charset, label) ? belief : 0));
    return cost;
  };
  const relative = label === null ? undefined : RELATIVES[label];
  const enough = vouched || letters >= ENOUGH_LETTERS;
  if (label !== null && relative && enough && weigh(label) < letters * RUSSIAN_NATS) {
    weigh(relative);
    return costs;
  }
  for (const charset of Object.keys(PRIORS)) if (!isRare || charset !== 'windows-1252') weigh(charset);
  if (isRare) costs.set(label, textCost(sample, label) - RARE_LABEL_NATS);
  if (label === null) costs.set('gb18030', wideCost(sample, 'gb18030') + UNLABELLED_CHINESE);
  return costs;
}

/** Whether the text was so plainly Russian under its label that only a relative was asked, and lost. */
export function isPlain({ costs, label }: Ranked): boolean {
  return label !== null && costs.size === 2 && bestOf(costs) === label;
}

/** Whether a text has bytes that its label has no character for, where the label is one that is put on anything. */
function isImpossible(sample: Buffer, label: string): boolean {
  return (label in PRIORS || LATIN.test(label)) && /[\u0080-\u009f\ufffd]/.test(decodeAs(sample, label));
}

/** Whether the only foreign characters are signs of money at a number: no letter of another set would stand there. */
function isAllMoney(text: string): boolean {
  return /[€£¥]/.test(text) && !/[^\0-\x7f]/.test(text.replace(/[€£¥](?= ?\d)|(?<=\d ?)[€£¥]/g, ''));
}

/** Whether a label stands for a charset. KOI8-U under the name of KOI8-R is one charset but for eight letters. */
function isNamed(charset: string, label: string | null): boolean {
  if (label === null) return false;
  if (charset === 'windows-1252') return label !== 'us-ascii' && LATIN.test(label);
  return charset === label || (/^koi8-/.test(charset) && /^koi8-[ru]$/.test(label));
}

/** The part of a text that decides: from just before its first foreign byte on. */
function sampleOf(bytes: Buffer): Buffer {
  const start = Math.max(0, nextForeign(bytes, 0) - 32);
  return bytes.subarray(start, start + SAMPLE);
}

/** Cost of bytes in a multi-byte set; infinite where a character of it is broken. */
function wideCost(sample: Buffer, charset: string): number {
  const text = decodeAs(sample, charset);
  const end = sample.length === SAMPLE ? text.length - 1 : text.length;
  let cost = 0;
  for (let i = 0; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) return Infinity;
    if (code > 127) cost += isEverydayWide(code) ? WIDE_CHARACTER : RARE_WIDE_CHARACTER;
  }
  return cost;
}

/** Kana, ideographs, Hangul and their punctuation. */
function isEverydayWide(code: number): boolean {
  return (
    (code >= 0x3000 && code < 0x3100) ||
    (code >= 0x4e00 && code < 0xa000) ||
    (code >= 0xac00 && code < 0xd7a4) ||
    code >= 0xff00
  );
}

function foreignCount(sample: Buffer): number {
  let count = 0;
  for (let i = 0; i < sample.length; i++) if ((sample[i] ?? 0) > 127) count++;
  return count;
}

/**
 * Labels that this letter's own texts prove false: more of what stands under them contradicts them than not. A program
 * that puts its own charset on everything does so with the short texts too, which contradict nothing.
 */
export function falseLabels(pieces: readonly Ranked[]): ReadonlySet<string> {
  const balance = new Map<string, number>();
  for (const piece of pieces) {
    if (piece.label === null || piece.costs.size === 0) continue;
    const letters = foreignCount(sampleOf(piece.bytes));
    balance.set(piece.label, (balance.get(piece.label) ?? 0) + (contradicts(piece) ? -letters : letters));
  }
  return new Set(Array.from(balance).flatMap(([label, letters]) => (letters < 0 ? [label] : [])));
}

/** Whether a text contradicts its label, all by itself. */
export function contradicts({ costs, label }: Ranked): boolean {
  const best = bestOf(costs);
  return best !== label && !isNamed(best, label);
}

/**
 * The charsets beside the Russian and the Western European ones that the letter's certain texts are in: a file name
 * without a label in a letter labelled GB2312 is Chinese.
 */
export function companyOf(pieces: readonly Ranked[]): ReadonlySet<string> {
  const company = new Set<string>();
  for (const { certain, label, costs } of pieces) {
    const charset = certain ?? (label !== null && bestOf(costs) === label ? label : null);
    if (charset === null || charset in PRIORS || isLatinLabel(charset)) continue;
    if (isMultiByte(charset) || isSingleByte(charset)) company.add(charset);
  }
  return company;
}

/** The piece's costs with those of the company it is in, where its own label says nothing. */
export function inCompany(piece: Ranked, company: ReadonlySet<string>): Costs {
  if (company.size === 0 || (piece.label !== null && !isLatinLabel(piece.label))) return piece.costs;
  const sample = sampleOf(piece.bytes);
  const costs = new Map(piece.costs);
  for (const charset of company) {
    costs.set(charset, (isMultiByte(charset) ? wideCost(sample, charset) : textCost(sample, charset)) - WITNESS_NATS);
  }
  return costs;
}

/** What a piece says about the charset of the letter's other pieces: nats against each, 0 for its own. */
export function witnessOf(piece: Ranked): Costs {
  const { costs, certain, label } = piece;
  if (certain === null) {
    const least = Math.min(...CANDIDATES.map((charset) => costs.get(charset) ?? Infinity));
    const against = (charset: string): number => Math.min(WITNESS_NATS, (costs.get(charset) ?? Infinity) - least);
    return new Map(CANDIDATES.map((charset) => [charset, against(charset)]));
  }
  // A certain text says nothing beside its label, which counts only where no byte of the text could contradict it.
  if (certain !== label || !(label in PRIORS)) return NO_COSTS;
  return new Map(CANDIDATES.map((charset) => [charset, charset === label ? 0 : ASCII_LABEL_NATS]));
}

/** The charset with the least cost once all witnesses but the piece itself are heard. */
export function bestOf(costs: Costs, all: Costs = NO_COSTS, own: Costs = NO_COSTS): string {
  let best = 'windows-1251';
  let least = Infinity;
  for (const [charset, cost] of costs) {
    const evidence = (all.get(charset) ?? 0) - (own.get(charset) ?? 0);
    const total = cost + Math.min(EVIDENCE_NATS, evidence);
    if (total >= least) continue;
    least = total;
    best = charset;
  }
  return best;
}

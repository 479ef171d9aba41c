// The lines of a letter in, which of them are folded away out: history, signatures, quotes that nobody answers between.

import { armourEnd } from './armour.ts';
import { type Block, isIntroduced, layoutOf } from './blocks.ts';
import { isFooter } from './footer.ts';
import { isBlank, type MarkRule } from './mark.ts';
import { signatureStart } from './signature.ts';

const RULE = /^(?:[-_=*~+#—─ ]{3,}|ᐧ)$/;
const GREETING =
  /^(?:здравствуй|добрый|доброе|доброго|приветств|привет|уважаем|hello|hi|hey|dear|good (?:day|morning|afternoon|evening))/i;
const FAREWELL =
  /^(?:с уважением|с наилучшими|всего доброго|всего наилучшего|спасибо|благодарю|(?:best |kind |warm )?regards|best wishes|thanks|thank you|cheers|sincerely|yours)/i;
const FAREWELL_LINES = 5;
const LINE_CHARS = 80;

/** Answers for every line whether it is folded. `marks` tell where history begins, `answers` whether there may be any. */
export function foldOf(lines: readonly string[], marks: readonly MarkRule[], answers: boolean): readonly boolean[] {
  const folded = new Array<boolean>(lines.length).fill(false);
  const { blocks, end, rest } = layoutOf(lines, marks);
  const fold = (from: number, to: number): void => {
    let past = to;
    while (past < lines.length && isBlank(lines[past]!)) past++;
    folded.fill(true, from, past);
  };
  if (rest === 'history') fold(end, lines.length);
  const said = blocks.filter((block) => !endsFolded(lines, block, fold));
  const answered = rest === 'stays' ? said : withoutLast(lines, said, answers, fold);
  const pieces = rest === 'stays' || said.filter((block) => block.kind === 'quote').length > 1;
  foldAnswered(lines, answered, pieces, fold);
  foldFootersWithin(lines, folded, fold);
  for (const at of lines.keys()) {
    const end = armourEnd(lines, at);
    if (end !== null) fold(at, end);
  }
  return folded;
}

/** Folds what stands under the writer's words by itself; true where that was all of the block. */
function endsFolded(lines: readonly string[], block: Block, fold: (from: number, to: number) => void): boolean {
  if (block.kind === 'quote') return false;
  const start = ownEnd(lines, block);
  if (start < block.to) fold(start, block.to);
  return start === block.from;
}

/** A mailer that writes a text on each side of a picture sets its line under both: the one within is the one at the end. */
function foldFootersWithin(
  lines: readonly string[],
  folded: readonly boolean[],
  fold: (from: number, to: number) => void,
): void {
  const footers = new Set<string>();
  for (const [at, line] of lines.entries()) if (folded[at] && isFooter(line)) footers.add(line.trim());
  if (footers.size === 0) return;
  for (const [at, line] of lines.entries()) {
    const alone = isBlank(lines[at - 1] ?? '') && isBlank(lines[at + 1] ?? '');
    if (folded[at] || !alone || !footers.has(line.trim())) continue;
    // of the blank lines around it one is left
    let from = at;
    while (from > 1 && isBlank(lines[from - 1]!) && isBlank(lines[from - 2]!)) from--;
    fold(from, at + 1);
  }
}

/** Where a block of words ends that somebody typed for this letter: a signature or a footer follows. */
export function ownEnd(lines: readonly string[], { from, to }: Block): number {
  return footersStart(lines, from, signatureStart(lines, from, footersStart(lines, from, to)));
}

function footersStart(lines: readonly string[], from: number, to: number): number {
  let start = to;
  for (let at = to - 1; at >= from; at--) {
    const line = lines[at]!.trim();
    if (isFooter(line) || RULE.test(line)) start = at;
    else if (line) break;
  }
  return start;
}

/** Folds the quote that ends the letter, unless it is the writer's own or he leads up to it; gives the blocks before it. */
function withoutLast(
  lines: readonly string[],
  said: readonly Block[],
  answers: boolean,
  fold: (from: number, to: number) => void,
): readonly Block[] {
  const last = said.at(-1);
  if (last?.kind !== 'quote') return said;
  if (last.attributed || (answers && !isIntroduced(lines, last.from))) {
    fold(last.from, last.to);
    return said.slice(0, -1);
  }
  return said;
}

/** Folds a quote that is answered below it as a whole; of quotes that are answered piece by piece only who wrote them. */
function foldAnswered(
  lines: readonly string[],
  said: readonly Block[],
  inPieces: boolean,
  fold: (from: number, to: number) => void,
): void {
  const quotes = said.filter((block) => block.kind === 'quote');
  const only = quotes.length === 1 ? quotes[0]! : null;
  const place = only ? said.indexOf(only) : -1;
  if (only?.attributed && !inPieces && isWhole(lines, said[place - 1], said[place + 1])) fold(only.from, only.to);
  else for (const block of quotes) if (block.attribution) fold(block.from, block.from + block.attribution);
}

/** True for a quote with nothing but a greeting above it, or nothing but a farewell below. */
function isWhole(lines: readonly string[], above: Block | undefined, below: Block | undefined): boolean {
  if (!above || (shorterThan(lines, above, 3) && GREETING.test(lines[above.from]!.trim()))) return true;
  return !!below && shorterThan(lines, below, FAREWELL_LINES) && FAREWELL.test(lines[below.from]!.trim());
}

function shorterThan(lines: readonly string[], block: Block, most: number): boolean {
  const said = lines.slice(block.from, block.to).filter((line) => !isBlank(line));
  return said.length < most && said.every((line) => line.length <= LINE_CHARS);
}

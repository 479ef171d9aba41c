// Attachments to verdicts: the parts of one letter and the policy in, one verdict a part out, in order (regulation:
// JPG, GIF, PNG; BMP only in ZIP or RAR). Content is judged in worker threads; what takes too long is left unchecked.

import { createHash } from 'node:crypto';
import { cleanLine } from '../mail/clean.ts';
import type { Part } from '../mail/message.ts';
import { type Scan, scan } from './clamd.ts';
import { cp866, settleNames } from './entry-name.ts';
import { shownName } from './filename.ts';
import { type Answer, isMailPart } from './part.ts';
import type { Policy, Scanner } from './policy.ts';
import { openPool, type Pool } from './pool.ts';
import type { Reason } from './reasons.ts';
import type { Verdict } from './verdict.ts';

/** Reads names without a declared charset, as archivers on Windows write them. */
export type Names = (bytes: Uint8Array) => string;

/** A picture in the text that is no larger than the logos of signatures are. */
const LOGO = { bytes: 64 * 1024, side: 400 };

export interface Judge {
  /** One verdict a part, in order. Never rejects. `names` sees undeclared names of archive entries, one a line. */
  judge(parts: readonly Part[], policy: Policy, names?: Names): Promise<readonly Verdict[]>;
  /** Ends the worker threads. */
  close(): Promise<void>;
}

/** A judge with worker threads of its own; none is started before the first letter with attachments. */
export function openJudge(pool: Pool = openPool()): Judge {
  return { judge: (parts, policy, names = cp866) => judgeAll(pool, parts, policy, names), close: () => pool.close() };
}

let shared: Judge | null = null;

/** Judges with the process's own worker threads. */
export function judge(parts: readonly Part[], policy: Policy, names?: Names): Promise<readonly Verdict[]> {
  shared ??= openJudge();
  return shared.judge(parts, policy, names);
}

/** Ends the process's own worker threads; a later letter starts new ones. */
export async function close(): Promise<void> {
  const open = shared;
  shared = null;
  await open?.close();
}

/** What the letter has used up before a part. */
interface Spent {
  files: number;
  bytes: number;
  ms: number;
  /** The scanner let its time pass on an earlier file: twenty waits for one letter would hold up those behind it. */
  silent: boolean;
}

async function judgeAll(pool: Pool, parts: readonly Part[], policy: Policy, names: Names): Promise<readonly Verdict[]> {
  const spent: Spent = { files: 0, bytes: 0, ms: 0, silent: false };
  const verdicts: Verdict[] = [];
  for (const part of parts) verdicts.push(await judgeOne(pool, part, policy, names, spent));
  return verdicts;
}

async function judgeOne(pool: Pool, part: Part, policy: Policy, names: Names, spent: Spent): Promise<Verdict> {
  const over = overLimit(part, policy, spent);
  if (over) return unopened(part, 'rejected', over);
  const ms = Math.min(policy.fileMs, policy.letterMs - spent.ms);
  // timers count whole milliseconds, and may go off a part of one too early: what is left then is nothing
  if (ms < 1) return unopened(part, 'unchecked', 'could-not-be-checked');
  const { filename, contentType, bytes } = part;
  const { answer, ms: took } = await pool.ask({ filename, contentType, bytes, policy }, ms);
  spent.ms += took;
  if (!answer) return unopened(part, 'unchecked', 'could-not-be-checked');
  return scanned(verdictOf(part, answer, names), bytes, policy.scanner, spent);
}

/** The virus scanner has the last word on what would be accepted. */
async function scanned(verdict: Verdict, bytes: Uint8Array, scanner: Scanner | null, spent: Spent): Promise<Verdict> {
  if (verdict.verdict !== 'accepted' || scanner === null) return verdict;
  const found = await scanUnlessSilent(bytes, scanner, spent);
  switch (found.kind) {
    case 'clean':
      return verdict;
    case 'found':
      return { ...verdict, verdict: 'rejected', reason: 'virus', detail: cleanLine(found.name), inside: [] };
    case 'away': {
      const detail = cleanLine(`not scanned: ${found.detail}`);
      return scanner.away === 'accept'
        ? { ...verdict, detail }
        : { ...verdict, verdict: 'unchecked', reason: 'scanner-away', detail, inside: [] };
    }
    default:
      return found satisfies never;
  }
}

async function scanUnlessSilent(bytes: Uint8Array, scanner: Scanner, spent: Spent): Promise<Scan> {
  if (spent.silent) return { kind: 'away', detail: 'no answer about an earlier file' };
  const begun = performance.now();
  const found = await scan(bytes, scanner);
  spent.silent = found.kind === 'away' && performance.now() - begun >= scanner.timeoutMs;
  return found;
}

/** The limits of the letter and of one file; pictures in the text count by their bytes only. */
function overLimit(part: Part, policy: Policy, spent: Spent): Reason | null {
  if (part.ambiguous) return 'ambiguous';
  spent.bytes += part.bytes.length;
  if (!isMailPart(part.contentType) && part.contentId === null) spent.files++;
  if (part.bytes.length > policy.fileBytes) return 'too-large';
  if (spent.bytes > policy.letterBytes) return 'letter-too-large';
  return spent.files > policy.files ? 'too-many' : null;
}

function unopened(part: Part, verdict: 'rejected' | 'unchecked', reason: Reason): Verdict {
  return {
    path: part.path,
    filename: shownName(part.filename, null, part.path),
    type: null,
    size: part.bytes.length,
    sha256: createHash('sha256').update(part.bytes).digest('hex'),
    keep: part.bytes.length,
    verdict,
    reason,
    detail: null,
    inside: [],
    inlined: false,
    logoSized: false,
  };
}

function verdictOf(part: Part, answer: Answer, names: Names): Verdict {
  const { finding, pictures } = answer;
  const settled = settleNames([...pictures.map(({ name }) => name), ...(finding?.name ? [finding.name] : [])], names);
  const culprit = finding?.name ? settled.at(-1) : null;
  const accepted = finding === null;
  const logoSized = isLogoSized(part, answer);
  const ofSignature = logoSized && part.belowSignature === true;
  const detail = [culprit, finding?.detail].filter((words) => words != null).join(': ') || null;
  return {
    path: part.path,
    filename: shownName(
      part.filename,
      accepted || finding.reason === 'bmp-not-archived' ? answer.type : null,
      part.path,
    ),
    type: answer.type,
    size: part.bytes.length,
    sha256: answer.sha256,
    keep: answer.keep,
    verdict: accepted ? 'accepted' : 'rejected',
    reason: finding?.reason ?? null,
    detail: ofSignature ? 'stands below the signature' : detail,
    inside: pictures.map(({ type, size, width, height }, i) => ({ name: settled[i] ?? '', type, size, width, height })),
    inlined: isMailPart(part.contentType) || ofSignature,
    logoSized,
  };
}

/** Small pictures are no logos for that: a pasted screenshot of an error is as small. */
function isLogoSized(part: Part, { finding, width, height }: Answer): boolean {
  const shown = part.contentId !== null || part.disposition === 'inline';
  const small = part.bytes.length <= LOGO.bytes && (width ?? 0) <= LOGO.side && (height ?? 0) <= LOGO.side;
  return shown && small && finding === null && width !== null && part.disposition !== 'attachment';
}

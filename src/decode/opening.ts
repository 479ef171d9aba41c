// How the bytes of a letter begin: an mbox «From » line and blank lines before the header are passed over, and a letter
// whose lines end in a bare CR (RFC 5322 §2.3 forbids it; classic Mac OS, broken gateways) is put into LF.

import { cleanLine } from '../mail/clean.ts';
import type { Defect } from '../mail/message.ts';
import { headerEnd } from './header-block.ts';

export interface Opening {
  readonly bytes: Buffer;
  /** Where the header begins. */
  readonly start: number;
  /** False where a strict reader, like the MTA that checked the sender, saw no such header at all. */
  readonly sound: boolean;
  readonly defects: readonly Defect[];
}

/** UTF-8's, which editors set before a letter that was saved as a file. */
const BYTE_ORDER_MARK = '\xef\xbb\xbf';
const LF = 10;
const CR = 13;

function afterBlankLines(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF)) at += bytes[at] === CR ? 2 : 1;
  return at;
}

function withLineFeeds(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString('latin1').replace(/\r\n?/g, '\n'), 'latin1');
}

/** Takes the letter as it arrived. */
export function openingOf(raw: Buffer): Opening {
  const defects: Defect[] = [];
  const blankEnd = headerEnd(raw, afterBlankLines(raw, 0)) >= raw.length;
  const bareCr = blankEnd && raw.includes('\r\r');
  const bytes = bareCr ? withLineFeeds(raw) : raw;
  if (bareCr) defects.push({ code: 'bare-cr', detail: 'lines end in a bare CR' });
  const marked = bytes.toString('latin1', 0, BYTE_ORDER_MARK.length) === BYTE_ORDER_MARK;
  if (marked) defects.push({ code: 'mark-before-header', detail: 'a byte order mark before the header' });
  const first = marked ? BYTE_ORDER_MARK.length : 0;
  let start = afterBlankLines(bytes, first);
  if (start > first) defects.push({ code: 'blank-lines-before-header', detail: 'blank lines before the header' });
  const sound = start === 0 && !bareCr;
  if (/^>?From +[^\s:]/.test(bytes.toString('latin1', start, start + 200))) {
    const end = bytes.indexOf(LF, start);
    start = end < 0 ? bytes.length : end + 1;
  }
  // Blanks before the first field: other readers see a fold there, or the body.
  const [blanks = '', name = ''] =
    /^[ \t]+(?=([!-9;-~]{1,200})[ \t]*:)/.exec(bytes.toString('latin1', start, start + 300)) ?? [];
  if (blanks === '') return { bytes, start, sound, defects };
  defects.push({
    code: 'blank-before-header',
    detail: `a blank before the first field, ${cleanLine(name).slice(0, 40)}`,
  });
  return { bytes, start: start + blanks.length, sound: sound && name.toLowerCase() !== 'from', defects };
}

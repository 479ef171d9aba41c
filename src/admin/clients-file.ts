// A file of clients as spreadsheets write it: bytes in, the lines of its table out. Excel writes windows-1251 and semicolons in
// Russia, UTF-8 with a byte order mark or UTF-16 and tabs when told to; LibreOffice writes what it is asked to.

import { CsvError, parse } from 'csv-parse/sync';
import { decodePieces } from '../decode/charset.ts';

export interface TableLine {
  /** Of its last line break, as an editor counts. */
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [';', ',', '\t'];
/** Excel's own first line, which names the delimiter. */
const NAMED_DELIMITER = /^sep=(.)\r?\n/i;

/** Reads a table. Gives its lines, or the one sentence that says why it is none. */
export function tableOf(bytes: Uint8Array): { readonly lines: readonly TableLine[] } | { readonly problem: string } {
  const text = (decodePieces([{ bytes, declared: null }])[0]?.text ?? '').replace(/^\ufeff/, '');
  const named = NAMED_DELIMITER.exec(text);
  const body = named ? text.slice(named[0].length) : text;
  const delimiter = named?.[1] ?? likeliest(body);
  try {
    const records = parse(body, { delimiter, info: true, relax_column_count: true, skip_empty_lines: true });
    // a type of csv-parse that knows nothing of `info`
    const rows = records as unknown as readonly {
      readonly record: readonly string[];
      readonly info: { lines: number };
    }[];
    const above = named ? 1 : 0;
    return {
      lines: rows
        .map(({ record, info }) => ({ line: info.lines + above, cells: record }))
        // a table that was emptied in part leaves lines of nothing but delimiters
        .filter(({ cells }) => cells.some((cell) => cell.trim() !== '')),
    };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const where = typeof error.lines === 'number' ? `line ${error.lines}: ` : '';
    return {
      problem: `${where}the quotes in it do not fit: a cell that begins with " must end with one, and "" stands for one inside`,
    };
  }
}

/** The one that stands most often in the first line, outside quotes. */
function likeliest(text: string): string {
  const first = text.slice(0, Math.max(0, `${text}\n`.indexOf('\n'))).replace(/"[^"]*"/g, '');
  const counts = DELIMITERS.map((delimiter) => first.split(delimiter).length - 1);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ';';
}

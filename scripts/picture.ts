// npm run picture: runs the demo and draws its most telling letters and its summary as a terminal window, docs/demo.svg.
// The window brings its own background, so that it reads the same on light and dark pages.

import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const ROOT = path.join(import.meta.dirname, '..');
export const PICTURE = path.join(ROOT, 'docs/demo.svg');

/** What is shown, by its place in the demo (the desk's answer comes after the letters), and how many lines of it; the rest is an ellipsis. */
const SCENES: readonly { readonly letter: number; readonly lines: number }[] = [
  { letter: 1, lines: 14 },
  { letter: 5, lines: 11 },
  { letter: 8, lines: 6 },
  { letter: 9, lines: 4 },
  { letter: 13, lines: 22 },
];

const FONT = 13;
const CHAR = FONT * 0.6;
const LINE = 19;
const MARGIN = 16;
const STYLES = { plain: '#d6dde6', bold: '#ffffff', dim: '#98a2ae' } as const;

type Style = keyof typeof STYLES;

/** A stretch of one line in one style, and the column it begins at. */
export interface Run {
  readonly column: number;
  readonly text: string;
  readonly style: Style;
}

/** Takes a line with SGR sequences (ECMA-48 §8.3.117; bold, dim and their ends are all the demo uses); gives its runs. */
export function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let style: Style = 'plain';
  let column = 0;
  for (const piece of line.split(/(\u001b\[\d*m)/)) {
    if (piece.startsWith('\u001b')) style = piece === '\u001b[1m' ? 'bold' : piece === '\u001b[2m' ? 'dim' : 'plain';
    else {
      // SVG renderers disagree about spaces in a row, so none is drawn: a column is a place, not a number of spaces
      for (const word of piece.matchAll(/\S+(?: \S+)*/g)) {
        runs.push({ column: column + word.index, text: word[0], style });
      }
      column += piece.length;
    }
  }
  return runs;
}

/** What of the demo's output is shown. Throws where a letter that should be shown is not in it. */
export function shownOf(output: string): readonly string[] {
  const lines = output.split('\n');
  const plain = lines.map((line) => stripVTControlCharacters(line));
  const summary = plain.findIndex((line) => /^\s+letter\s+became/.test(line));
  const heads = plain.flatMap((line, i) => (i < summary && /^(?: ?\d+|The desk) {2}\S/.test(line) ? [i] : []));
  const intro = lines.slice(0, heads[0]);
  const scenes = SCENES.flatMap(({ letter, lines: most }) => {
    const head = heads[letter - 1];
    if (head === undefined) throw new Error(`the demo has no letter ${letter}; correct SCENES in scripts/picture.ts`);
    const scene = lines.slice(head, heads[letter] ?? summary).filter((_, i, all) => i < all.length - 1);
    return [...scene.slice(0, most), ...(scene.length > most ? ['      …'] : []), ''];
  });
  const end = plain.indexOf('', summary);
  return ['$ npm run demo', '', ...intro, ...scenes, ...lines.slice(summary, end)];
}

/** Draws lines as an SVG. `textLength` holds every run to its columns, whatever font the reader's machine has. */
export function svgOf(lines: readonly string[], title: string): string {
  const columns = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
  const width = Math.ceil(columns * CHAR + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = lines.flatMap((line, row) =>
    runsOf(line).map(({ column, text, style }) => {
      const x = (MARGIN + column * CHAR).toFixed(1);
      const length = (text.length * CHAR).toFixed(1);
      return `<text class="${style}" x="${x}" y="${MARGIN + row * LINE + FONT}" textLength="${length}">${escaped(text)}</text>`;
    }),
  );
  const rules = Object.entries(STYLES).map(([name, colour]) => `.${name}{fill:${colour}}`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${escaped(title)}</title>
<style>text{font:${FONT}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}${rules.join('')}.bold{font-weight:700}</style>
<rect width="${width}" height="${height}" rx="8" fill="#10151c"/>
${texts.join('\n')}
</svg>
`;
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The demo's output as it looks on a terminal that is wide enough. Throws where the demo fails. */
function demoOutput(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-picture-'));
  const terminal = 'data:text/javascript,Object.assign(process.stdout,{isTTY:true,columns:120})';
  try {
    const { NO_COLOR: _, ...env } = process.env;
    const run = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--import', terminal, 'demo/demo.ts'],
      { cwd: ROOT, encoding: 'utf8', timeout: 60_000, env: { ...env, TMPDIR: folder, FORCE_COLOR: '1' } },
    );
    if (run.status !== 0) throw new Error(`the demo failed: ${run.stderr}`);
    return run.stdout;
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) {
  fs.writeFileSync(PICTURE, svgOf(shownOf(demoOutput()), 'kvitok answers the letters of its demo'));
  process.stdout.write(`${path.relative(process.cwd(), PICTURE)} shows the demo as it is now\n`);
}

// Charts as SVG: black on white and sharp on paper, readable without colour, each with a title for those who hear it. Pure.

import { escaped } from './escaped.ts';
import type { Count } from './figures.ts';

const WIDTH = 640;
const LINE = 24;
const LABEL = 290;

/** Lying bars, one a count, with their numbers. Gives an SVG element; of nothing, nothing. */
export function bars(title: string, counts: readonly Count[]): string {
  if (counts.length === 0) return '';
  const most = Math.max(1, ...counts.map(({ n }) => n));
  const room = WIDTH - LABEL - 60;
  const rows = counts.map(({ name, n }, at) => {
    const y = at * LINE;
    const width = Math.round((n / most) * room);
    return (
      `<text x="${LABEL - 8}" y="${y + 16}" text-anchor="end">${escaped(cut(name))}</text>` +
      `<rect x="${LABEL}" y="${y + 4}" width="${width}" height="${LINE - 8}"/>` +
      `<text x="${LABEL + width + 6}" y="${y + 16}">${n}</text>`
    );
  });
  return svg(title, counts.length * LINE, rows.join(''));
}

const HEIGHT = 120;
const FOOT = 20;

/** Standing bars, one a day, with the first and the last day and the largest number named. */
export function columns(title: string, counts: readonly Count[]): string {
  const [first] = counts;
  if (!first) return '';
  const most = Math.max(1, ...counts.map(({ n }) => n));
  const step = (WIDTH - 40) / counts.length;
  const rects = counts.map(({ name, n }, at) => {
    const height = Math.round((n / most) * HEIGHT);
    const x = (40 + at * step).toFixed(1);
    const width = Math.max(0.5, step - 1).toFixed(1);
    return `<rect x="${x}" y="${HEIGHT + 10 - height}" width="${width}" height="${height}"><title>${escaped(name)}: ${n}</title></rect>`;
  });
  const foot = HEIGHT + 10;
  const axis =
    `<line x1="40" y1="${foot}" x2="${WIDTH}" y2="${foot}" stroke="#777"/>` +
    `<text x="34" y="18" text-anchor="end">${most}</text><text x="34" y="${foot}" text-anchor="end">0</text>` +
    `<text x="40" y="${foot + FOOT - 4}">${escaped(first.name)}</text>` +
    `<text x="${WIDTH}" y="${foot + FOOT - 4}" text-anchor="end">${escaped(counts.at(-1)!.name)}</text>`;
  return svg(title, foot + FOOT, rects.join('') + axis);
}

const MOST_CHARS = 38;
const cut = (name: string) => (name.length > MOST_CHARS ? `${name.slice(0, MOST_CHARS - 1)}…` : name);

const svg = (title: string, height: number, inside: string): string =>
  `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" font-size="13" fill="#1f2933"><title>${escaped(title)}</title><g fill="#1f2933">${inside.replaceAll('<rect', '<rect fill="#3b6ea5"')}</g></svg>`;

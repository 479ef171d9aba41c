// The project's pages as tests read them: headings, code blocks, links and tables of a Markdown file.

import fs from 'node:fs';
import path from 'node:path';

export const ROOT = path.join(import.meta.dirname, '../..');

/** Every page of the repository, by its path from the root. */
export const PAGES: readonly string[] = [
  ...fs.readdirSync(ROOT).filter((name) => name.endsWith('.md')),
  ...fs.readdirSync(path.join(ROOT, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
];

export const read = (page: string) => fs.readFileSync(path.join(ROOT, page), 'utf8');

export interface CodeBlock {
  readonly language: string;
  readonly text: string;
}

export const codeBlocks = (text: string): readonly CodeBlock[] =>
  [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language, inner]) => ({
    language: language ?? '',
    text: inner ?? '',
  }));

/** The page without its code blocks, in which `#` is no heading and `[…]` no link. */
export const prose = (text: string) => text.replace(/^```.*?^```$/gms, '');

export interface Heading {
  readonly level: number;
  readonly text: string;
}

export const headings = (text: string): readonly Heading[] =>
  [...prose(text).matchAll(/^(#+) (.+)$/gm)].map(([, marks, title]) => ({
    level: marks!.length,
    text: title!.replaceAll('`', ''),
  }));

export const links = (text: string): readonly string[] =>
  [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);

/** Rows of all tables below a heading, up to the next heading of any level; heads and rules left out. */
export function rowsBelow(text: string, heading: string): readonly (readonly string[])[] {
  const lines = prose(text).split('\n');
  const start = lines.findIndex(
    (line) => line.replaceAll('`', '').replace(/^#+ /, '') === heading && line.startsWith('#'),
  );
  if (start < 0) throw new Error(`there is no heading ${heading}`);
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('#'));
  const section = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
  return section
    .filter((line, i) => line.startsWith('|') && !line.startsWith('|---') && !section[i + 1]?.startsWith('|---'))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}

/** The first `name` of a cell. */
export const named = (cell: string | undefined) => /`([^`]+)`/.exec(cell ?? '')?.[1] ?? '';

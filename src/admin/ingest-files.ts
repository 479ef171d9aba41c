// What the paths on the command line of kvitok ingest hold: .eml files, Maildirs, mboxes, standard input. In: paths; out: letters,
// in windows that share a commit and bound what is in memory.

import fs from 'node:fs';
import path from 'node:path';
import { type FileDelivery, type FileLimits, readEml, readMaildir, readMbox, readStdin } from '../sources/files.ts';

/** Letters of all paths, one after another. */
export async function* readAll(paths: readonly string[], limits: FileLimits): AsyncGenerator<FileDelivery> {
  for (const one of paths) {
    if (one === '-') yield* readStdin(process.stdin, limits, Date.now);
    else if (fs.existsSync(path.join(one, 'cur'))) yield* readMaildir(one, limits);
    else if (isMbox(one)) yield* readMbox(one, limits);
    else yield* readEml(one, limits);
  }
}

function isMbox(file: string): boolean {
  if (/\.eml$/i.test(file) || !fs.statSync(file, { throwIfNoEntry: false })?.isFile()) return false;
  let fd: number;
  try {
    fd = fs.openSync(file, 'r');
  } catch {
    // readEml says why
    return false;
  }
  try {
    const head = Buffer.alloc(5);
    fs.readSync(fd, head, 0, 5, 0);
    return head.toString('latin1') === 'From ';
  } finally {
    fs.closeSync(fd);
  }
}

const WINDOW_LETTERS = 100;
const WINDOW_BYTES = 16 * 1024 * 1024;

/** Letters in groups of up to 100, or as many as fill 16 MB. */
export async function* inWindows(letters: AsyncIterable<FileDelivery>): AsyncGenerator<readonly FileDelivery[]> {
  let window: FileDelivery[] = [];
  let size = 0;
  for await (const letter of letters) {
    window.push(letter);
    size += letter.kind === 'letter' ? letter.delivery.raw.byteLength : 0;
    if (window.length < WINDOW_LETTERS && size < WINDOW_BYTES) continue;
    yield window;
    window = [];
    size = 0;
  }
  if (window.length > 0) yield window;
}

/** How many letters a path seems to hold; an mbox counts as one, for only reading it would tell. */
export function lettersIn(one: string): number {
  const boxes = ['cur', 'new'].map((sub) => path.join(one, sub)).filter((dir) => fs.existsSync(dir));
  return boxes.length > 0 ? boxes.reduce((sum, dir) => sum + fs.readdirSync(dir).length, 0) : 1;
}

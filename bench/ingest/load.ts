// The letters of the race as a mail server leaves them in a Maildir: `\n` line ends, both sizes in the file's name. Forty of a
// hundred answer an earlier letter of the same customer. Made once; each run gets a copy of its own.

import { chownSync, copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { owner } from '../../test/support/dovecot-configuration.ts';
import { letters } from '../letters.ts';
import { type Chance, chance } from '../words.ts';

const REPLIES = 0.4;

/** Writes the letters `from` up to `to` of a seed into a folder, a file each; gives their bytes. */
export function writeLoad(dir: string, from: number, to: number, seed: number): number {
  mkdirSync(dir, { recursive: true });
  const random = chance(seed);
  const threads: { readonly messageId: string; readonly from: string }[] = [];
  let bytes = 0;
  for (const [n, letter] of [...letters(to, seed)].entries()) {
    const earlier = random() < REPLIES ? one(random, threads) : undefined;
    const raw = earlier ? answerTo(letter.raw, earlier) : letter.raw;
    if (!earlier) threads.push({ messageId: letter.messageId, from: letter.from.address });
    if (n < from) continue;
    const stored = withLineFeeds(raw);
    bytes += raw.length;
    writeFileSync(join(dir, `${1_700_000_000 + n}.M${n}P1.bench,S=${stored.length},W=${raw.length}:2,`), stored);
  }
  return bytes;
}

const one = <T>(random: Chance, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];

/** The same letter as an answer of who wrote the earlier one. */
function answerTo(raw: Buffer, earlier: { readonly messageId: string; readonly from: string }): Buffer {
  const end = raw.indexOf('\r\n\r\n');
  const header = raw
    .toString('latin1', 0, end)
    .replace(/^(From: .*)<[^<>]*>$/m, `$1<${earlier.from}>`)
    .replace(/^Return-Path: .*$/m, `Return-Path: <${earlier.from}>`)
    .replace(/^(Message-ID: )/m, `In-Reply-To: <${earlier.messageId}>\r\nReferences: <${earlier.messageId}>\r\n$1`);
  return Buffer.concat([Buffer.from(header, 'latin1'), raw.subarray(end)]);
}

function withLineFeeds(raw: Buffer): Buffer {
  return Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** Puts a copy of a load into an inbox. The files arrive now, so that every letter is acknowledged. */
export function fillInbox(maildir: string, load: string): void {
  const { uid, gid } = owner();
  const own = (path: string) => process.getuid?.() === 0 && chownSync(path, uid, gid);
  for (const folder of ['.', 'tmp', 'new', 'cur']) {
    mkdirSync(join(maildir, folder), { recursive: true, mode: 0o700 });
    own(join(maildir, folder));
  }
  for (const name of readdirSync(load)) {
    copyFileSync(join(load, name), join(maildir, 'cur', name));
    own(join(maildir, 'cur', name));
  }
}

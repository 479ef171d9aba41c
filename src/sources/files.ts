// Letters out of files: .eml, Maildir, mbox (mboxrd and mboxo, RFC 4155), standard input. In: a path; out: deliveries one by
// one, for a 2 GB mbox no more than a letter at a time. What can't be read is a value with its reason, and the rest go on.

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { cleanLine } from '../mail/clean.ts';
import type { Delivery } from '../mail/envelope.ts';
import { LIMITS } from '../mail/limits.ts';
import { mboxLetters } from './mbox.ts';
import { tracedArrival, tracedEnvelope } from './trace.ts';

/** One letter, or why there is none; `path` is for people. */
export type FileDelivery =
  | { readonly kind: 'letter'; readonly path: string; readonly delivery: Delivery }
  | { readonly kind: 'unreadable'; readonly path: string; readonly reason: string };

export interface FileLimits {
  /** A larger letter is handed over by its headers, with its size. */
  readonly letterBytes: number;
}

/** One .eml file. */
export async function* readEml(path: string, limits: FileLimits): AsyncGenerator<FileDelivery> {
  yield await attempt(path, async () =>
    deliveryOf(
      { source: 'file', key: (digest) => `file:${digest}`, ...withoutFromLine(await bytesOf(path, limits)) },
      limits,
    ),
  );
}

/** Every letter in `cur` and `new`, oldest delivery first as far as the names tell; the folder stays as it is. */
export async function* readMaildir(dir: string, limits: FileLimits): AsyncGenerator<FileDelivery> {
  const found: string[] = [];
  for (const sub of ['cur', 'new']) {
    try {
      const names = await readdir(join(dir, sub));
      found.push(...names.filter((name) => !name.startsWith('.')).map((name) => join(dir, sub, name)));
    } catch (error) {
      yield { kind: 'unreadable', path: join(dir, sub), reason: reasonOf(error) };
    }
  }
  for (const path of found.sort((a, b) => byNumber(basename(a), basename(b)))) {
    // A mail client changes what stands behind `:` (flags); the name before it stays the letter's own. In another Maildir,
    // a copied or an exported one, another letter may bear it.
    const name = basename(path).split(':')[0] ?? basename(path);
    const key = (digest: string) => `maildir:${name}:${digest}`;
    yield await attempt(path, async () =>
      deliveryOf({ source: 'maildir', key, ...(await bytesOf(path, limits)) }, limits),
    );
  }
}

/** Every letter of an mbox, in order. A file that does not begin with a From_ line is no mbox. */
export async function* readMbox(path: string, limits: FileLimits): AsyncGenerator<FileDelivery> {
  let number = 0;
  try {
    const { mtimeMs } = await stat(path);
    for await (const { raw, size, arrivedAt, sender } of mboxLetters(
      createReadStream(path, { highWaterMark: 1 << 18 }),
      limits.letterBytes,
    )) {
      number += 1;
      const made = deliveryOf(
        { source: 'mbox', key: (digest) => `mbox:${digest}`, raw, size, arrivedAt: arrivedAt ?? mtimeMs },
        limits,
      );
      const envelope =
        made.envelope.from === null && sender !== null ? { ...made.envelope, from: sender } : made.envelope;
      yield { kind: 'letter', path: `${path}#${number}`, delivery: { ...made, envelope } };
    }
    if (number === 0)
      yield { kind: 'unreadable', path, reason: 'no letter in it; an mbox begins with a line "From …"' };
  } catch (error) {
    yield { kind: 'unreadable', path, reason: reasonOf(error) };
  }
}

/** One letter from a stream, as an MTA's pipe hands it over; arrived now where it does not say when. */
export async function* readStdin(input: Readable, limits: FileLimits, now: () => number): AsyncGenerator<FileDelivery> {
  yield await attempt('-', async () => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of input) {
      const bytes = Buffer.from(chunk);
      size += bytes.length;
      // Past the limit only the size still counts, so that a pipe without end costs no memory.
      if (size - bytes.length <= limits.letterBytes) chunks.push(bytes);
    }
    const whole = { raw: Buffer.concat(chunks), size, arrivedAt: now() };
    return deliveryOf({ source: 'pipe', key: (digest) => `file:${digest}`, ...withoutFromLine(whole) }, limits);
  });
}

interface Found {
  readonly source: Delivery['source'];
  readonly raw: Uint8Array;
  /** Of the whole letter, of which `raw` may be the beginning. */
  readonly size: number;
  /** Delivery key of the letter with this SHA-256. */
  readonly key: (digest: string) => string;
  /** When it arrived where no Received says so, epoch milliseconds. */
  readonly arrivedAt: number;
}

function deliveryOf({ source, raw, size, key, arrivedAt }: Found, limits: FileLimits): Delivery {
  const oversize = size > limits.letterBytes;
  const bytes = oversize ? headerBlock(raw) : raw;
  const digest = createHash('sha256')
    .update(bytes)
    .update(oversize ? `+${size}` : '')
    .digest('hex');
  return {
    source,
    key: key(digest),
    receivedAt: tracedArrival(raw) ?? Math.round(arrivedAt),
    envelope: tracedEnvelope(raw),
    raw: bytes,
    ...(oversize ? { oversize: size } : {}),
  };
}

function headerBlock(raw: Uint8Array): Uint8Array {
  const head = Buffer.from(raw.buffer, raw.byteOffset, Math.min(raw.byteLength, LIMITS.headerBytes));
  const end = /\r?\n\r?\n/.exec(head.toString('latin1'));
  return end ? head.subarray(0, end.index + end[0].length) : head;
}

/** The file, or of one past the limit only as much as its header block may take. */
async function bytesOf(path: string, limits: FileLimits): Promise<FileBytes> {
  const file = await open(path);
  try {
    const found = await file.stat();
    if (!found.isFile()) throw Object.assign(new Error(), { code: found.isDirectory() ? 'EISDIR' : 'ENOTFILE' });
    const { size, mtimeMs: arrivedAt } = found;
    if (size <= limits.letterBytes) return { raw: await file.readFile(), size, arrivedAt };
    const head = Buffer.alloc(LIMITS.headerBytes);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    return { raw: head.subarray(0, bytesRead), size, arrivedAt };
  } finally {
    await file.close();
  }
}

async function attempt(path: string, read: () => Promise<Delivery>): Promise<FileDelivery> {
  try {
    return { kind: 'letter', path, delivery: await read() };
  } catch (error) {
    return { kind: 'unreadable', path, reason: reasonOf(error) };
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a folder',
  ENOTDIR: 'it is no folder',
  ENOTFILE: 'it is no file',
  EIO: 'the disk fails to read it',
};

function reasonOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return cleanLine(String(error));
  const code = 'code' in error ? String(error.code) : '';
  return REASONS[code] ?? cleanLine('message' in error ? String(error.message) : 'unknown error');
}

interface FileBytes {
  readonly raw: Buffer;
  readonly size: number;
  readonly arrivedAt: number;
}

// Postfix and procmail put a From_ line, sometimes quoted once, before a letter in a pipe; Thunderbird before some it saves.
function withoutFromLine(file: FileBytes): FileBytes {
  if (!/^>?From /.test(file.raw.toString('latin1', 0, 6))) return file;
  const length = file.raw.indexOf(10) + 1;
  return { ...file, raw: file.raw.subarray(length), size: file.size - length };
}

// Maildir names begin with the second of their delivery: 999999999 sorts before 1000000000.
function byNumber(a: string, b: string): number {
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || (a < b ? -1 : 1);
}

// A client of clamd (clamd(8), command INSTREAM): the bytes of one file in; clean, the name of what was found, or away
// out. One connection a file; the scanner being away is an answer like the others, never an exception.

import { connect } from 'node:net';
import type { Scanner } from './policy.ts';

export type Scan =
  | { readonly kind: 'clean' }
  | { readonly kind: 'found'; readonly name: string }
  | { readonly kind: 'away'; readonly detail: string };

/** Pieces that fit any StreamMaxLength check between two of them. */
const PIECE = 64 * 1024;
/** An answer is one short line. */
const LONGEST_ANSWER = 4096;

/** Asks the scanner about a file. */
export function scan(bytes: Uint8Array, { at, timeoutMs }: Scanner): Promise<Scan> {
  return new Promise((resolve) => {
    const socket = connect(at);
    let answer = '';
    const settle = (found: Scan) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(found);
    };
    const timer = setTimeout(() => settle({ kind: 'away', detail: `no answer in ${timeoutMs} ms` }), timeoutMs);
    socket.setEncoding('latin1');
    socket.on('data', (data: string) => {
      answer += data;
      if (answer.includes('\0') || answer.length > LONGEST_ANSWER) settle(read(answer));
    });
    // clamd hangs up behind its answer, and in the middle of a file that is over its own limit.
    socket.on('close', () => settle(read(answer)));
    socket.on('error', (error) => settle(answer === '' ? { kind: 'away', detail: error.message } : read(answer)));
    socket.on('connect', () => socket.write(request(bytes)));
  });
}

/** `zINSTREAM`, pieces with their length before them, a piece of length zero. */
function request(bytes: Uint8Array): Buffer {
  const pieces: Uint8Array[] = [Buffer.from('zINSTREAM\0')];
  const length = (n: number) => Buffer.from([n >>> 24, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]);
  for (let i = 0; i < bytes.length; i += PIECE) {
    const piece = bytes.subarray(i, i + PIECE);
    pieces.push(length(piece.length), piece);
  }
  return Buffer.concat([...pieces, length(0)]);
}

function read(answer: string): Scan {
  const line = answer.split('\0')[0]?.trim() ?? '';
  const found = /^stream: (.+) FOUND$/.exec(line)?.[1];
  if (found !== undefined) return { kind: 'found', name: found };
  return line === 'stream: OK' ? { kind: 'clean' } : { kind: 'away', detail: line || 'hung up without an answer' };
}

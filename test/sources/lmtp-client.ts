// An MTA's side of a conversation, line by line (RFC 5321, 2033): what is written goes out as it stands, replies come back
// whole. In: where somebody listens; out: his replies in order.

import { connect } from 'node:net';
import type { Place } from '../../src/sources/lmtp/place.ts';

export interface Mta {
  write(text: string | Uint8Array): void;
  /** The next reply, `250 2.1.0 Accepted`; the lines of a long one joined with a line feed; `closed` where the other side hung up. */
  reply(): Promise<string>;
  /** The next so many replies. */
  replies(count: number): Promise<string[]>;
  /** Writes a line and gives the reply to it. */
  say(line: string): Promise<string>;
  /** Writes lines one after the other and throws where a reply is no 250. */
  agree(...lines: string[]): Promise<void>;
  /** DATA, the bytes with their dots doubled, the final dot; gives the first reply behind it. */
  data(raw: string | Uint8Array): Promise<string>;
  /** Hangs up without a word. */
  kill(): void;
}

/** Connects and gives the greeting too. */
export async function mtaAt(at: Place): Promise<Mta & { readonly greeting: string }> {
  const socket = 'path' in at ? connect(at.path) : connect(at.port, at.host);
  socket.setNoDelay(true);
  const waiting: ((reply: string) => void)[] = [];
  const unread: string[] = [];
  let buffered = '';
  let over = false;
  const hand = (reply: string) => {
    const next = waiting.shift();
    if (next) next(reply);
    else unread.push(reply);
  };
  socket.on('data', (chunk: Buffer) => {
    buffered += chunk.toString('utf8');
    for (let whole = WHOLE.exec(buffered); whole; whole = WHOLE.exec(buffered)) {
      buffered = buffered.slice(whole[0].length);
      hand(whole[0].trimEnd().replaceAll('\r\n', '\n'));
    }
  });
  socket.on('error', () => {});
  socket.on('close', () => {
    over = true;
    for (const next of waiting.splice(0)) next('closed');
  });
  const reply = () =>
    new Promise<string>((resolve) => {
      const next = unread.shift();
      if (next !== undefined) resolve(next);
      else if (over) resolve('closed');
      else waiting.push(resolve);
    });
  const write = (text: string | Uint8Array) => void socket.write(text);
  const say = (line: string) => {
    write(`${line}\r\n`);
    return reply();
  };
  return {
    greeting: await reply(),
    write,
    reply,
    replies: async (count) => {
      const all: string[] = [];
      while (all.length < count) all.push(await reply());
      return all;
    },
    say,
    agree: async (...lines) => {
      for (const line of lines) {
        const answer = await say(line);
        if (!answer.startsWith('250')) throw new Error(`${line}: ${answer}`);
      }
    },
    data: async (raw) => {
      const go = await say('DATA');
      if (!go.startsWith('354')) throw new Error(`DATA: ${go}`);
      write(stuffed(raw));
      return reply();
    },
    kill: () => socket.destroy(),
  };
}

/** One reply, of one line or many. */
const WHOLE = /^(?:\d{3}-.*\r\n)*\d{3}(?: .*)?\r\n/;

/** A letter as it goes over the wire: leading dots doubled, the final dot behind it (RFC 5321 §4.5.2). */
export function stuffed(raw: string | Uint8Array): Buffer {
  const wire = Buffer.from(raw)
    .toString('latin1')
    .replace(/(^|\r\n)\./g, '$1..');
  return Buffer.from(`${wire}${wire.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}

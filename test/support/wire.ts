// A wire between kvitok and a server that can go wrong at a chosen command: answer falsely, hang up before or after the server
// heard it, be slow, fall silent. For IMAP and SMTP, whose commands are lines.

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * What happens to a line: passed on; answered here and not passed on; cut off; passed on and cut off before the answer;
 * held for a while; swallowed, and everything behind it too.
 */
export type Fate =
  | 'pass'
  | { readonly answer: string }
  | 'hang-up'
  | 'hang-up-after'
  | { readonly slow: number }
  | 'swallow';

export interface Wire {
  readonly port: number;
  /** Decides about each line that the client sends. */
  onCommand(decide: (line: string) => Fate): void;
  /** Swallows everything in both directions on the connections that are open now. */
  goDeaf(): void;
  /** Whether what an IMAP server tells of new letters in IDLE is kept from the client. */
  hush(on: boolean): void;
  /** Cuts every connection that is open now. */
  cut(): void;
  /** Connections made so far. */
  connections(): number;
  stop(): Promise<void>;
}

/** A wire to a port of this machine. Answers of an IMAP server carry the tag of the command they answer. */
export async function startWire(port: number, protocol: 'imap' | 'smtp'): Promise<Wire> {
  const sockets = new Set<Socket>();
  const deaf = new WeakSet<Socket>();
  let decide: (line: string) => Fate = () => 'pass';
  let made = 0;
  let hushed = false;
  const server = createServer((client) => {
    made += 1;
    const upstream = connect(port, '127.0.0.1');
    let lastWords = false;
    let held: Promise<unknown> = Promise.resolve();
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.on('data', (bytes) => {
      if (lastWords) client.destroy();
      else if (!deaf.has(client)) client.write(hushed ? withoutNews(bytes) : bytes);
    });
    const act = (line: string): unknown => {
      if (deaf.has(client)) return;
      const fate = decide(line);
      if (fate === 'pass') return upstream.write(line, 'latin1');
      if (fate === 'hang-up') return client.destroy();
      if (fate === 'swallow') return deaf.add(client);
      if (fate === 'hang-up-after') {
        lastWords = true;
        return upstream.write(line, 'latin1');
      }
      if ('answer' in fate)
        return client.write(`${protocol === 'imap' ? `${line.split(' ')[0]} ` : ''}${fate.answer}\r\n`);
      return new Promise((resolve) => setTimeout(resolve, fate.slow)).then(() => upstream.write(line, 'latin1'));
    };
    let rest = '';
    client.on('data', (bytes) => {
      const lines = `${rest}${bytes.toString('latin1')}`.split(/(?<=\r\n)/);
      rest = lines.at(-1)?.endsWith('\r\n') ? '' : (lines.pop() ?? '');
      for (const line of lines) held = held.then(() => act(line));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    onCommand: (next) => {
      decide = next;
    },
    goDeaf: () => {
      for (const socket of sockets) deaf.add(socket);
    },
    hush: (on) => {
      hushed = on;
    },
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    connections: () => made,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Takes out untagged lines that come by themselves; in the answer to SELECT they stand beside FLAGS and were asked for. */
function withoutNews(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  if (text.includes('* FLAGS ')) return bytes;
  return Buffer.from(text.replaceAll(/^\* \d+ (?:EXISTS|RECENT)\r\n/gm, ''), 'latin1');
}

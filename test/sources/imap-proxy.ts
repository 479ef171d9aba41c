// A wire between the source and the server that can go wrong at a chosen command: answer falsely, hang up, fall silent.

import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What happens to a command line: passed on, answered here (`tag` is put before it), cut off, or swallowed from now on. */
export type Fate = 'pass' | { readonly answer: string } | 'hang-up' | 'swallow';

export interface ImapProxy {
  readonly port: number;
  /** Decides about each line that the client sends. */
  onCommand(decide: (line: string) => Fate): void;
  /** Swallows everything in both directions on the connections that are open now. */
  goDeaf(): void;
  /** Connections made so far. */
  connections(): number;
  stop(): Promise<void>;
}

export async function startImapProxy(port: number): Promise<ImapProxy> {
  const sockets = new Set<Socket>();
  const deaf = new WeakSet<Socket>();
  let decide: (line: string) => Fate = () => 'pass';
  let made = 0;
  const server = createServer((client) => {
    made += 1;
    const upstream = connect(port, '127.0.0.1');
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
    upstream.on('data', (bytes) => void (deaf.has(client) || client.write(bytes)));
    client.on('data', (bytes) => {
      // imapflow sends a command and its end in one piece.
      for (const line of bytes.toString('latin1').split(/(?<=\r\n)/)) {
        if (deaf.has(client)) return;
        const fate = decide(line);
        if (fate === 'pass') upstream.write(line, 'latin1');
        else if (fate === 'hang-up') client.destroy();
        else if (fate === 'swallow') deaf.add(client);
        else client.write(`${line.split(' ')[0]} ${fate.answer}\r\n`);
      }
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
    connections: () => made,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// A wire between kvitok and the IMAP server that hears when the server says that there are letters (`* 12 EXISTS`): another
// client would hear it at another moment, or never, where the letter is moved before its turn comes.

import { type AddressInfo, connect, createServer } from 'node:net';

export interface Wire {
  readonly port: number;
  /** When letters were told of for the first time since `forget`, as `now` said; null where they were not. */
  heardAt(): number | null;
  forget(): void;
  close(): void;
}

/** Opens the wire to a port of this machine. */
export async function eavesdrop(port: number, now: () => number): Promise<Wire> {
  let heard: number | null = null;
  const server = createServer((client) => {
    const imap = connect(port, '127.0.0.1');
    imap.on('data', (bytes) => {
      if (heard === null && /^\* \d+ EXISTS/m.test(bytes.toString('latin1'))) heard = now();
      client.write(bytes);
    });
    client.on('data', (bytes) => imap.write(bytes));
    for (const [one, other] of [
      [client, imap],
      [imap, client],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    heardAt: () => heard,
    forget: () => {
      heard = null;
    },
    close: () => server.close(),
  };
}

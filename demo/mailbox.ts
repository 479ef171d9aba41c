// The demo's mailbox: an IMAP server in process (hoodiecrow), spoken to over TCP like any other.

import type { AddressInfo, Server, Socket } from 'node:net';
import hoodiecrow from 'hoodiecrow-imap';

export interface DemoMailbox {
  readonly port: number;
  /** Puts a letter into INBOX, as if a server had just delivered it. */
  deliver(raw: Buffer): void;
  close(): Promise<void>;
}

/** Starts the server with one account. */
export async function startMailbox(user: string, password: string): Promise<DemoMailbox> {
  const imap = hoodiecrow({
    plugins: [
      'ID',
      'IDLE',
      'NAMESPACE',
      'ENABLE',
      'LITERALPLUS',
      'UNSELECT',
      'UIDPLUS',
      'MOVE',
      'AUTH-PLAIN',
      'SASL-IR',
    ],
    users: { [user]: { password } },
    storage: { INBOX: {}, '': { separator: '/', folders: {} } },
  });
  const server: Server = imap.server;
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    // it answers in many small writes, which Nagle's algorithm would hold back
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => imap.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    deliver: (raw) => void imap.appendMessage('INBOX', [], new Date(), raw.toString('latin1')),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => imap.close(() => resolve()));
    },
  };
}

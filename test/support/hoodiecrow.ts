// A small IMAP server inside this process (hoodiecrow-imap), for machines that have no Dovecot: IDLE, MOVE and UIDs are
// right, and bytes come out as they went in. In: a user and a password; out: a mailbox on a free port of 127.0.0.1.

import { createRequire } from 'node:module';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface Hoodiecrow {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Puts a letter into INBOX; who idles there hears of it. */
  deliver(raw: Uint8Array, arrivedAt?: Date): void;
  /** Letters in a folder, its path joined with `/`; 0 where it does not exist. */
  count(folder?: string): number;
  stop(): Promise<void>;
}

interface HoodiecrowServer {
  readonly server: Server;
  appendMessage(mailbox: string, flags: readonly string[], internaldate: Date, raw: string): void;
  getMailbox(path: string): { readonly messages: readonly unknown[] } | undefined;
}

type Make = (options: {
  plugins: readonly string[];
  users: Record<string, { password: string }>;
  storage: Record<string, object>;
}) => HoodiecrowServer;

const PLUGINS = ['ID', 'IDLE', 'MOVE', 'UIDPLUS', 'NAMESPACE', 'ENABLE', 'SASL-IR', 'AUTH-PLAIN', 'UNSELECT'];

/** Starts the server; it takes connections when the promise is fulfilled. */
export async function startHoodiecrow(user: string, password: string): Promise<Hoodiecrow> {
  // The package is CommonJS without types.
  const make = createRequire(import.meta.url)('hoodiecrow-imap') as Make;
  const imap = make({
    plugins: PLUGINS,
    users: { [user]: { password } },
    storage: { INBOX: {}, '': { separator: '/', folders: {} } },
  });
  const sockets = new Set<Socket>();
  imap.server.on('connection', (socket: Socket) => {
    // It writes a line at a time: with Nagle's algorithm each command takes 43 ms.
    socket.setNoDelay(true);
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => imap.server.listen(0, '127.0.0.1', resolve));
  return {
    host: '127.0.0.1',
    port: (imap.server.address() as AddressInfo).port,
    deliver: (raw, arrivedAt = new Date()) =>
      imap.appendMessage('INBOX', [], arrivedAt, Buffer.from(raw).toString('latin1')),
    count: (folder = 'INBOX') => imap.getMailbox(folder)?.messages.length ?? 0,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => imap.server.close(() => resolve()));
    },
  };
}

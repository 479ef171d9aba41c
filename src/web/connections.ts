// Who may hold a connection to the pages. In: sockets as they come; out: those closed that ask for nothing, the oldest first,
// where there are too many. Half-open requests (slowloris) keep neither a monitor nor a customer away.

import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isIPv6, type Socket } from 'node:net';

export interface ConnectionLimits {
  readonly all: number;
  /** Of one address that is not of this machine: a web server in front brings everybody's. */
  readonly perAddress: number;
}

/** Watches the connections of a server. One whose request has come whole is never closed for another. */
export function limitConnections(server: EventEmitter, limits: ConnectionLimits): void {
  // in the order in which they came
  const open = new Map<Socket, { readonly address: string; request: IncomingMessage | null }>();
  const makeRoom = (most: number, fits: (address: string) => boolean): boolean => {
    const held = [...open].filter(([, { address }]) => fits(address));
    if (held.length < most) return true;
    const [idle] = held.find(([, { request }]) => request?.complete !== true) ?? [];
    if (!idle) return false;
    open.delete(idle);
    idle.destroy();
    return true;
  };
  server.on('connection', (socket: Socket) => {
    const address = networkOf(socket.remoteAddress ?? '');
    const welcome =
      (isOwn(address) || makeRoom(limits.perAddress, (other) => other === address)) && makeRoom(limits.all, () => true);
    if (!welcome) {
      socket.destroy();
      return;
    }
    open.set(socket, { address, request: null });
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const connection = open.get(request.socket);
    if (!connection) return;
    connection.request = request;
    response.once('close', () => {
      connection.request = null;
    });
  });
}

const isOwn = (address: string): boolean => address === '::1' || /^127\./.test(address);

/** One household or firm has a /64 of IPv6, and as many addresses in it as it likes (RFC 6177). */
function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(plain) || plain === '::1') return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head.split(':').filter(Boolean);
  const after = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const missing = Math.max(0, 8 - groups.length - after.length);
  return [...groups, ...Array<string>(missing).fill('0'), ...after].slice(0, 4).join(':');
}

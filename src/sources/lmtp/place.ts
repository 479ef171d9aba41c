// Where a listener listens: a port or a unix socket, opened so that an MTA reaches it. A socket left behind by a killed
// process is taken away; one that somebody answers at never.

import { existsSync, lstatSync, rmSync } from 'node:fs';
import { connect, type ListenOptions, type Server } from 'node:net';
import type { ListenerConfig } from '../../config/schema.ts';

export type Place = ListenerConfig['at'];

/** For people: `127.0.0.1:2424`, `/run/kvitok/lmtp`. */
export function placeName(at: Place): string {
  if ('path' in at) return at.path;
  return at.host.includes(':') ? `[${at.host}]:${at.port}` : `${at.host}:${at.port}`;
}

/** Begins to listen; rejects with the system's error, or EADDRINUSE where a living process holds the socket. */
export async function listenAt(server: Server, at: Place): Promise<void> {
  if ('path' in at) await removeStale(at.path);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(optionsOf(at), () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Who may reach a unix socket is said by its folder, as with Postfix's own `private`: the MTA runs as another user. */
function optionsOf(at: Place): ListenOptions {
  return 'path' in at ? { path: at.path, readableAll: true, writableAll: true } : { host: at.host, port: at.port };
}

async function removeStale(path: string): Promise<void> {
  if (!existsSync(path)) return;
  if (!lstatSync(path).isSocket()) throw Object.assign(new Error(`${path} is no socket`), { code: 'ENOTSOCK' });
  const greeting = await greetingAt({ path });
  if (greeting !== null) throw Object.assign(new Error(`${path} is in use`), { code: 'EADDRINUSE' });
  rmSync(path);
}

const GREETING_MS = 2_000;

/** What whoever listens there says first: its line, `''` where it says nothing in two seconds, null where nobody listens. */
export function greetingAt(at: Place): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = 'path' in at ? connect(at.path) : connect(at.port, at.host);
    let reached = false;
    const done = (answer: string | null) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(GREETING_MS, () => done(''));
    socket.once('connect', () => {
      reached = true;
    });
    socket.once('data', (line: Buffer) => done(line.toString('latin1').split('\r\n', 1)[0] ?? ''));
    socket.once('error', () => done(reached ? '' : null));
    socket.once('end', () => done(''));
  });
}

// Where a listener listens: a port or a unix socket, opened so that an MTA reaches it. A socket left behind by a killed
// process is taken away; one that somebody answers at never.

import { existsSync, lstatSync, rmSync } from 'node:fs';
import { connect, type ListenOptions, type Server } from 'node:net';
import { dirname } from 'node:path';
import type { ListenerConfig } from '../../config/schema.ts';

export type Place = ListenerConfig['at'];

/** For people: `127.0.0.1:2424`, `/run/kvitok/lmtp`. */
export function placeName(at: Place): string {
  if ('path' in at) return at.path;
  return at.host.includes(':') ? `[${at.host}]:${at.port}` : `${at.host}:${at.port}`;
}

/** `sun_path` with its final zero holds so many bytes; a longer name would be cut off without a word. */
const PATH_BYTES = 107;

/** Begins to listen; rejects with the system's error, or EADDRINUSE where a living process holds the socket. */
export async function listenAt(server: Server, at: Place): Promise<void> {
  if ('path' in at) await prepare(at.path);
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

async function prepare(path: string): Promise<void> {
  if (Buffer.byteLength(path) > PATH_BYTES) throw failure('ENAMETOOLONG', `${path} is too long for a socket`);
  // said here, for the system calls it a denied permission
  if (!existsSync(dirname(path))) throw failure('ENOENT', `there is no folder ${dirname(path)}`);
  if (!existsSync(path)) return;
  if (!lstatSync(path).isSocket()) throw failure('ENOTSOCK', `${path} is no socket`);
  if ((await greetingAt({ path })) !== null) throw failure('EADDRINUSE', `${path} is in use`);
  rmSync(path);
}

const failure = (code: string, message: string): Error => Object.assign(new Error(message), { code });

const GREETING_MS = 2_000;
/** Anything else, such as a denied permission or a full queue of callers, says that somebody is there. */
const NOBODY = ['ECONNREFUSED', 'ENOENT', 'EADDRNOTAVAIL', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH'];

/** What whoever listens there says first: its line, `''` where it says nothing in two seconds, null where nobody listens. */
export function greetingAt(at: Place): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = 'path' in at ? connect(at.path) : connect(at.port, at.host);
    const done = (answer: string | null) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(GREETING_MS, () => done(''));
    socket.once('data', (line: Buffer) => done(line.toString('latin1').split('\r\n', 1)[0] ?? ''));
    socket.once('error', (error: NodeJS.ErrnoException) => done(NOBODY.includes(error.code ?? '') ? null : ''));
    socket.once('end', () => done(''));
  });
}

// What `kvitok check` finds where the daemon shall listen for mail servers. In: the configuration; out: findings. A place is
// opened for a moment and closed again, unless a kvitok answers there already.

import { createServer } from 'node:net';
import type { Config, ListenerConfig } from '../config/schema.ts';
import { greetingAt, listenAt, placeName } from '../sources/lmtp/place.ts';
import { type Finding, ok, problem, warning } from './findings.ts';

/** Looks at every place; never rejects. */
export async function checkListeners(config: Config): Promise<readonly Finding[]> {
  return (await Promise.all(config.listeners.map(checkListener))).flat();
}

async function checkListener(listener: ListenerConfig): Promise<readonly Finding[]> {
  const subject = `listener ${placeName(listener.at)}`;
  const server = createServer();
  try {
    await listenAt(server, listener.at);
    await new Promise((resolve) => server.close(resolve));
  } catch (error) {
    const code = codeOf(error);
    if (code !== 'EADDRINUSE') return [problem(subject, `can't be listened at: ${REASONS[code] ?? code}`)];
    const greeting = await greetingAt(listener.at);
    if (greeting === null || !/ kvitok$/.test(greeting))
      return [problem(subject, 'another program listens there; choose another place, or stop it')];
    return [ok(subject, 'kvitok answers there'), ...reachable(subject, listener)];
  }
  return [ok(subject, `free for ${listener.protocol.toUpperCase()}`), ...reachable(subject, listener)];
}

function reachable(subject: string, { open }: ListenerConfig): readonly Finding[] {
  const said = 'whoever reaches this address can hand in letters; let a firewall admit your mail server alone';
  return open ? [warning(subject, said)] : [];
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not; ports below 1024 are for root, and a socket needs a folder that this user may write',
  ENOENT: 'there is no such folder; make one that this user may write and the mail server may enter',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'there is no such name',
  ENOTSOCK: 'a file that is no socket lies there; choose another path',
  ENAMETOOLONG: 'the path is longer than the 107 bytes a socket may have; choose a shorter one',
};

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
}

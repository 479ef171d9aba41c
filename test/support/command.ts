// One command of kvitok as a child process: its input and output as bytes, its exit code, limits of the system put on it.

import { spawn } from 'node:child_process';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';

const MAIN = path.join(import.meta.dirname, '../../src/main.ts');

export interface SpawnOptions {
  readonly input?: string | Uint8Array;
  /** A program that runs the command under limits, with its arguments: `prlimit --fsize=100000`. */
  readonly under?: readonly string[];
  /** Ends the command when it has written so much, as `| head` does. */
  readonly closeOutputAfter?: number;
}

export interface Spawned {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** What the command line becomes: the program and its arguments. */
export function commandOf(args: readonly string[]): readonly [program: string, ...args: string[]] {
  return [process.execPath, '--disable-warning=ExperimentalWarning', MAIN, ...args];
}

/** The environment of a child: jest's own options and the admin's variables are none of its business. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _jest, KVITOK_CONFIG: _admin, ...env } = process.env;
  return env;
}

/** Runs a command line of kvitok in a folder, to its end. */
export async function spawnKvitok(
  args: readonly string[],
  cwd: string,
  { input = '', under = [], closeOutputAfter }: SpawnOptions = {},
): Promise<Spawned> {
  const [program = '', ...rest] = [...under, ...commandOf(args)];
  const child = spawn(program, rest, { cwd, env: plainEnvironment() });
  // a command that ends without reading its input is a result, not an accident
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const stderr = buffer(child.stderr);
  const chunks: Buffer[] = [];
  for await (const chunk of child.stdout) {
    chunks.push(chunk as Buffer);
    if (closeOutputAfter !== undefined && Buffer.concat(chunks).length >= closeOutputAfter) break;
  }
  return { code: await ended, stdout: Buffer.concat(chunks), stderr: (await stderr).toString('utf8') };
}

// The daemon as an admin runs it: a child process over a configuration and a data folder of its own. In: what the
// configuration says; out: its log line by line, its exit, its store to look into. Nothing of it outlives the test.

import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openExisting, type Store } from '../../src/store/store.ts';
import { until } from './condition.ts';

const MAIN = path.join(import.meta.dirname, '../../src/main.ts');

export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface DaemonProcess {
  readonly pid: number;
  /** Every line of the log so far. */
  readonly log: readonly LogLine[];
  /** What went to standard error so far. */
  stderr(): string;
  /** The first line of the log that fits, waiting for it at most `ms` milliseconds. */
  said(fits: (line: LogLine) => boolean, what: string, ms?: number): Promise<LogLine>;
  /** Sends a signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<Ended>;
  /** The end, whoever brings it about. */
  readonly ended: Promise<Ended>;
}

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a daemon is started in. */
export interface Surroundings {
  /** Beside the variables of this process. */
  readonly env?: Readonly<Record<string, string>>;
  /** A command that the daemon's own command line is put behind, such as `strace -f -o FILE`. */
  readonly under?: readonly string[];
}

export interface PostRoom {
  /** Holds the configuration, the data folder and nothing else. */
  readonly dir: string;
  readonly configFile: string;
  readonly data: string;
  /** Starts `kvitok run` and waits until every mailbox is watched. */
  start(surroundings?: Surroundings): Promise<DaemonProcess>;
  /** Starts `kvitok run` and waits for nothing. */
  launch(surroundings?: Surroundings): DaemonProcess;
  /** Runs another command to its end; `-c` is added. */
  command(args: readonly string[], input?: string | Uint8Array): Promise<CommandResult>;
  /** Lets `use` look into the store, or change it, beside the daemon. */
  store<T>(use: (store: Store) => Promise<T>): Promise<T>;
  /** Ends every process that is left and removes the folder. Throws where one would not go. */
  remove(): Promise<void>;
}

/** A mailbox of a Dovecot for the configuration; more than that is said with `changes`. */
export function mailboxOf(port: number, user: string, changes: object = {}): Record<string, unknown> {
  return {
    name: user,
    host: '127.0.0.1',
    port,
    security: 'none',
    user,
    password: 'secret',
    startFrom: 'now',
    // IDLE alone brings the news, unless a test asks for the poll
    poll: '0 0 1 1 *',
    ...changes,
  };
}

/** A folder with a configuration of these values; the desk is support@desk.example. */
export function postRoom(values: object): PostRoom {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-run-'));
  const configFile = path.join(dir, 'kvitok.json');
  const config = {
    desk: { name: 'Служба поддержки', address: 'support@desk.example' },
    // the daemon goes by the day's clock: in no year may the admin be told that a decree is missing
    calendars: { support: { holidays: 'none' } },
    ...values,
  };
  fs.writeFileSync(configFile, JSON.stringify(config), { mode: 0o600 });
  const data = path.join(dir, 'data');
  const processes = new Set<ChildProcess>();
  // whatever a test forgot must not outlive it
  const killAll = () => {
    for (const child of processes) child.kill('SIGKILL');
  };
  process.once('exit', killAll);

  const kvitok = (args: readonly string[], surroundings: Surroundings = {}) => {
    const child = spawnKvitok([...args, '-c', configFile], dir, surroundings);
    processes.add(child);
    child.once('close', () => processes.delete(child));
    return child;
  };
  const launch = (surroundings?: Surroundings) => daemonProcess(kvitok(['run'], surroundings));
  return {
    dir,
    configFile,
    data,
    launch,
    start: async (surroundings) => {
      const daemon = launch(surroundings);
      const runs = await daemon.said((line) => line.msg === 'kvitok runs', 'the daemon runs');
      await until(
        () => daemon.log.filter((line) => line.event === 'connected').length >= Number(runs.mailboxes),
        20_000,
        'every mailbox is watched',
      );
      return daemon;
    },
    command: (args, input) => commandResult(kvitok(args), input),
    store: async (use) => {
      const store = openExisting(data);
      try {
        return await use(store);
      } finally {
        await store.close();
      }
    },
    remove: async () => {
      killAll();
      await until(() => processes.size === 0, 5_000, 'every process of kvitok has ended');
      process.off('exit', killAll);
      fs.rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Runs a command line of kvitok, which may name no configuration or a broken one. */
export function runKvitok(args: readonly string[], cwd: string): Promise<CommandResult> {
  return commandResult(spawnKvitok(args, cwd));
}

function spawnKvitok(args: readonly string[], cwd: string, surroundings: Surroundings = {}): ChildProcess {
  // jest's own options and the admin's variables are none of the child's business
  const { NODE_OPTIONS: _jest, KVITOK_CONFIG: _admin, ...env } = process.env;
  const line = [process.execPath, '--disable-warning=ExperimentalWarning', MAIN, ...args];
  const [program = '', ...rest] = [...(surroundings.under ?? []), ...line];
  // as the launcher does
  return spawn(program, rest, { cwd, env: { MALLOC_ARENA_MAX: '2', ...env, ...surroundings.env } });
}

function daemonProcess(child: ChildProcess): DaemonProcess {
  const log: LogLine[] = [];
  let stderr = '';
  createInterface({ input: child.stdout! }).on('line', (line) => log.push(JSON.parse(line) as LogLine));
  child.stderr!.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  const ended = endOf(child);
  const story = () => [...log.slice(-20).map((line) => JSON.stringify(line)), stderr].join('\n');
  return {
    pid: child.pid!,
    log,
    stderr: () => stderr,
    said: (fits, what, ms = 20_000) =>
      until(
        () => {
          const line = log.find(fits);
          if (!line && child.exitCode !== null) throw new Error(`kvitok ended before ${what}:\n${story()}`);
          return line;
        },
        ms,
        what,
      ).catch((error: Error) => {
        throw new Error(`${error.message}; its log ends with:\n${story()}`);
      }),
    kill: (signal) => {
      child.kill(signal);
      return ended;
    },
    ended,
  };
}

function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
}

async function commandResult(child: ChildProcess, input?: string | Uint8Array): Promise<CommandResult> {
  const told = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]!.setEncoding('utf8').on('data', (chunk: string) => {
      told[name] += chunk;
    });
  }
  // a command that ends without reading its input is a result, not an accident
  child.stdin!.on('error', () => {});
  child.stdin!.end(input);
  const { code } = await endOf(child);
  return { code, ...told };
}

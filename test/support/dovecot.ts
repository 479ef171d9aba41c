// A real IMAP server for tests: Debian's Dovecot with a configuration, mailboxes and sockets of its own in a short
// temporary folder (a socket's path holds 108 bytes), on a free high port, as root or unprivileged. Nothing in /etc is read.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeCertificate } from './certificate.ts';
import { until } from './condition.ts';
import { configuration, type Owner, owner } from './dovecot-configuration.ts';
import { freePort } from './free-port.ts';
import { lmtpDeliver } from './lmtp-deliver.ts';

const run = promisify(execFile);
// An unprivileged user's PATH has no sbin. Where the tests have another clock (scripts/test-days.ts) the server has it too,
// and the dates of its files.
const { NO_FAKE_STAT: _none, ...SURROUNDINGS } = process.env;
const ENV = { ...SURROUNDINGS, FAKE_UTIME: '1', PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/bin` };

export interface DovecotOptions {
  /** Log-in name to password; default: `support` with `secret`. */
  readonly users?: Readonly<Record<string, string>>;
  /** Makes a certificate for localhost and listens with TLS as well; STARTTLS is offered on the plain port. */
  readonly tls?: boolean;
  /** Capabilities that the server shall hide, such as `MOVE` or `UIDPLUS`. */
  readonly without?: readonly string[];
}

export interface Dovecot {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Port with TLS from the first byte; 0 where the server has no TLS. */
  readonly tlsPort: number;
  /** The certificate to trust, PEM; empty where the server has no TLS. */
  readonly ca: string;
  /** Hands a letter over by LMTP, as an MTA does: Return-Path and Delivered-To are added. `from` without brackets, '' for the null path. */
  deliver(user: string, raw: string | Uint8Array, envelope?: { from?: string; to?: string }): Promise<void>;
  /** Puts the bytes into the mailbox just as they are, `arrivedAt` (epoch milliseconds) being their INTERNALDATE. */
  drop(user: string, raw: string | Uint8Array, arrivedAt?: number): void;
  /** Puts a letter into a folder as a mail client does, making the folder where it is missing. */
  save(user: string, folder: string, raw: string | Uint8Array): Promise<void>;
  /** Where the letters of a user lie. */
  maildir(user: string): string;
  /** Folder paths as the server names them. */
  folders(user: string): Promise<string[]>;
  /** Letters in a folder; 0 where it does not exist. */
  count(user: string, folder?: string): Promise<number>;
  /** UID and flags of each letter of a folder. */
  letters(user: string, folder?: string): Promise<{ uid: number; flags: string[] }[]>;
  /** Any doveadm command about a user, `-u` is added. */
  doveadm(user: string, ...command: string[]): Promise<string>;
  /** Gives the folder another UIDVALIDITY (RFC 9051 §2.3.1.1): its letters get a new life. */
  renumber(user: string, uidValidity: number, folder?: string): Promise<void>;
  setPassword(user: string, password: string): void;
  /** Ends the server, as a power cut would, and keeps the mail; `up()` starts it again on the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** Ends the server and removes its folder. */
  stop(): Promise<void>;
}

/** Starts a Dovecot; it takes log-ins when the promise is fulfilled. Throws with the server's log when it does not come up. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const dir = mkdtempSync('/tmp/kv-');
  const users = new Map(Object.entries(options.users ?? { support: 'secret' }));
  const who = owner();
  const conf = join(dir, 'conf');
  const certificate = options.tls ? await makeCertificate(dir) : null;
  const port = await freePort();
  const tlsPort = certificate ? await freePort() : 0;
  chmodSync(dir, 0o755);
  for (const folder of ['mail', 'run']) mkdirSync(join(dir, folder));
  chownMail(join(dir, 'mail'), who);
  writeFileSync(conf, configuration({ dir, port, tlsPort, certificate, owner: who, without: options.without ?? [] }));
  const writeUsers = () =>
    writeFileSync(
      join(dir, 'users'),
      [...users].map(([user, password]) => `${user}:{PLAIN}${password}::::::\n`).join(''),
    );
  writeUsers();

  let child: ChildProcess | null = null;
  const killAtExit = () => {
    if (child?.pid) for (const pid of [child.pid, ...childrenOf(child.pid)]) kill(pid);
  };
  process.once('exit', killAtExit);

  const doveadm = async (user: string, ...command: string[]) => {
    const split = command[0] === 'mailbox' || command[0] === 'flags' ? 2 : 1;
    const args = ['-c', conf, ...command.slice(0, split), '-u', user, ...command.slice(split)];
    return (await run('doveadm', args, { maxBuffer: 64 << 20, env: ENV })).stdout;
  };
  const up = async () => {
    const started = spawn('dovecot', ['-F', '-c', conf], { stdio: 'ignore', env: ENV });
    child = started;
    const log = () => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : '');
    await until(
      async () => {
        if (started.exitCode !== null) throw new Error(`dovecot ended at once: ${log()}`);
        return (await greets(port)) && existsSync(join(dir, 'run/lmtp'));
      },
      10_000,
      'dovecot greets',
    );
  };
  // Killed outright: asked kindly, Dovecot takes a second of leave, and leaves IMAP processes behind whose client still idles.
  const down = async () => {
    const ending = child;
    child = null;
    if (!ending || ending.exitCode !== null) return;
    const children = childrenOf(ending.pid);
    const gone = new Promise((resolve) => ending.once('exit', resolve));
    for (const pid of [ending.pid, ...children]) if (pid) kill(pid);
    await gone;
    await until(() => !children.some(lives), 5_000, 'every process of dovecot has ended');
  };

  await up().catch(async (error: unknown) => {
    await down();
    rmSync(dir, { recursive: true, force: true });
    throw error;
  });
  return {
    host: '127.0.0.1',
    port,
    tlsPort,
    ca: certificate ? readFileSync(certificate.certificate, 'utf8') : '',
    deliver: (user, raw, envelope = {}) =>
      lmtpDeliver(
        join(dir, 'run/lmtp'),
        { from: envelope.from ?? 'ivan@example.net', to: envelope.to ?? user },
        Buffer.from(raw),
      ),
    drop: (user, raw, arrivedAt = Date.now()) => dropIntoMaildir(join(dir, 'mail', user), raw, arrivedAt, who),
    save: async (user, folder, raw) => {
      const known = lines(await doveadm(user, 'mailbox', 'list'));
      if (!known.includes(folder)) await doveadm(user, 'mailbox', 'create', folder);
      const saving = run('doveadm', ['-c', conf, 'save', '-u', user, '-m', folder], { env: ENV });
      saving.child.stdin?.end(raw);
      await saving;
    },
    maildir: (user) => join(dir, 'mail', user),
    folders: async (user) => lines(await doveadm(user, 'mailbox', 'list')),
    count: async (user, folder = 'INBOX') => {
      const known = lines(await doveadm(user, 'mailbox', 'list'));
      if (!known.includes(folder)) return 0;
      return Number(/messages=(\d+)/.exec(await doveadm(user, 'mailbox', 'status', 'messages', folder))?.[1] ?? 0);
    },
    letters: async (user, folder = 'INBOX') =>
      parseLetters(await doveadm(user, 'fetch', 'uid flags', 'mailbox', folder, 'ALL')),
    doveadm,
    renumber: async (user, uidValidity, folder = 'INBOX') =>
      void (await doveadm(user, 'mailbox', 'update', '--uid-validity', String(uidValidity), folder)),
    setPassword: (user, password) => {
      users.set(user, password);
      writeUsers();
    },
    down,
    up,
    stop: async () => {
      await down();
      process.off('exit', killAtExit);
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function parseLetters(text: string): { uid: number; flags: string[] }[] {
  return text
    .split('\f')
    .map((record) => ({
      uid: Number(/^uid: (\d+)/m.exec(record)?.[1]),
      flags: /^flags: (.*)$/m.exec(record)?.[1]?.split(' ').filter(Boolean) ?? [],
    }))
    .filter((letter) => letter.uid > 0);
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(500, () => done(false));
    socket.once('data', () => done(true));
    socket.once('error', () => done(false));
    socket.once('end', () => done(false));
  });
}

function childrenOf(pid: number | undefined): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function lives(pid: number): boolean {
  try {
    // An orphan that nobody has reaped yet (state Z) holds nothing any more.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

function chownMail(path: string, who: Owner): void {
  if (process.getuid?.() === 0) chownSync(path, who.uid, who.gid);
}

let dropped = 0;

// Maildir's own way (tmp, then rename) is not needed: the name appears in new/ only when the file is whole.
function dropIntoMaildir(maildir: string, raw: string | Uint8Array, arrivedAt: number, who: Owner): void {
  for (const folder of ['', 'tmp', 'new', 'cur']) {
    const path = join(maildir, folder);
    if (existsSync(path)) continue;
    mkdirSync(path, { mode: 0o700 });
    chownMail(path, who);
  }
  const name = `${Date.now()}.P${process.pid}Q${++dropped}.test`;
  const path = join(maildir, 'tmp', name);
  writeFileSync(path, raw, { mode: 0o600 });
  chownMail(path, who);
  // by the clock of the disk, which need not be that of the tests
  const behind = Math.round((statSync(path).mtimeMs - Date.now()) / 1000);
  const at = arrivedAt / 1000 + behind;
  utimesSync(path, at, at);
  renameSync(path, join(maildir, 'new', name));
}

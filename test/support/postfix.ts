// A real MTA for tests: Debian's Postfix with configuration, queue and log of its own in a short temporary folder, on a free
// high port; nothing in /etc is read or changed. Postfix can only be started by root.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { until } from './condition.ts';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
const ENV = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/usr/bin` };

export interface Waiting {
  readonly recipient: string;
  readonly reason: string;
}

export interface Postfix {
  /** Where it takes letters by SMTP. */
  readonly at: { readonly host: '127.0.0.1'; readonly port: number };
  /** A folder inside the queue, for the socket of whom it delivers to; `kvitok` as the transport names it. */
  readonly folder: string;
  /** The log so far. */
  log(): string;
  /** Recipients that wait in the queue, with the reason where a delivery was tried; it is tried again every second. */
  queue(): Promise<readonly Waiting[]>;
  stop(): Promise<void>;
}

/** Starts a Postfix that delivers `domain` by `transport`, such as `lmtp:unix:kvitok/lmtp`. */
export async function startPostfix(domain: string, transport: string): Promise<Postfix> {
  if (process.getuid?.() !== 0) {
    throw new Error('Postfix can only be started by root: run "sudo npm test -- test/daemon/postfix.test.ts"');
  }
  const dir = mkdtempSync('/tmp/kv-pf-');
  const [etc, queue] = [join(dir, 'etc'), join(dir, 'queue')];
  const folder = join(queue, 'kvitok');
  for (const path of [etc, queue, join(dir, 'data'), folder]) mkdirSync(path, { recursive: true });
  const port = await freePort();
  const user = Number((await run('id', ['-u', 'postfix'])).stdout);
  chownSync(join(dir, 'data'), user, -1);
  await run('chmod', ['755', dir]);
  writeFileSync(join(etc, 'main.cf'), mainCf(dir, domain, transport));
  writeFileSync(join(etc, 'master.cf'), masterCf(port));

  const log = () => (existsSync(join(dir, 'log')) ? readFileSync(join(dir, 'log'), 'utf8') : '');
  const child = spawn('postfix', ['-c', etc, 'start-fg'], { stdio: 'ignore', env: ENV });
  const end = () => endOf(child, join(queue, 'pid/master.pid'));
  process.once('exit', end);
  const stop = async () => {
    process.off('exit', end);
    end();
    await until(() => child.exitCode !== null || child.signalCode !== null, 10_000, 'postfix has ended');
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await until(
      () => {
        if (child.exitCode !== null) throw new Error(`postfix ended at once: ${log()}`);
        return greets(port);
      },
      10_000,
      'postfix greets',
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    at: { host: '127.0.0.1', port },
    folder,
    log,
    queue: async () => waitingIn((await run('postqueue', ['-c', etc, '-j'], { env: ENV })).stdout),
    stop,
  };
}

function waitingIn(lines: string): readonly Waiting[] {
  const letters = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { recipients: readonly { address: string; delay_reason?: string }[] });
  return letters.flatMap(({ recipients }) =>
    recipients.map((one) => ({ recipient: one.address, reason: one.delay_reason ?? '' })),
  );
}

/** Postfix's master ends all of its processes; where there is none yet, the script that starts it. */
function endOf(child: ChildProcess, pidFile: string): void {
  if (child.exitCode !== null) return;
  const master = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8').trim()) : 0;
  try {
    process.kill(master > 0 ? master : (child.pid ?? 0), 'SIGTERM');
  } catch {
    // it has ended by itself
  }
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
  });
}

/** Only what a Postfix needs that delivers one domain by one way, and tries again every second. */
const mainCf = (dir: string, domain: string, transport: string) => `
compatibility_level = 3.6
queue_directory = ${dir}/queue
data_directory = ${dir}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = ${dir}/log
maillog_file_prefixes = ${dir}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.${domain}
mydestination =
alias_maps =
local_recipient_maps =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
message_size_limit = 52428800
transport_maps = inline:{${domain}=${transport}}
minimal_backoff_time = 1s
maximal_backoff_time = 1s
queue_run_delay = 1s
`;

/** Debian's own services, as far as they are needed; the LMTP client in its chroot, as Debian has it. */
const masterCf = (port: number) => `
127.0.0.1:${port} inet n - n - - smtpd
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
retry unix - - n - - error
error unix - - n - - error
lmtp unix - - y - - lmtp
anvil unix - - n - 1 anvil
showq unix n - n - - showq
proxymap unix - - n - - proxymap
postlog unix-dgram n - n - 1 postlogd
`;

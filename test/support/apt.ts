// The programs that the tests need from the system: found, or installed with apt where that is allowed, or one line that says how.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

interface Program {
  readonly name: string;
  readonly paths: readonly string[];
  readonly package: string;
}

const MACHINE = { x64: 'x86_64', arm64: 'aarch64' }[process.arch as string] ?? process.arch;

/** Gives a process another time of day; for scripts/test-days.ts. */
export const FAKETIME: Program = {
  name: 'the clock',
  paths: [`/usr/lib/${MACHINE}-linux-gnu/faketime/libfaketimeMT.so.1`],
  package: 'libfaketime',
};

const PROGRAMS: readonly Program[] = [
  { name: 'the IMAP server', paths: ['/usr/lib/dovecot/imap'], package: 'dovecot-imapd' },
  { name: 'its LMTP service', paths: ['/usr/lib/dovecot/lmtp'], package: 'dovecot-lmtpd' },
  { name: 'the mail server', paths: ['/usr/sbin/postfix'], package: 'postfix' },
  { name: 'the mail client of operators', paths: ['/usr/bin/mutt'], package: 'mutt' },
  { name: 'its terminal', paths: ['/usr/bin/script'], package: 'bsdutils' },
  { name: 'the mail client of customers', paths: ['/usr/bin/swaks'], package: 'swaks' },
  { name: 'the browser', paths: ['/usr/bin/chromium'], package: 'chromium' },
  { name: 'strace', paths: ['/usr/bin/strace'], package: 'strace' },
  { name: 'openssl', paths: ['/usr/bin/openssl', '/usr/local/bin/openssl'], package: 'openssl' },
];

// Debian would start the system's own Dovecot and Postfix right after the installation; in run level 1 it does not.
const ENV = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };

function missing(programs: readonly Program[]): string[] {
  return programs
    .filter((program) => !program.paths.some((path) => existsSync(path)))
    .map((program) => program.package);
}

function apt(...args: string[]): boolean {
  return (
    spawnSync('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=120', ...args], {
      env: ENV,
      stdio: 'ignore',
      timeout: 300_000,
    }).status === 0
  );
}

/** Returns when everything is there; throws one line that tells the person what to type. */
export function requirePrograms(programs: readonly Program[]): void {
  const packages = missing(programs);
  if (packages.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (
    mayInstall &&
    apt('update') &&
    // never in the place of another mail server that somebody uses
    apt('install', '-y', '--no-install-recommends', '--no-remove', ...packages) &&
    missing(programs).length === 0
  )
    return;
  throw new Error(`the tests need ${packages.join(', ')}: run "sudo apt-get install ${packages.join(' ')}" first`);
}

/** For jest's globalSetup. */
export default () => requirePrograms(PROGRAMS);

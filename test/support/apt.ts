// The programs that the tests need from the system: found, or installed with apt where that is allowed, or one line that says how.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const PROGRAMS = [
  { name: 'the IMAP server', paths: ['/usr/lib/dovecot/imap'], package: 'dovecot-imapd' },
  { name: 'its LMTP service', paths: ['/usr/lib/dovecot/lmtp'], package: 'dovecot-lmtpd' },
  { name: 'the mail server', paths: ['/usr/sbin/postfix'], package: 'postfix' },
  { name: 'the mail client of operators', paths: ['/usr/bin/mutt'], package: 'mutt' },
  { name: 'its terminal', paths: ['/usr/bin/script'], package: 'bsdutils' },
  { name: 'the mail client of customers', paths: ['/usr/bin/swaks'], package: 'swaks' },
  { name: 'the browser', paths: ['/usr/bin/chromium'], package: 'chromium' },
  { name: 'strace', paths: ['/usr/bin/strace'], package: 'strace' },
  { name: 'openssl', paths: ['/usr/bin/openssl', '/usr/local/bin/openssl'], package: 'openssl' },
] as const;

// Debian would start the system's own Dovecot and Postfix right after the installation; in run level 1 it does not.
const ENV = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };

function missing(): string[] {
  return PROGRAMS.filter((program) => !program.paths.some((path) => existsSync(path))).map(
    (program) => program.package,
  );
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

/** For jest's globalSetup: returns when everything is there; throws one line that tells the person what to type. */
export function requirePrograms(): void {
  const packages = missing();
  if (packages.length === 0) return;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (
    mayInstall &&
    apt('update') &&
    // never in the place of another mail server that somebody uses
    apt('install', '-y', '--no-install-recommends', '--no-remove', ...packages) &&
    missing().length === 0
  )
    return;
  throw new Error(`the tests need ${packages.join(', ')}: run "sudo apt-get install ${packages.join(' ')}" first`);
}

export default requirePrograms;

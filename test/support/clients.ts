// Mail clients as people use them, driven from outside: mutt over IMAP and SMTP in a terminal of its own, swaks over SMTP.

import { execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Account {
  readonly user: string;
  readonly name: string;
  readonly address: string;
}

export interface Servers {
  readonly imap: number;
  readonly smtp: number;
}

/** Sends a letter as swaks does. `headers` as they stand, `attach` as paths. */
export async function swaks(
  { smtp }: Servers,
  from: string,
  letter: {
    readonly subject: string;
    readonly body: string;
    readonly headers?: readonly string[];
    readonly attach?: readonly string[];
    readonly to?: string;
  },
): Promise<void> {
  const { subject, body, headers = [], attach = [], to = 'support@desk.example' } = letter;
  const [name, address] = /^(.*) <(.+)>$/.exec(from)?.slice(1) ?? ['', from];
  await run('swaks', [
    ...['--server', `127.0.0.1:${smtp}`, '--from', address!, '--to', to, '--silent', '3', '--timeout', '20'],
    ...['--header', `From: ${word(name!)} <${address}>`, '--header', `Subject: ${word(subject)}`],
    ...['--header', 'MIME-Version: 1.0', '--header', 'Content-Type: text/plain; charset=utf-8'],
    ...headers.flatMap((header) => ['--header', header]),
    ...(attach.length ? attach.flatMap((path) => ['--attach', `@${path}`]) : []),
    ...['--body', body],
  ]);
}

const word = (text: string) => (/^[ -~]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`);

/**
 * Answers a letter as mutt does: opens the inbox or another folder, goes to the `nth` letter (from 1), replies to where the letter says, with
 * the whole of it quoted, the person's words above, and files a copy among the sent ones. `attach` as paths.
 */
export async function muttReplies(
  servers: Servers,
  account: Account,
  nth: number,
  words: string,
  attach: readonly string[] = [],
  folder = 'INBOX',
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'kvitok-mutt-'));
  try {
    const [rc, editor, text] = ['muttrc', 'editor', 'words'].map((name) => join(dir, name)) as [string, string, string];
    writeFileSync(text, `${words}\n\n`);
    writeFileSync(editor, `#!/bin/sh\ncat '${text}' "$1" > '${text}.whole' && cat '${text}.whole' > "$1"\n`);
    chmodSync(editor, 0o755);
    writeFileSync(rc, muttrc(servers, account, dir, editor, folder));
    const files = attach.map((path) => `<attach-file>${path}<enter>`).join('');
    const keys = `<jump>${nth}<enter><reply>${files}<send-message><exit>`;
    await inTerminal(['mutt', '-F', rc, '-e', `push '${keys}'`]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function muttrc(
  { imap, smtp }: Servers,
  { user, name, address }: Account,
  dir: string,
  editor: string,
  folder: string,
): string {
  return `
set spoolfile="imap://${user}@127.0.0.1:${imap}/${folder}"
set imap_pass="secret"
set record="imap://${user}@127.0.0.1:${imap}/Sent"
set smtp_url="smtp://127.0.0.1:${smtp}/"
set ssl_starttls=no
set ssl_force_tls=no
set smtp_authenticators=""
set from="${address}"
set realname="${name}"
set use_from=yes
set use_envelope_from=yes
set envelope_from_address="${address}"
set hostname="${address.slice(address.indexOf('@') + 1)}"
set editor="${editor}"
set autoedit=yes
set fast_reply=yes
set include=yes
set reply_to=yes
set abort_unmodified=no
set copy=yes
set confirmcreate=no
set confirmappend=no
set move=no
set delete=no
set quit=yes
set sort=mailbox-order
set charset="utf-8"
set send_charset="us-ascii:utf-8"
set header_cache="${dir}/cache"
set tmpdir="${dir}"
set sleep_time=0
set timeout=1
`;
}

/** mutt wants a terminal; script(1) of util-linux makes one. Rejects after 30 s with what was on the screen. */
function inTerminal(command: readonly string[]): Promise<void> {
  const quoted = command.map((part) => `'${part.replaceAll("'", `'\\''`)}'`).join(' ');
  const env = { ...process.env, TERM: 'xterm', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', COLUMNS: '100', LINES: '40' };
  const child = spawn('script', ['-qefc', quoted, '/dev/null'], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let screen = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      screen += chunk;
    });
  }
  const late = setTimeout(() => child.kill('SIGKILL'), 30_000);
  return new Promise((resolve, reject) => {
    child.once('close', (code) => {
      clearTimeout(late);
      if (code === 0) resolve();
      else reject(new Error(`mutt ended with ${code}; on its screen: ${screen.slice(-2000)}`));
    });
  });
}

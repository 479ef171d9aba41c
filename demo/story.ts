// What the demo prints: each letter as it comes, what became of it, and the acknowledgement as the customer sees it.

import path from 'node:path';
import { bold, dim, table } from '../src/admin/page.ts';
import type { CaughtLetter } from './catcher.ts';

export interface Arrival {
  readonly number: number;
  readonly about: string;
  readonly author: string;
  readonly subject: string;
}

export interface Fate {
  readonly disposition: string;
  readonly because: string;
  readonly ticket: string | null;
  readonly silence: string | null;
  /** Milliseconds from the delivery until the ticket was committed, and until the acknowledgement was at the customer's server. */
  readonly ms: number;
  readonly answer: CaughtLetter | null;
  readonly answerMs: number | null;
}

const shownForms = new Set<string>();

export function printArrival({ number, about, author, subject }: Arrival): void {
  print(`${bold(`${String(number).padStart(2)}  ${author}`)}  «${subject}»`);
  print(`    ${dim(about)}`);
}

export function printFate(fate: Fate): void {
  const ticket = fate.ticket === null ? '' : ` ${bold(`[#${fate.ticket}]`)}`;
  print(`    ${arrow} ${fate.disposition}${ticket} ${dim(`in ${fate.ms} ms: ${fate.because}`)}`);
  if (fate.answer) printAnswer(fate.answer, fate.answerMs);
  else print(`    ${arrow} no acknowledgement ${dim(`(${fate.silence})`)}`);
  print('');
}

/** In full where the customer's letter is the first of its form, by its subject where it reads like one shown before. */
function printAnswer({ to, mail }: CaughtLetter, ms: number | null): void {
  print(`    ${arrow} acknowledged to ${to} ${dim(`after ${ms} ms`)}`);
  const form = (mail.subject ?? '').replace(/\d+/g, '');
  const text = shownForms.has(form) ? [] : ['', ...(mail.text ?? '').trimEnd().split('\n')];
  shownForms.add(form);
  const lines = [bold(mail.subject ?? ''), ...text];
  for (const line of lines) print(`      ${dim('│')} ${line}`);
}

export function printSummary(rows: readonly { arrival: Arrival; fate: Fate }[]): void {
  const cells = rows.map(({ arrival, fate }) => [
    String(arrival.number),
    arrival.about,
    fate.disposition,
    fate.ticket ?? '',
    fate.answer ? `${fate.answerMs} ms` : 'silent',
  ]);
  print(table(['', 'letter', 'became', 'ticket', 'answered'], cells, 1));
}

export function printWhereNext(config: string, keep: { imap: number; smtp: number } | null): void {
  const kvitok = path.relative(process.cwd(), path.join(import.meta.dirname, '../kvitok'));
  const command = kvitok.startsWith('..') ? kvitok : `./${kvitok}`;
  print(`Everything is in ${path.dirname(config)}. Look around:`);
  for (const line of [
    'tickets',
    'show 10008',
    'why 10035',
    'tickets --search "корзину"',
    'quarantine list --automatic',
    'outbox',
  ]) {
    print(`  ${command} ${line.replace(/^(\S+)/, `$1 -c ${config}`)}`);
  }
  if (!keep) return;
  print('\nStill running (Ctrl-C ends it). Write to the desk:');
  print(
    `  swaks --server 127.0.0.1:${keep.smtp} --from you@example.org --to support@demo-shop.example --header "Subject: Проверка"`,
  );
  print(`or read its mailbox with a mail client: IMAP 127.0.0.1:${keep.imap}, no TLS, user support, password demo`);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

const arrow = '→';

// What the demo prints: each letter as it comes, what became of it, and the acknowledgement as the customer sees it.

import path from 'node:path';
import { bold, counted, dim, table } from '../src/admin/page.ts';
import { widthOf, wrapped } from '../src/admin/width.ts';
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
  /** What was wrong with the letter and how it was read all the same. */
  readonly mended: readonly string[];
  /** Milliseconds from the delivery until the ticket was committed, and until the acknowledgement was at the customer's server. */
  readonly ms: number;
  readonly answer: CaughtLetter | null;
  readonly answerMs: number | null;
}

export interface Told {
  readonly arrival: Arrival;
  readonly fate: Fate;
}

const WIDTH = 100;

export function printOpening(letters: number): void {
  const opening = `kvitok reads the mailbox of a support desk over IMAP and answers by SMTP. Mailbox and customers are servers \
inside this demo; the daemon between them is the real one. ${letters} letters arrive, one after another.`;
  print(`${wrapped(opening, WIDTH).join('\n')}\n`);
}

export function printArrival({ number, about, author, subject }: Arrival): void {
  print(`${bold(`${String(number).padStart(2)}  ${author}`)}  «${subject}»`);
  print(`    ${dim(about)}`);
}

export function printFate(fate: Fate): void {
  for (const defect of fate.mended) step(`read all the same: ${defect}`);
  const ticket = fate.ticket === null ? '' : ` ${bold(`[#${fate.ticket}]`)}`;
  step(`${fate.disposition}${ticket} ${dim(`after ${fate.ms} ms: ${fate.because}`)}`);
  if (fate.answer) printAnswer(fate.answer, fate.answerMs);
  else step(`no acknowledgement ${dim(fate.silence === fate.because ? '' : `(${fate.silence})`)}`.trimEnd());
  print('');
}

const step = (line: string) => print(`    → ${wrapped(line, WIDTH - 6).join('\n      ')}`);

/** Lines of acknowledgements shown before; a number in them makes no difference. */
const seen = new Set<string>();
const shape = (line: string) => line.replace(/\d+/g, '');

/** As the customer reads it; what was read in an earlier one is an ellipsis. */
function printAnswer({ to, mail }: CaughtLetter, ms: number | null): void {
  step(`acknowledged ${dim(`after ${ms} ms`)} to ${to}`);
  printLetter(mail.subject ?? '', unread((mail.text ?? '').trimEnd().split('\n')));
}

function printLetter(subject: string, lines: readonly string[]): void {
  const bar = dim('│');
  print(`      ${bar} ${bold(subject)}`);
  for (const line of lines) {
    // what belongs to a point of a list stays under its first word
    const hang = /^\s*(?:– )?/.exec(line)?.[0].length ?? 0;
    for (const [i, piece] of wrapped(line, WIDTH - 8 - hang).entries())
      print(`      ${bar} ${i === 0 ? '' : ' '.repeat(hang)}${piece}`.trimEnd());
  }
}

function unread(lines: readonly string[]): readonly string[] {
  const fresh = lines.map((line) => (line !== '' && seen.has(shape(line)) ? null : line));
  for (const line of lines) seen.add(shape(line));
  // an empty line stays between two lines that do
  const told = fresh.filter((line, i) => line !== '' || (fresh[i - 1] && fresh[i + 1]));
  const shown = told.map((line) => line ?? dim('…')).filter((line, i, all) => line !== all[i - 1]);
  return fresh[0] === null ? shown : ['', ...shown];
}

export function printSummary(rows: readonly Told[]): void {
  const cells = rows.map(({ arrival, fate }) => [
    String(arrival.number),
    arrival.about,
    fate.disposition,
    fate.ticket ?? '',
    fate.answer ? `${fate.answerMs} ms` : 'silent',
  ]);
  print(table(['', 'letter', 'became', 'ticket', 'answered'], cells, 1));
  const tickets = new Set(rows.map(({ fate }) => fate.ticket)).size;
  const answers = rows.filter(({ fate }) => fate.answer !== null).length;
  print(`${counted(rows.length, 'letter')}, ${counted(tickets, 'ticket')}, ${counted(answers, 'acknowledgement')}.`);
}

/** One answer of an operator, from what she was told to what became of it. */
export interface Exchange {
  readonly customer: string;
  readonly operator: string;
  readonly notification: CaughtLetter;
  readonly typed: string;
  readonly answer: CaughtLetter;
  readonly transcript: CaughtLetter;
}

/** The desk's side: an operator answers from her mail client. */
export function printDesk(ticket: string, { customer, operator, typed, ...letters }: Exchange): void {
  print(`${bold(`The desk  ${operator}`)} answers [#${ticket}] from her own mail client`);
  step(
    `she was told ${dim(`by «${letters.notification.mail.subject}», which holds the letter and what the desk knows`)}`,
  );
  step('she replies:');
  printLetter(`Re: ${letters.notification.mail.subject}`, ['', ...typed.split('\n')]);
  step(`${customer} gets, from ${letters.answer.mail.from?.text}:`);
  printLetter(letters.answer.mail.subject ?? '', unread(['', ...linesOf(letters.answer)]));
  step(`${operator} gets what became of each command:`);
  printLetter(letters.transcript.mail.subject ?? '', ['', ...linesOf(letters.transcript)]);
  print('');
}

const linesOf = ({ mail }: CaughtLetter) => (mail.text ?? '').trimEnd().split('\n');

/** Commands to paste; each stands for itself. */
export function printWhereNext(config: string, rows: readonly Told[]): void {
  const root = path.join(import.meta.dirname, '..');
  const kvitok = process.cwd() === root ? './kvitok' : path.join(root, 'kvitok');
  const ticket = (fits: (fate: Fate) => boolean) => rows.find(({ fate }) => fits(fate))?.fate.ticket ?? '10008';
  const commands = [
    ['tickets', 'all tickets'],
    [`show ${ticket((fate) => fate.disposition === 'appended')}`, 'one as a conversation'],
    [`why ${ticket((fate) => fate.mended.length > 0)}`, 'why its letters became what they are'],
    ['tickets --search корзину', 'finds every form of a word'],
    ['outbox', 'what was sent'],
  ] as const;
  const lines = commands.map(([line, what]) => [`${kvitok} ${line} -c ${config}`, what] as const);
  const widest = Math.max(...lines.map(([line]) => widthOf(line)));
  print(`\nEverything is in ${path.dirname(config)}. Look around:\n`);
  for (const [line, what] of lines) print(`  ${line.padEnd(widest)}  ${dim(`# ${what}`)}`);
}

export function printStillRunning(imap: number, smtp: number, address: string): void {
  print('\nStill running, Ctrl-C ends it. Write to the desk:\n');
  print(
    `  swaks --server 127.0.0.1:${smtp} --from you@example.org --to ${address} --header "Subject: Проверка" --body "Привет"`,
  );
  print(`\nor with a mail client: SMTP 127.0.0.1:${smtp} without log-in, answers come to the same server;`);
  print('the operator is anna@demo-shop.example: answer a letter to her as she would, to the address it names;');
  print(`the desk's own mailbox: IMAP 127.0.0.1:${imap}, no TLS, user support, password demo`);
}

/** Whole: whoever wrote by hand wants to read what came back. */
export function printReceived({ to, mail }: CaughtLetter): void {
  print('');
  step(`a letter to ${to}`);
  for (const { address } of mail.replyTo?.value ?? []) step(`an answer goes to ${address}`);
  printLetter(mail.subject ?? '', ['', ...(mail.text ?? '').trimEnd().split('\n')]);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

// npm run demo: the whole way on the letters of fixtures/letters/demo. A real daemon reads an IMAP mailbox and answers by SMTP,
// both servers in this process and spoken to over TCP; ends by itself. --keep leaves it running to be written to.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { loadConfig } from '../src/config/load.ts';
import { createLog } from '../src/config/log.ts';
import { startDaemon } from '../src/daemon.ts';
import type { Step } from '../src/decide/decision.ts';
import { decode } from '../src/decode/decode.ts';
import type { Store } from '../src/store/store.ts';
import { ticketNumber } from '../src/thread/damm.ts';
import { type CaughtLetter, startCatcher } from './catcher.ts';
import { startMailbox } from './mailbox.ts';
import {
  type Exchange,
  type Fate,
  printArrival,
  printDesk,
  printFate,
  printOpening,
  printReceived,
  printStillRunning,
  printSummary,
  printWhereNext,
  type Told,
} from './story.ts';

const LETTERS = path.join(import.meta.dirname, '../fixtures/letters/demo');
const SUPPORT = 'support@demo-shop.example';
const PATIENCE_MS = 10_000;
const ANNA = { name: 'Анна Светлова', address: 'anna@demo-shop.example' };
const REPLY = `#закрыть

Здравствуйте, Ирина!

После обновления остался старый кэш шаблона корзины. Откройте «Настройки –
Система – Кэш», нажмите «Очистить» и обновите страницу корзины.`;

const keepRunning = process.argv.includes('--keep');
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kvitok-demo-'));
const mailbox = await startMailbox('support', 'demo');
let onAnswer: (letter: CaughtLetter) => void = () => {};
const catcher = await startCatcher((letter) => {
  if (isForDesk(letter.to)) mailbox.deliver(letter.raw);
  else onAnswer(letter);
});
const configFile = writeConfig(mailbox.port, catcher.port);
const loaded = loadConfig(configFile, {});
if (!loaded.ok) throw new Error(loaded.problems.join('\n'));
const log = createLog({ level: 'info', format: 'json', stream: fs.createWriteStream(path.join(folder, 'kvitok.log')) });
const daemon = await startDaemon(loaded.config, {
  log,
  now: Date.now,
  random: Math.random,
  what: 'kvitok demo',
  onDamage: () => process.exit(74),
});
if ('heldBy' in daemon) throw new Error(daemon.heldBy);

await until(
  'the mailbox is watched',
  async () => daemon.sources.every((source) => source.status().state === 'idle') || undefined,
);

const told: Told[] = [];
const files = fs.readdirSync(LETTERS).filter((name) => name.endsWith('.eml'));
printOpening(files.length);
for (const [i, file] of files.entries()) {
  const raw = fs.readFileSync(path.join(LETTERS, file));
  const { from, subject } = decode(raw);
  const arrival = { number: i + 1, about: aboutOf(file), author: from[0]?.name ?? '', subject };
  printArrival(arrival);
  const fate = await follow(daemon.room.store, i + 1, raw);
  printFate(fate);
  told.push({ arrival, fate });
}
const first = told[0]!;
printDesk(first.fate.ticket ?? '', await answered(first));
printSummary(told);
printWhereNext(configFile, told);
if (keepRunning) await untilInterrupted();
await daemon.stop();
await mailbox.close();
await catcher.close();

/** The support address, and what stands for it with a token of ours (RFC 5233). */
function isForDesk(address: string): boolean {
  const [user, domain] = SUPPORT.split('@');
  return address === SUPPORT || (address.startsWith(`${user}+`) && address.endsWith(`@${domain}`));
}

/** The operator answers the notification of a ticket in her mail client, and resolves it with the same letter. */
async function answered({ fate, arrival }: Told): Promise<Exchange> {
  // she is still being told of other tickets
  const isOn = ({ mail }: CaughtLetter) => mail.subject?.includes(`#${fate.ticket}`);
  // an answer to anything but the newest letter would be held
  const letters = told.filter((one) => one.fate.ticket === fate.ticket).length;
  const notification = await until(
    'the operator is told',
    async () => catcher.letters.filter((letter) => letter.to === ANNA.address && isOn(letter))[letters - 1],
  );
  const before = catcher.letters.length;
  mailbox.deliver(await replyTo(notification));
  const since = (to: string) =>
    until(`a letter to ${to}`, async () =>
      catcher.letters.slice(before).find((letter) => letter.to === to && isOn(letter)),
    );
  const customer = fate.answer?.to ?? '';
  return {
    customer: arrival.author,
    operator: ANNA.name,
    notification,
    typed: REPLY,
    answer: await since(customer),
    transcript: await since(ANNA.address),
  };
}

/** As a mail client writes it: to the address that the letter asks for, the letter quoted below. */
async function replyTo({ mail }: CaughtLetter): Promise<Buffer> {
  const made = await createTransport({ streamTransport: true, buffer: true, newline: 'windows' }).sendMail({
    from: ANNA,
    to: mail.replyTo?.text ?? SUPPORT,
    subject: `Re: ${mail.subject}`,
    inReplyTo: mail.messageId,
    references: [...[mail.references ?? []].flat(), mail.messageId ?? ''],
    text: `${REPLY}\n\n${(mail.text ?? '').replace(/^/gm, '> ')}`,
  });
  return made.message as Buffer;
}

async function untilInterrupted(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  process.once('SIGINT', () => resolve());
  process.once('SIGTERM', () => resolve());
  onAnswer = printReceived;
  printStillRunning(mailbox.port, catcher.port, SUPPORT);
  await promise;
}

/** What the letter's expectation says of it in a sentence. */
function aboutOf(file: string): string {
  const expected = fs.readFileSync(path.join(LETTERS, file.replace(/\.eml$/, '.json')), 'utf8');
  return (JSON.parse(expected) as { about: string }).about;
}

/** Delivers a letter and waits until it is dealt with and its answer, if it gets one, has arrived. */
async function follow({ db }: Store, letter: number, raw: Buffer): Promise<Fate> {
  const before = catcher.letters.length;
  const start = Date.now();
  mailbox.deliver(raw);
  const row = await until('the letter is dealt with', () =>
    db
      .selectFrom('letters')
      .selectAll()
      .where('id', '=', letter)
      .where('disposition', 'is not', null)
      .executeTakeFirst(),
  );
  const answer =
    row.silence === null
      ? await until('the answer arrives', async () =>
          catcher.letters.slice(before).find(({ to }) => to !== ANNA.address),
        )
      : null;
  return {
    disposition: row.disposition ?? '',
    because: row.because ?? '',
    ticket: row.ticket_id === null ? null : ticketNumber(row.ticket_id),
    silence: row.silence,
    mended: defectsOf(row.path),
    ms: (row.dealt_at ?? start) - start,
    answer,
    answerMs: answer ? answer.at - start : null,
  };
}

/** From the decision path that `kvitok why` shows too. */
function defectsOf(steps: string | null): readonly string[] {
  return (JSON.parse(steps ?? '[]') as Step[]).flatMap((step) => (step.defects ?? []).map((defect) => defect.detail));
}

async function until<T>(what: string, look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end)
      throw new Error(`waited ${PATIENCE_MS / 1000} s in vain until ${what}; see ${path.join(folder, 'kvitok.log')}`);
    await wait(5);
  }
}

function writeConfig(imap: number, smtp: number): string {
  const file = path.join(folder, 'kvitok.json');
  const config = {
    desk: { name: 'Служба поддержки', address: SUPPORT },
    data: 'data',
    mailboxes: [
      {
        name: 'support',
        host: '127.0.0.1',
        port: imap,
        security: 'none',
        user: 'support',
        password: 'demo',
        startFrom: 'now',
      },
    ],
    smtp: { host: '127.0.0.1', port: smtp, security: 'none' },
    threading: { subaddresses: true },
    operators: [ANNA],
  };
  fs.writeFileSync(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  return file;
}

// kvitok outbox show: one letter of the outbox as it leaves, with what became of it so far.

import type { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import { materialOf, readersOf } from '../daemon/material.ts';
import { timetableOf } from '../desk/timetable.ts';
import { closeJudges } from '../ingest/prepare.ts';
import { readingOf } from '../ingest/reading.ts';
import { operatorsOf, oursOf } from '../ingest/rules.ts';
import { cleanLine, cleanText } from '../mail/clean.ts';
import { type ComposedLetter, compose, senderOf } from '../outbox/compose.ts';
import { openTemplates } from '../outbox/templates.ts';
import { type OutboxRow, outboxRow } from '../store/outbox-by-hand.ts';
import type { Store } from '../store/store.ts';
import { ratingLink } from '../thread/rating-link.ts';
import { CommandError } from './command-error.ts';
import { printJson, say, withData } from './open-data.ts';
import { dim, moment } from './page.ts';

/** The number of a letter in the outbox, as typed. Throws CommandError where it is none. */
export function outboxNumber(typed: string): number {
  if (!/^[1-9][0-9]{0,14}$/.test(typed))
    throw new CommandError(65, [`${typed} is no number of a letter; kvitok outbox list shows them`]);
  return Number(typed);
}

/** The action of `show`. */
export async function show(typed: string, options: { json?: boolean }, command: Command): Promise<void> {
  const id = outboxNumber(typed);
  await withData(command, async (store, config) => {
    const row = await outboxRow(store.db, id);
    if (!row) throw new CommandError(66, [`there is no letter ${typed} in the outbox; kvitok outbox list shows them`]);
    const { mail, envelope } = await composed(row, store, config).finally(closeJudges);
    if (options.json) {
      const attachments = mail.attachments?.map(({ content, ...file }) => ({ ...file, size: content.byteLength }));
      return printJson({ ...row, envelope, mail: { ...mail, attachments } });
    }
    say(cleanLine(stateLine(row, config.desk.timeZone)));
    for (const [name, value] of headersOf(mail, envelope.from)) say(`${dim(`${name}:`)} ${cleanLine(value)}`);
    process.stdout.write(`\n${cleanText(mail.text)}`);
  });
}

/** Throws CommandError where there is nothing to put together. */
async function composed({ letter, id, lastError }: OutboxRow, store: Store, config: Config): Promise<ComposedLetter> {
  if (letter === null) throw new CommandError(66, [`what letter ${id} said is gone: ${lastError ?? ''}`]);
  const { judge } = readingOf(config, oursOf(config));
  try {
    const templates = openTemplates(config.templates);
    const readers = readersOf({
      store,
      config,
      operators: () => operatorsOf(config),
      timetable: () => timetableOf(config),
      now: Date.now,
      templates,
      ratingLink: maskedLink(config),
    });
    const material = await materialOf({ spool: store.spool, judge, readers })(letter);
    return compose(letter, material, senderOf(config), templates);
  } catch (error) {
    throw new CommandError(65, [`letter ${id} can't be put together: ${(error as Error).message}`]);
  }
}

/** The token of a link is a secret of the letter's reader. */
const maskedLink = ({ web }: Config) => (web?.url === undefined ? () => null : () => ratingLink(web.url ?? '', '…'));

function stateLine(row: OutboxRow, timeZone: string): string {
  const when = row.state === 'queued' ? `, not before ${moment(row.notBefore, timeZone)}` : '';
  const settled = row.settledAt === null ? when : ` ${moment(row.settledAt, timeZone)}`;
  return `${row.kind}, ${row.state}${settled}${row.lastError === null ? '' : `: ${row.lastError}`}`;
}

function headersOf(mail: ComposedLetter['mail'], envelopeFrom: string): readonly (readonly [string, string])[] {
  const people = [mail.to, ...(mail.cc ?? [])];
  const [to = '', ...cc] = people.map(({ name, address }) => (name === '' ? address : `${name} <${address}>`));
  return [
    ['Return-Path', `<${envelopeFrom}>`],
    ['From', `${mail.from.name} <${mail.from.address}>`],
    ['To', to],
    ...(cc.length > 0 ? [['Cc', cc.join(', ')] as const] : []),
    ...(mail.replyTo ? [['Reply-To', mail.replyTo.address] as const] : []),
    ['Subject', mail.subject],
    ['Date', mail.date.toUTCString()],
    ['Message-ID', mail.messageId],
    ...(mail.inReplyTo ? [['In-Reply-To', mail.inReplyTo] as const] : []),
    ...(mail.references ? [['References', mail.references.join(' ')] as const] : []),
    ...Object.entries(mail.headers),
    ...(mail.attachments ?? []).map(({ filename }) => ['Attachment', filename] as const),
  ];
}

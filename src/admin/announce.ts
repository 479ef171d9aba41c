// kvitok announce FILE --to all|partners|free: a notice to the clients by mail, once an address; without a file, how far the
// announcements are.

import fs from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { Config } from '../config/schema.ts';
import {
  type AnnouncementTexts,
  AUDIENCES,
  type Audience,
  readAnnouncement,
} from '../desk/announcements/announcement.ts';
import { recipientsOf } from '../desk/announcements/recipients.ts';
import { dateAt } from '../desk/report/period.ts';
import { oursOf } from '../ingest/rules.ts';
import {
  announcementById,
  createAnnouncement,
  languagesOf,
  listAnnouncements,
  progressOf,
  type StoredAnnouncement,
  silencedAddresses,
  writersByClient,
} from '../store/announcements.ts';
import { listClients } from '../store/clients.ts';
import type { Store } from '../store/store.ts';
import { agreed } from './agreed.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { countOption, printJson, say, withData } from './open-data.ts';
import { counted, moment, table } from './page.ts';
import { barFor } from './progress-bar.ts';
import { inWords } from './system-error.ts';
import { indented } from './width.ts';

interface Options {
  readonly to?: Audience;
  readonly english?: string;
  readonly optional?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly again?: boolean;
  readonly report?: string;
  readonly json?: boolean;
}

/** Options that only an announcement with a text has. */
const SENDING = ['to', 'english', 'optional', 'dryRun', 'yes', 'again'] as const;

/** Adds arguments, options and action. */
export function define(command: Command): void {
  command
    .argument('[file]', 'the text; its first line is the subject: # Work on 4 November')
    .addOption(configOption())
    .addOption(new Option('--to <audience>', 'which clients of the register get it').choices([...AUDIENCES]))
    .option('--english <file>', 'the same for those who write in English')
    .option('--optional', 'nobody has to get it: those who want no more can say so')
    .option('--dry-run', 'only show it, and to how many it would go')
    .option('--yes', 'do not ask, for scripts')
    .option('--again', 'with --yes: also where the same was sent to the same people before')
    .option('--report <number>', 'how far an announcement is, and whom it did not reach')
    .option('--json', 'the list or the report as JSON')
    .addHelpText('after', '\nExample:\n  kvitok announce notice.md --to all --dry-run')
    .action(async (file: string | undefined, options: Options) => {
      await withData(command, async (store, config) => {
        if (options.report !== undefined)
          return tell(store, countOption('--report', options.report, 1e9), options.json);
        if (file === undefined && SENDING.some((name) => options[name] !== undefined))
          throw new CommandError(64, ['kvitok announce: nothing is sent: name the file with the text before --to']);
        if (file === undefined) return list(store, config, options.json);
        await announce(store, config, file, options);
      });
    });
}

async function announce({ db }: Store, config: Config, file: string, options: Options): Promise<void> {
  const { to: audience, optional = false } = options;
  if (audience === undefined)
    throw new CommandError(64, [`kvitok announce: say who gets it: --to ${AUDIENCES.join('|')}`]);
  const texts = textsOf(file, options.english);
  const chosen = recipientsOf(audience, optional, {
    register: await listClients(db),
    writers: await writersByClient(db),
    languages: await languagesOf(db),
    ...(await silencedAddresses(db)),
    ours: oursOf(config).addresses,
    language: config.desk.language,
    today: dateAt(Date.now(), config.desk.timeZone),
  });
  const { recipients, skipped } = chosen;
  say(preview(texts));
  say(`to ${counted(recipients.length, 'address').replace(/addresss$/, 'addresses')}, ${skippedWords(skipped)}`);
  if (recipients.length === 0)
    throw new CommandError(66, ['nobody would get it: the register knows no such client; kvitok clients list']);
  if (options.dryRun) return;
  const earlier = (await listAnnouncements(db)).find((one) => saysTheSame(one, { audience, texts }));
  if (earlier)
    say(
      `announcement ${earlier.id} of ${moment(earlier.createdAt, config.desk.timeZone)} says the same to the same people`,
    );
  // a script that is run once more, or by two, is no second announcement
  if (earlier && options.yes && !options.again)
    throw new CommandError(65, ['kvitok announce: nothing was sent; --again sends it once more']);
  if (!options.yes) await agreed('kvitok announce', earlier ? 'Send it once more?' : 'Send it?');
  const id = await db
    .transaction()
    .execute((trx) => createAnnouncement(trx, { audience, optional, texts, ...chosen }, Date.now()));
  say(
    `announcement ${id}: kvitok run sends ${config.announcements.perMinute} letters a minute, also after a restart; kvitok announce --report ${id} tells how far it is`,
  );
  if (process.stderr.isTTY) await follow({ db }, id, recipients.length);
}

/** Whether an announcement of before has these words for these people. */
const saysTheSame = (
  earlier: Pick<StoredAnnouncement, 'audience' | 'texts'>,
  now: Pick<StoredAnnouncement, 'audience' | 'texts'>,
): boolean => earlier.audience === now.audience && JSON.stringify(earlier.texts) === JSON.stringify(now.texts);

/** A bar until the last letter has left; whoever ends it ends nothing else. */
async function follow(store: Pick<Store, 'db'>, id: number, all: number): Promise<void> {
  const bar = barFor(all, 'letters');
  for (let shown = 0; ; ) {
    const { ahead, states } = await progressOf(store.db, id);
    const done = all - ahead - (states.queued ?? 0) - (states.sending ?? 0);
    bar.add(done - shown);
    shown = done;
    if (done >= all) break;
    await wait(1000);
  }
  bar.stop();
  await tell(store, id);
}

function textsOf(file: string, english: string | undefined): AnnouncementTexts {
  const own = textOf(file);
  const en = english === undefined ? own : textOf(english);
  return { ru: own, en };
}

function textOf(file: string) {
  let source: string;
  try {
    source = fs.readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandError(66, [`kvitok announce: ${file} can't be read: ${inWords(error)}`]);
  }
  const text = readAnnouncement(source);
  if ('problem' in text) throw new CommandError(65, [`${file}: ${text.problem}`]);
  return text;
}

function preview({ ru, en }: AnnouncementTexts): string {
  const all = ru === en ? [ru] : [ru, en];
  return all.map(({ subject, text }) => `${subject}\n\n${indented(text)}\n`).join('\n');
}

const skippedWords = ({ suspended, unsubscribed }: StoredAnnouncement['skipped']) =>
  `${suspended} left out that letters do not reach, ${unsubscribed} that want none`;

async function tell({ db }: Pick<Store, 'db'>, id: number, json = false): Promise<void> {
  const found = await announcementById(db, id);
  if (!found) throw new CommandError(66, [`there is no announcement ${id}; kvitok announce lists them`]);
  const { all, ahead, states, failed } = await progressOf(db, id);
  if (json) return printJson({ ...found, all, ahead, states, failed });
  const waiting = ahead + (states.queued ?? 0) + (states.sending ?? 0);
  say(
    `announcement ${id}: ${states.sent ?? 0} of ${all} sent, ${waiting} ahead, ${failed.length} failed; ${skippedWords(found.skipped)}`,
  );
  for (const { address, error } of failed) say(`  ${address}: ${error ?? 'nobody knows whether it arrived'}`);
}

async function list({ db }: Store, { desk }: Config, json = false): Promise<void> {
  const all = await listAnnouncements(db);
  if (json) return printJson(all);
  if (all.length === 0) return say('no announcements yet; kvitok announce FILE --to all sends one');
  const rows: string[][] = [];
  for (const { id, createdAt, audience, texts } of all) {
    const progress = await progressOf(db, id);
    const sent = `${progress.states.sent ?? 0} of ${progress.all}`;
    rows.push([String(id), moment(createdAt, desk.timeZone), audience, sent, texts.ru.subject]);
  }
  process.stdout.write(table(['number', 'made', 'to', 'sent', 'subject'], rows, 4));
}

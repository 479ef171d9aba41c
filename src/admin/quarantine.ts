// kvitok quarantine: letters that are set aside, because they could not be handled, wait for an operator's word, or are
// automatic and on no ticket. Nothing is ever dropped, and everything can be taken out again.

import type { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import type { Aside } from '../decide/decision.ts';
import { operatorsOf } from '../ingest/rules.ts';
import { cleanText } from '../mail/clean.ts';
import {
  type AsideLetter,
  AUTOMATIC,
  asideLetter,
  countAside,
  releaseLetter,
  retryByHand,
  setAside,
  WAITING,
} from '../store/set-aside.ts';
import type { Store } from '../store/store.ts';
import { ticketNumber } from '../thread/damm.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { goneLine } from './gone.ts';
import { countOption, footnote, printJson, say, withData } from './open-data.ts';
import { counted, dim, moment, table } from './page.ts';

/** Adds subcommands. */
export function define(command: Command): void {
  command
    .command('list')
    .description('letters set aside that wait for somebody, oldest first')
    .addOption(configOption())
    .option('--automatic', 'instead: automatic mail and delivery reports that no ticket holds')
    .option('--all', 'everything that is set aside, what was given up as well')
    .option('--limit <n>', 'at most so many', '50')
    .option('--json', 'as JSON')
    .addHelpText('after', '\nExample:\n  kvitok quarantine list --automatic')
    .action(list);
  command
    .command('show')
    .description('the letter itself, into a file or pipe byte for byte')
    .argument('<letter>', 'letter number')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok quarantine show 17 > letter.eml')
    .action(show);
  command
    .command('retry')
    .description('deal with letters once more, by the rules as they are now')
    .argument('<letters...>', 'letter numbers, or all that wait')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  kvitok quarantine retry all')
    .action(retry);
  command
    .command('release')
    .description('deal with letters as a person’s, whatever mark set them aside')
    .argument('<letters...>', 'letter numbers')
    .addOption(configOption())
    .addHelpText(
      'after',
      '\nIn a letter of an operator this is #release or #выпустить.\n\nExample:\n  kvitok quarantine release 17',
    )
    .action(release);
}

interface ListOptions {
  readonly automatic?: boolean;
  readonly all?: boolean;
  readonly limit: string;
  readonly json?: boolean;
}

async function list(options: ListOptions, command: Command): Promise<void> {
  const most = countOption('--limit', options.limit, 10_000);
  const why = options.all ? null : options.automatic ? AUTOMATIC : WAITING;
  await withData(command, async ({ db }, { desk }) => {
    const rows = await setAside(db, why, most);
    if (options.json) return printJson(rows);
    const automatic = why === WAITING ? await countAside(db, AUTOMATIC) : 0;
    const besides = automatic > 0 ? `automatic mail that is set aside: ${automatic}; --automatic lists it` : null;
    if (rows.length === 0) return say(besides === null ? 'nothing is set aside' : `nothing waits for you; ${besides}`);
    const cells = rows.map((row) => [
      String(row.id),
      moment(row.received_at, desk.timeZone),
      row.author ?? '',
      row.subject ?? '',
      row.because ?? '',
    ]);
    process.stdout.write(table(['letter', 'received', 'from', 'subject', 'because'], cells, 2, 3, 4));
    footnote(rows.length, most, desk.timeZone);
    if (besides !== null) say(dim(besides));
  });
}

async function show(typed: string, _options: object, command: Command): Promise<void> {
  const id = letterNumber(typed);
  await withData(command, async ({ spool }, { desk }) => {
    const raw = spool.raw(id);
    if (!raw) throw new CommandError(66, [spool.get(id) ? goneLine(spool, id, desk.timeZone) : noLetter(typed)]);
    // escape codes in a letter would act on a terminal; a file or a pipe gets the bytes
    process.stdout.write(process.stdout.isTTY ? cleanText(Buffer.from(raw).toString('utf8')) : raw);
  });
}

async function retry(typed: string[], _options: object, command: Command): Promise<void> {
  const again: AsideLetter[] = [];
  const refused = await eachOf(typed, command, WAITING, async (db, letter) => {
    if (await retryByHand(db, letter.id, Date.now())) again.push(letter);
  });
  const [kept, done] = [again.length === 0, counted(again.length, 'letter')];
  say(kept ? 'nothing to try again' : `${done} will be tried again by kvitok run or kvitok once`);
  for (const { id, aside, author } of again)
    if (aside) for (const line of WHAT_RETRY_DOES[aside](id, author ?? '')) say(line);
  sayRefused(refused);
}

/** What will happen, where that is not plain. */
const WHAT_RETRY_DOES: { readonly [why in Aside]: (id: number, author: string) => readonly string[] } = {
  failed: () => [],
  unproven: (id, who) => [`letter ${id}: ${who} is asked about it again; kvitok quarantine release ${id} asks nobody`],
  unasked: (id, who) => [`letter ${id}: ${who} is asked about it; kvitok quarantine release ${id} asks nobody`],
  held: (id, who) => [`letter ${id}: ${who} is asked again where the same speaks against it`],
  'given-up': (id, who) => [`letter ${id}: ${who} gave it up, and is asked again where the same speaks against it`],
  automatic: (id) => [
    `letter ${id}: stays set aside if the rules still call it automatic; kvitok quarantine release ${id} makes it a person's`,
  ],
  own: (id) => [
    `letter ${id}: stays set aside while it bears our own mark; kvitok quarantine release ${id} makes it a person's`,
  ],
};

async function release(typed: string[], _options: object, command: Command): Promise<void> {
  const released: AsideLetter[] = [];
  const refused = await eachOf(typed, command, null, async (db, letter, config) => {
    const operator = operatorsOf(config).find(({ identity }) => identity === letter.author)?.identity ?? null;
    const change = { letter: letter.id, by: 'admin', confirmed: operator };
    const done = await db.transaction().execute((trx) => releaseLetter(trx, change, Date.now()));
    if (done) released.push(letter);
  });
  say(
    released.length === 0
      ? 'nothing to release'
      : `${counted(released.length, 'letter')} will be dealt with as a person's by kvitok run or kvitok once`,
  );
  for (const { id } of released.filter(({ aside }) => aside !== null && AUTOMATIC.includes(aside)))
    say(`letter ${id}: bears the mark of a robot, so its writer gets no acknowledgement`);
  sayRefused(refused);
}

/**
 * Does something to each letter that was named, or to those that `all` means. Gives what could not be done, to be told behind
 * all the rest.
 */
async function eachOf(
  typed: readonly string[],
  command: Command,
  all: readonly Aside[] | null,
  act: (db: Store['db'], letter: AsideLetter, config: Config) => Promise<void>,
): Promise<readonly string[]> {
  const named = typed.includes('all') ? null : [...new Set(typed.map(letterNumber))];
  if (named === null && all === null)
    throw new CommandError(65, ['name the letters; kvitok quarantine list shows them']);
  const refused: string[] = [];
  await withData(command, async ({ db, spool }, config) => {
    const ids = named ?? (await setAside(db, all, Number.MAX_SAFE_INTEGER)).map((row) => row.id);
    for (const id of ids) {
      const letter = await asideLetter(db, id);
      if (spool.removals.of(id) !== null) refused.push(goneLine(spool, id, config.desk.timeZone));
      else if (!letter?.aside) refused.push(notAside(id, letter));
      else await act(db, letter, config);
    }
  });
  return refused;
}

function sayRefused(lines: readonly string[]): void {
  if (lines.length > 0)
    throw new CommandError(
      66,
      lines.map((line) => `kvitok quarantine: ${line}`),
    );
}

function notAside(id: number, letter: AsideLetter | null): string {
  if (letter === null) return noLetter(id);
  if (letter.sameAs !== null) return `letter ${id} repeats letter ${letter.sameAs}`;
  const where = letter.ticket === null ? '' : `, it is on ticket ${ticketNumber(letter.ticket)}`;
  return `letter ${id} is not set aside${where}`;
}

function letterNumber(typed: string): number {
  if (!/^[1-9][0-9]{0,14}$/.test(typed))
    throw new CommandError(65, [`${typed} is no letter number; kvitok quarantine list shows them`]);
  return Number(typed);
}

const noLetter = (typed: number | string) =>
  `there is no letter ${typed}; kvitok quarantine list shows what is set aside`;

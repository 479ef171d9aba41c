// kvitok forget ADDRESS: erases the letters and data of a person who asks for it (152-ФЗ), after showing how much that is.
// What stays: ticket numbers, digests, and what other people wrote.

import type { Command } from 'commander';
import type { Config } from '../config/schema.ts';
import { decode } from '../decode/decode.ts';
import { oursOf } from '../ingest/rules.ts';
import { identity } from '../mail/address.ts';
import { forget, type Person, sweep, type Traces, tracesOf } from '../store/forget.ts';
import type { Store } from '../store/store.ts';
import { agreed } from './agreed.ts';
import { CommandError } from './command-error.ts';
import { configOption } from './config-option.ts';
import { printJson, say, withData } from './open-data.ts';
import { bytes, counted, day } from './page.ts';

interface Options {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Adds arguments and action. */
export function define(command: Command): void {
  command
    .argument('<address>', 'the address of the person')
    .addOption(configOption())
    .option('--dry-run', 'only say what would be erased')
    .option('--yes', 'do not ask, for scripts')
    .option('--json', 'with --dry-run: as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  kvitok forget ivan@example.org --dry-run\n\nBackups and logs of before still hold the person: see docs/operations.md.',
    )
    .action(async (typed: string, options: Options) => {
      await withData(command, async (store, config) => {
        const person = await personOf(typed, store, config);
        const traces = await tracesOf(store, person);
        if (options.json) return printJson(traces);
        say(summary(person, traces));
        if (options.dryRun) return;
        // a forgetting that was cut off is finished
        if (isNothing(traces)) return sweep(store);
        if (!options.yes) await agreed('kvitok forget', `Erase ${person.address}? This can't be taken back.`);
        const now = Date.now();
        await forget(store, person, `erased on request on ${day(now, config.desk.timeZone)}`, now);
        say(`${person.address} is erased`);
      });
    });
}

async function personOf(typed: string, store: Store, config: Config): Promise<Person> {
  const address = identity(typed);
  if (address === null) throw new CommandError(65, [`kvitok forget: ${JSON.stringify(typed)} is no e-mail address`]);
  if (oursOf(config).addresses.has(address))
    throw new CommandError(65, [`kvitok forget: ${address} is an address of this desk; name a customer's`]);
  return { address, also: await unnamed(store, address) };
}

/** Letters set aside before anybody could tell who wrote them: their From is looked at here. */
async function unnamed({ db, spool }: Store, address: string): Promise<readonly number[]> {
  const rows = await db
    .selectFrom('letters')
    .select('id')
    .where('author', 'is', null)
    .where('disposition', 'is not', null)
    .execute();
  return rows.flatMap(({ id }) => {
    const raw = spool.raw(id);
    return raw && decode(raw).from.some((mailbox) => identity(mailbox.address) === address) ? [id] : [];
  });
}

const isNothing = ({ inWork: _, ...traces }: Traces) => Object.values(traces).every((n) => n === 0);

function summary({ address }: Person, traces: Traces): string {
  const { letters, bytes: size, attachments, tickets, shared, sent, forwarded, clients, inWork } = traces;
  const waiting = `${counted(inWork, 'letter')} of theirs ${inWork === 1 ? 'is' : 'are'} still in work: forget them again later`;
  if (isNothing(traces)) return [`nothing is kept of ${address}`, ...(inWork > 0 ? [waiting] : [])].join('\n');
  return [
    `kept of ${address}:`,
    `  ${counted(letters, 'letter')}, ${bytes(size)}, with ${counted(attachments, 'attachment')}`,
    `  ${counted(tickets, 'ticket')} of theirs, of which the numbers will stay`,
    `  a part in ${counted(shared, 'ticket')} of others`,
    `  ${counted(sent, 'letter')} to them`,
    ...(clients > 0 ? ['  their address in the register of clients'] : []),
    ...(forwarded > 0 ? [`  the envelope of ${counted(forwarded, 'letter')} that others wrote`] : []),
    ...(inWork > 0 ? [`  ${waiting}`] : []),
  ].join('\n');
}

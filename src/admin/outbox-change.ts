// kvitok outbox retry, drop: letters of the outbox that an admin sends again, or takes out for good.

import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import { OUTGOING } from '../desk/outgoing.ts';
import { dropOutgoing, type OutboxRow, outboxRow, retryOutgoing } from '../store/outbox-by-hand.ts';
import type { OutboxState, Tables } from '../store/schema.ts';
import { agreed } from './agreed.ts';
import { CommandError } from './command-error.ts';
import { say, withData } from './open-data.ts';
import { outboxNumber } from './outbox-show.ts';
import { counted } from './page.ts';

/** What is over, or under way, is not for an admin to change; why, by state. */
const SETTLED: Readonly<Partial<Record<OutboxState, string>>> = {
  sending: 'is on its way right now',
  sent: 'has been sent',
  dropped: 'was dropped',
};

/** The action of `retry`. */
export async function retry(typed: string[], options: { yes?: boolean }, command: Command): Promise<void> {
  await withData(command, async ({ db }) => {
    const { rows, refused } = await rowsOf(db, typed);
    const doubtful = rows.filter(({ state, kind }) => state === 'unknown' && OUTGOING[kind].afterCrash === 'close');
    if (doubtful.length > 0 && !options.yes) {
      const which = doubtful.map(({ id, recipient }) => `${id} to ${recipient}`).join(', ');
      await agreed('kvitok outbox retry', `Perhaps delivered already, then they come twice: ${which}. Send again?`);
    }
    await change('will be tried now by kvitok run or kvitok once', rows, refused, (row) =>
      retryOutgoing(db, row, Date.now()),
    );
  });
}

/** The action of `drop`. */
export async function drop(typed: string[], options: { because: string }, command: Command): Promise<void> {
  const because = options.because.trim();
  if (because === '') throw new CommandError(64, ['kvitok outbox drop: --because needs a reason']);
  await withData(command, async ({ db }) => {
    const { rows, refused } = await rowsOf(db, typed);
    await change('dropped', rows, refused, (row) => dropOutgoing(db, row, because, Date.now()));
  });
}

async function rowsOf(db: Kysely<Tables>, typed: readonly string[]) {
  const rows: OutboxRow[] = [];
  const refused: string[] = [];
  for (const id of new Set(typed.map(outboxNumber))) {
    const row = await outboxRow(db, id);
    const settled = row && SETTLED[row.state];
    if (!row) refused.push(`there is no letter ${id} in the outbox; kvitok outbox list shows them`);
    else if (settled) refused.push(`letter ${id} ${settled}`);
    else if (row.letter === null) refused.push(`what letter ${id} said is gone: ${row.lastError ?? ''}`);
    else rows.push(row);
  }
  return { rows, refused };
}

/** Changes what can be changed, says how many that were, and names the rest. Throws CommandError where there is a rest. */
async function change(
  done: string,
  rows: readonly OutboxRow[],
  refused: readonly string[],
  one: (row: OutboxRow) => Promise<boolean>,
): Promise<void> {
  const late: string[] = [];
  let changed = 0;
  for (const row of rows) {
    if (await one(row)) changed++;
    else late.push(`letter ${row.id} is no longer ${row.state}; look again`);
  }
  say(changed === 0 ? 'nothing was changed' : `${counted(changed, 'letter')} ${done}`);
  const lines = [...refused, ...late].map((line) => `kvitok outbox: ${line}`);
  if (lines.length > 0) throw new CommandError(66, lines);
}

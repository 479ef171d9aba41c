// What a desk of the tests would send: every letter of its outbox put together as the worker does it, none of them sent.

import { type Config, configSchema } from '../../src/config/schema.ts';
import { materialOf, readersOf } from '../../src/daemon/material.ts';
import { judgeBy } from '../../src/ingest/prepare.ts';
import { operatorsOf } from '../../src/ingest/rules.ts';
import { type ComposedLetter, compose, senderOf } from '../../src/outbox/compose.ts';
import { openTemplates } from '../../src/outbox/templates.ts';
import { outgoingOf } from '../../src/store/outbox.ts';
import type { TestDesk } from './desk.ts';
import { REGULATION } from './timetable.ts';

/** A configuration of the desk of the tests. */
export const configOf = (values: object = {}): Config =>
  configSchema.parse({ desk: { name: 'Служба поддержки', address: 'support@desk.example' }, ...values });

/** The letters of the outbox in order, whatever became of them. */
export async function posted({ store, clock }: TestDesk, config: Config): Promise<readonly ComposedLetter[]> {
  const rows = await store.db.selectFrom('outbox').selectAll().orderBy('id').execute();
  const templates = openTemplates(undefined);
  const readers = readersOf({
    store,
    config,
    operators: () => operatorsOf(config),
    timetable: () => REGULATION,
    now: () => clock.now,
    templates,
    ratingLink: (ticket) => (config.web?.url === undefined ? null : `${config.web.url}/rate/${ticket}`),
  });
  const material = materialOf({ spool: store.spool, judge: judgeBy(), readers });
  const letters: ComposedLetter[] = [];
  for (const row of rows) {
    const letter = outgoingOf(row);
    letters.push(compose(letter, await material(letter), senderOf(config), templates));
  }
  return letters;
}

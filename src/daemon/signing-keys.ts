// The keys that sign our Message-IDs and reply addresses: from the configuration, or one that is made once and kept with the
// tickets, so that a desk without a key is not a desk without proof, and a backup holds it.

import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Tables } from '../store/schema.ts';
import type { SigningKeys } from '../thread/signing.ts';

const DAY = 86_400_000;

/** Keys in force at `now` (epoch milliseconds). */
export async function signingKeys({ threading }: Config, db: Kysely<Tables>, now: number): Promise<SigningKeys> {
  const current = threading.signingKey ?? (await keptKey(db));
  const old = threading.oldKeys.filter(({ until }) => Date.parse(until) + DAY > now).map(({ key }) => key);
  return { current, believed: [current, ...old] };
}

async function keptKey(db: Kysely<Tables>): Promise<string> {
  const value = randomBytes(32).toString('base64url');
  await db
    .insertInto('settings')
    .values({ name: 'signing-key', value })
    .onConflict((c) => c.doNothing())
    .execute();
  const kept = await db
    .selectFrom('settings')
    .select('value')
    .where('name', '=', 'signing-key')
    .executeTakeFirstOrThrow();
  return kept.value;
}

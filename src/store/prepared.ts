// Queries on the path of a letter are built and compiled once: making one anew costs many times what SQLite needs to run it.
// In: a query as it is written everywhere; out: a function that runs it with the values of a call.

import { type Compilable, CompiledQuery, type Kysely, type QueryResult } from 'kysely';
import type { Tables } from './schema.ts';

/** Stands in a query for a value that comes with each call. */
class Gap {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** Whoever calculates with a gap would calculate once and for ever. */
  [Symbol.toPrimitive](): never {
    throw new Error(`${this.name} is not known yet while its query is being prepared`);
  }
}

/**
 * Prepares a query at its first use. `build` sees gaps instead of values: they can be stored and compared, nothing else, and
 * a list of changing length has no place among them. Every call has the same fields, those of the first.
 */
export function prepared<V extends object, R>(
  build: (db: Kysely<Tables>, values: V) => Compilable<R>,
): (db: Kysely<Tables>, values: V) => Promise<QueryResult<R>> {
  let plan: CompiledQuery<R> | null = null;
  return (db, values) => {
    plan ??= build(db, gapsOf(values)).compile();
    const given = values as Readonly<Record<string, unknown>>;
    const parameters = plan.parameters.map((one) => (one instanceof Gap ? given[one.name] : one));
    return db.executeQuery<R>(CompiledQuery.raw(plan.sql, parameters));
  };
}

function gapsOf<V extends object>(values: V): V {
  return Object.fromEntries(Object.keys(values).map((name) => [name, new Gap(name)])) as V;
}

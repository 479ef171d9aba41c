// The law that nothing is lost, counted: every letter ever handed over has one disposition or is in work, and every row of
// the ledger that says "kept" has its letter. In: both files of a store; out: the sum, and by number whatever is missing in it.

import type Database from 'better-sqlite3';
import type { Kysely } from 'kysely';
import type { BoxKey } from './ledger.ts';
import type { Tables } from './schema.ts';

/** What of the spool is counted. */
export interface SpoolAudit {
  /** Hand-overs kept so far, those of the same letter included, and how many of them have a number over `id`. */
  count(id: number): { readonly all: number; readonly over: number };
  /** Numbers of letters over `id`, ascending, at most `most`. */
  numbers(id: number, most: number): readonly number[];
  /** Mailboxes that were ever taken on. */
  mailboxes(): number;
  /** UIDs that the ledger says are kept, and whose letter is not there. */
  rowsWithoutLetter(): readonly (BoxKey & { readonly uid: number })[];
  /** Those of `uids` that have a row in the ledger; null where the mailbox was never opened under this UIDVALIDITY. */
  known(box: BoxKey, uids: readonly number[]): ReadonlySet<number> | null;
}

export interface Counts {
  readonly handedOver: number;
  /** Not dealt with yet. */
  readonly inWork: number;
  /** Letters by what became of them. */
  readonly dispositions: Readonly<Record<string, number>>;
  /** What is handed over, neither in work nor dealt with; 0 unless something is lost. Below 0: the spool lost letters. */
  readonly gap: number;
}

export interface Missing {
  /** Letters that were passed over: kept, not dealt with, and older than one that was taken up. */
  readonly passedOver: readonly number[];
  /** Letters that were taken up and that the spool does not know. */
  readonly notInSpool: readonly number[];
  readonly rowsWithoutLetter: ReturnType<SpoolAudit['rowsWithoutLetter']>;
}

/** A store, as far as it is counted. */
export interface Counted {
  readonly db: Kysely<Tables>;
  readonly spool: { readonly audit: SpoolAudit };
}

/** The sum alone, cheap enough for a metric. A letter that comes meanwhile is in work. */
export async function countLetters({ db, spool }: Counted): Promise<Counts> {
  const rows = await db
    .selectFrom('letters')
    .select((l) => ['disposition', l.fn.countAll<number>().as('n'), l.fn.max('id').as('last')])
    .groupBy('disposition')
    .execute();
  const claimed = rows.reduce((sum, { n }) => sum + Number(n), 0);
  const last = rows.reduce((most, row) => Math.max(most, Number(row.last)), 0);
  const { all, over } = spool.audit.count(last);
  const claimedInWork = rows.find(({ disposition }) => disposition === null)?.n ?? 0;
  return {
    handedOver: all,
    inWork: Number(claimedInWork) + over,
    dispositions: Object.fromEntries(
      rows.flatMap(({ disposition, n }) => (disposition === null ? [] : [[disposition, Number(n)]])),
    ),
    gap: all - claimed - over,
  };
}

const PAGE = 10_000;

/** Compares the two files letter by letter. */
export async function findMissing({ db, spool }: Counted): Promise<Missing> {
  const passedOver: number[] = [];
  const notInSpool: number[] = [];
  let from = 0;
  for (;;) {
    const taken = await db
      .selectFrom('letters')
      .select('id')
      .where('id', '>', from)
      .orderBy('id')
      .limit(PAGE)
      .execute();
    const to = taken.at(-1)?.id;
    if (to === undefined) break;
    const here = new Set(taken.map(({ id }) => id));
    const kept = new Set(numbersUpTo(spool.audit, from, to));
    passedOver.push(...kept.difference(here));
    notInSpool.push(...here.difference(kept));
    from = to;
  }
  return { passedOver, notInSpool, rowsWithoutLetter: spool.audit.rowsWithoutLetter() };
}

function* numbersUpTo(audit: SpoolAudit, from: number, to: number): Generator<number> {
  for (let some = audit.numbers(from, PAGE); some.length > 0; some = audit.numbers(some.at(-1)!, PAGE)) {
    for (const id of some) {
      if (id > to) return;
      yield id;
    }
  }
}

/** The audit of an opened spool file. */
export function auditOf(file: Database.Database): SpoolAudit {
  const count = file.prepare<[number], { all: number; over: number }>(
    'select count(*) as "all", count(*) filter (where id > ?) as over from letters',
  );
  const numbers = file.prepare<[number, number], { id: number }>(
    'select id from letters where id > ? order by id limit ?',
  );
  const boxes = file.prepare<[], { n: number }>('select count(*) as n from boxes');
  const orphans = file.prepare<[], BoxKey & { uid: number }>(
    `select account, mailbox, uid_validity as uidValidity, uid from ledger join boxes on boxes.id = ledger.box
     where state = 'kept' and not exists (select 1 from letters where letters.id = ledger.letter)`,
  );
  const box = file.prepare<[string, string, string], { id: number }>(
    'select id from boxes where account = ? and mailbox = ? and uid_validity = ?',
  );
  const row = file.prepare<[number, number], { uid: number }>('select uid from ledger where box = ? and uid = ?');
  return {
    count: (id) => count.get(id)!,
    numbers: (id, most) => numbers.all(id, most).map((one) => one.id),
    mailboxes: () => boxes.get()!.n,
    rowsWithoutLetter: () => orphans.all(),
    known: ({ account, mailbox, uidValidity }, uids) => {
      const found = box.get(account, mailbox, uidValidity);
      return found ? new Set(uids.filter((uid) => row.get(found.id, uid))) : null;
    },
  };
}

// The monthly report to the leads, counted when it is sent.

import type { Kysely } from 'kysely';
import { type Figures, figuresOf } from '../desk/report/figures.ts';
import { reportLines } from '../desk/report/lines.ts';
import { reportPage } from '../desk/report/page.ts';
import { dateAt, periodOf, type ReportPeriod } from '../desk/report/period.ts';
import type { Language } from '../desk/tickets.ts';
import type { Timetable } from '../desk/timetable.ts';
import { reportRows } from '../store/report.ts';
import type { Tables } from '../store/schema.ts';
import type { ReadMaterial } from './compose.ts';
import { type Templates, withoutCure } from './templates.ts';

/** What figures are counted by. */
export interface Counted {
  readonly timetable: Timetable;
  readonly timeZone: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Counts a period. */
export async function figuresIn(
  db: Kysely<Tables>,
  { start, end, days }: ReportPeriod,
  { timetable, timeZone, now }: Counted,
): Promise<Figures> {
  const rows = await reportRows(db, { from: start, to: end });
  return figuresOf(rows, { timetable, days, now, dayOf: (at) => dateAt(at, timeZone) });
}

export interface ReportDeps {
  readonly db: Kysely<Tables>;
  readonly desk: string;
  readonly address: string;
  readonly timeZone: string;
  readonly timetable: () => Timetable;
  readonly cure: Templates['cure'];
  readonly now: () => number;
}

/** What is wrong with a refused file, by the code of its refusal, as customers read it. */
export const refusalsBy =
  (cure: Templates['cure'], language: Language) =>
  (code: string): string =>
    withoutCure(cure(code, language));

/** Reads a report; the letter was written with its first and last day. */
export function reportReader({ db, desk, address, timeZone, timetable, cure, now }: ReportDeps): ReadMaterial {
  return async ({ model }) => {
    const { from, to } = model.values ?? {};
    const period = periodOf(String(from), String(to), timeZone);
    if ('problem' in period) throw new Error(period.problem);
    const counted = { timetable: timetable(), timeZone, now: now() };
    const figures = await figuresIn(db, period, counted);
    const { language } = model;
    const refusal = refusalsBy(cure, language);
    const of = { desk, address, ...period, madeAt: counted.now, timeZone, language, refusal };
    return { values: { lines: reportLines(figures, of), page: reportPage(figures, of) } };
  };
}

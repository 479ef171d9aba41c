// Whom to tell what, so that an admin hears of each trouble once and of its end once, however often it comes and goes. In:
// what is wrong now, and what was told; out: what to tell, and what to remember. Pure.

import type { Cause, Trouble } from './causes.ts';

/** What an admin was told of a cause, as the store keeps it beyond a restart. */
export interface Told {
  readonly cause: Cause;
  readonly subject: string;
  /** Of the trouble that was told. */
  readonly since: number;
  readonly level: number;
  /** When the admin was last told that it is so. */
  readonly toldAt: number;
  /** Whether the admin takes it to be so still. */
  readonly stands: boolean;
}

export type Telling =
  | { readonly kind: 'begun' | 'grown'; readonly trouble: Trouble; readonly remember: Told }
  | { readonly kind: 'over'; readonly told: Told; readonly remember: Told };

/** An admin who knows of a trouble is in no hurry to hear that there is more of it. */
const PAUSES_BEFORE_WORSE = 6;

export interface Pauses {
  /** Between two letters that say the same trouble is there. */
  readonly pauseMs: number;
  /** How long it must be away before its end is told. */
  readonly calmMs: number;
}

/**
 * Plans what to tell. `seenAt` says when a trouble was last there, or last could have been: after a restart that is the
 * start, for a part that has not tried yet has not failed yet.
 */
export function planTellings(
  troubles: readonly Trouble[],
  told: readonly Told[],
  seenAt: (told: Told) => number,
  now: number,
  { pauseMs, calmMs }: Pauses,
): readonly Telling[] {
  const before = new Map(told.map((one) => [keyOf(one), one]));
  const news = troubles.flatMap((trouble): Telling[] => {
    const known = before.get(keyOf(trouble));
    // a clock that was set back must not silence an alarm for the years between
    const pause = known?.stands ? pauseMs * PAUSES_BEFORE_WORSE : pauseMs;
    const early = known !== undefined && now >= known.toldAt && now - known.toldAt < pause;
    if (early || (known?.stands && trouble.level <= known.level)) return [];
    const { cause, subject, since, level } = trouble;
    const remember = { cause, subject, since, level, toldAt: now, stands: true };
    return [{ kind: known?.stands ? 'grown' : 'begun', trouble, remember }];
  });
  const there = new Set(troubles.map(keyOf));
  const ends = told
    .filter((one) => one.stands && !there.has(keyOf(one)) && now - seenAt(one) >= calmMs)
    .map((one): Telling => ({ kind: 'over', told: one, remember: { ...one, stands: false } }));
  return [...news, ...ends];
}

export const keyOf = ({ cause, subject }: Pick<Told, 'cause' | 'subject'>): string => `${cause}\0${subject}`;

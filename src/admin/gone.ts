// Why the bytes of a letter are not there any more, in the words that every command uses for it.

import type { Removal } from '../store/removals.ts';
import type { Spool } from '../store/spool.ts';
import { day } from './page.ts';

/** `removed by retention on 2026-11-22`, a day of the zone given; null where the bytes of the letter were not removed. */
export function removedWords(spool: Spool, letter: number, timeZone: string): string | null {
  const removal = spool.removals.of(letter);
  return removal && `${WORDS[removal.because]} on ${day(removal.at, timeZone)}`;
}

const WORDS: Readonly<Record<Removal['because'], string>> = {
  retention: 'removed by retention',
  erased: 'erased on request',
};

/** A sentence about a letter whose bytes were asked for in vain. */
export function goneLine(spool: Spool, letter: number, timeZone: string): string {
  const removed = removedWords(spool, letter, timeZone);
  return removed === null
    ? `the bytes of letter ${letter} are gone from the spool`
    : `the bytes of letter ${letter} were ${removed}`;
}

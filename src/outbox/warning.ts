// What a warning says, read when it is sent: the letter that waits, as operators know it from its notification, and its
// deadline.

import { momentWords } from '../desk/deadline-words.ts';
import { clockOfEntry } from '../store/clocks.ts';
import type { ReadMaterial } from './compose.ts';
import { type NotificationDeps, notificationReader } from './notification.ts';

/** Reads a warning. Rejects where its letter is gone or the database is in trouble. */
export function warningReader(deps: NotificationDeps): ReadMaterial {
  const read = notificationReader(deps);
  return async (letter) => {
    const { values } = await read(letter, 'without-files');
    const clock = await clockOfEntry(deps.db, letter.entry ?? 0);
    if (!clock) throw new Error('the clock that this letter tells of is not there any more');
    const words = (at: number) => momentWords(at, deps.timeZone, letter.model.language);
    const answered = clock.stopped_because === 'answered' && clock.stopped_at !== null ? words(clock.stopped_at) : null;
    return { values: { ...values, arrived: words(clock.started_at), due: words(clock.due_at), answered } };
  };
}

// Where a change of a ticket comes from.

import type { Timetable } from '../../desk/timetable.ts';

/** Which letter changes the ticket (null at the command line), when, and by what its clocks count. */
export interface Origin {
  readonly letter: number | null;
  readonly now: number;
  readonly timetable: Timetable;
}

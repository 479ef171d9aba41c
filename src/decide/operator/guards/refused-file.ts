// A file that the desk's policy refuses would be missing where the text speaks of it.

import { type Guard, unlessConfirmed } from '../guard.ts';

/** So many of them are named. */
export const NAMED = 5;

export const refusedFile: Guard = ({ refused }) =>
  refused.length > 0
    ? unlessConfirmed(
        'refused-file',
        refused
          .slice(0, NAMED)
          .map(({ filename, reason }) => `${filename} (${reason ?? 'other'})`)
          .join(', '),
      )
    : null;

// A file that the desk's policy refuses would be missing where the text speaks of it.

import { type Guard, unlessConfirmed } from '../guard.ts';

export const refusedFile: Guard = ({ refused }) =>
  refused.length > 0
    ? unlessConfirmed(
        'refused-file',
        refused
          .slice(0, 5)
          .map(({ filename, reason }) => `${filename} (${reason ?? 'other'})`)
          .join(', '),
      )
    : null;

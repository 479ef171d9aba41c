// An operator's letter over the size limit: only its header is here, so there is nothing to send.

import { type Guard, never } from '../guard.ts';

export const oversize: Guard = (_draft, { letter }) =>
  letter.oversize === null ? null : never('oversize', `${Math.ceil(letter.oversize / 1024 / 1024)} MB`);

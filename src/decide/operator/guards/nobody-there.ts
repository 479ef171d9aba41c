// A ticket of a letter without a valid From has nobody who could be written to, until #cc names somebody.

import { addressees } from '../answer.ts';
import { type Guard, never } from '../guard.ts';

export const nobodyThere: Guard = (draft, c) => (addressees(c, draft).length > 0 ? null : never('nobody-there', ''));

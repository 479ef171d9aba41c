// A letter that adds nothing to what it quotes: sent on, it would give the customer the notification back.

import { type Guard, never } from '../guard.ts';

export const nothingNew: Guard = ({ text, files }) =>
  text.trim() === '' && files.length === 0 ? never('nothing-new', '') : null;

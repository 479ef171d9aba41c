// Words of a vacation notice without any mark of one: an operator may write of a colleague's vacation, or be away.

import { type Guard, unlessConfirmed } from '../guard.ts';

export const automaticWords: Guard = (_draft, { letter: { classification } }) =>
  classification.kind === 'human' ? null : unlessConfirmed('automatic-words', classification.evidence);

// Words of a vacation notice without any mark of one: an operator may write of a colleague's vacation, or be away.

import { hasWordsOfMachine } from '../../../mail/classification.ts';
import { type Guard, unlessConfirmed } from '../guard.ts';

export const automaticWords: Guard = (_draft, { letter: { classification } }) =>
  hasWordsOfMachine(classification) ? unlessConfirmed('automatic-words', classification.evidence) : null;

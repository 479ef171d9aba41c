// Words of a vacation notice without any mark of one: an operator may write of a colleague's vacation, or be away. And a weak
// mark on what came at once: an operator's server may put it on all of his letters, or on what it answers for him.

import { hasWordsOfMachine } from '../../../mail/classification.ts';
import { cameAtOnce } from '../../weak.ts';
import { type Guard, unlessConfirmed } from '../guard.ts';

export const automaticWords: Guard = (_draft, c) => {
  const { classification } = c.letter;
  return hasWordsOfMachine(classification) || cameAtOnce(c)
    ? unlessConfirmed('automatic-words', classification.evidence)
    : null;
};

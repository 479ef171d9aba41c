// An answer to our question that is neither yes nor no: «нет, подождите» must not become an answer to the customer.

import { type Guard, unlessConfirmed } from '../guard.ts';

export const otherWords: Guard = ({ standing }) =>
  standing.tokens[0]?.held == null ? null : unlessConfirmed('other-words', '');

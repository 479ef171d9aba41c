// A text file with a signed address or an operator's address in it: a saved notification, mostly. Bytes of a file are sent as
// they are or not at all, so nothing is taken out of it.

import { type Guard, unlessConfirmed } from '../guard.ts';
import { NAMED } from './refused-file.ts';

export const secretFile: Guard = ({ files }) => {
  const named = files.filter(({ holdsSecret }) => holdsSecret === true).map(({ filename }) => filename);
  return named.length > 0 ? unlessConfirmed('secret-file', named.slice(0, NAMED).join(', ')) : null;
};

// Text that no customer reads and that no template should have to carry: a log belongs into a file.

import { isTooLong } from '../draft.ts';
import { type Guard, never } from '../guard.ts';

export const tooLong: Guard = ({ text }) => (isTooLong(text) ? never('too-long', '') : null);

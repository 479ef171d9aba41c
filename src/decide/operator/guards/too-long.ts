// Text that no customer reads and that no template should have to carry: a log belongs into a file.

import { type Guard, never } from '../guard.ts';

const MAX_CHARS = 100_000;

export const tooLong: Guard = ({ text }) =>
  text.length > MAX_CHARS ? never('too-long', `${Math.round(text.length / 1000)} 000`) : null;

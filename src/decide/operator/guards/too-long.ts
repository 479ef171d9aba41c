// Text that no customer reads and that no template should have to carry: a log belongs into a file.

import { type Guard, never } from '../guard.ts';

const MAX_CHARS = 100_000;
/** What a template makes of so many lines takes a third of a second. */
const MAX_LINES = 5_000;

export const tooLong: Guard = ({ text }) =>
  text.length > MAX_CHARS || text.split('\n').length > MAX_LINES ? never('too-long', '') : null;

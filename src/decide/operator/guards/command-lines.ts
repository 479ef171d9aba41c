// A line at the top that begins with # is meant for the desk; what is not understood must not reach a customer.

import { type Guard, never } from '../guard.ts';

export const commandLines: Guard = ({ text }) => {
  const first = text.split('\n').find((line) => line.trim() !== '') ?? '';
  return first.trimStart().startsWith('#') ? never('command', first.trim().slice(0, 80)) : null;
};

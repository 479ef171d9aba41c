// The same words once more: a replayed letter, or a mail program that sent twice.

import { type Guard, plain, unlessConfirmed } from '../guard.ts';

export const saidBefore: Guard = ({ text, conversation }) => {
  const said = plain(text);
  const again = said !== '' && conversation.said.some((one) => one.kind === 'answer' && plain(one.text) === said);
  return again ? unlessConfirmed('said-before', '') : null;
};

// X-Loop: procmail's forwarding recipe writes it on every letter that it sends on, so that it knows it again. Robots write it
// too, and an answer might come back.

import { finding, firstField, type Rule } from './finding.ts';

export const xLoop: Rule = ({ message }) => {
  const seen = firstField(message, ['X-Loop']);
  return seen === null ? null : finding('human', 'x-loop', seen);
};

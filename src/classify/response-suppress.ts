// X-Auto-Response-Suppress (MS-OXCMAIL §2.2.3.2.14) asks robots for no answer. Exchange writes it on what it makes itself and
// on every letter of a distribution list, so it can't prove a robot (RFC 3834 §5). `None` says nothing.

import { finding, type Rule } from './finding.ts';

const WORD = /(?<![a-z])(?:all|oof|autoreply|dr|ndr|rn|nrn)(?![a-z])/i;

export const responseSuppress: Rule = ({ message }) => {
  const value = message.fields.every('x-auto-response-suppress').find((one) => WORD.test(one));
  return value === undefined ? null : finding('human', 'response-suppress', `X-Auto-Response-Suppress: ${value}`);
};

// X-Auto-Response-Suppress (MS-OXCMAIL §2.2.3.2.14): Exchange writes it on what it makes itself, others on what must not be
// answered by a machine. `None` says nothing.

import { finding, type Rule } from './finding.ts';

const WORD = /(?<![a-z])(?:all|oof|autoreply|dr|ndr|rn|nrn)(?![a-z])/i;

export const responseSuppress: Rule = ({ message }) => {
  const value = message.fields.every('x-auto-response-suppress').find((one) => WORD.test(one));
  return value === undefined
    ? null
    : finding('auto-generated', 'response-suppress', `X-Auto-Response-Suppress: ${value}`);
};

// Precedence and X-Precedence (RFC 2076 §3.9): `bulk`, `junk`, `list`, `auto_reply`. A letter may carry several, and the
// one that tells may be the last.

import { finding, type Rule } from './finding.ts';

const KINDS = {
  bulk: 'auto-generated',
  junk: 'auto-generated',
  list: 'list',
  auto_reply: 'auto-replied',
  'auto-reply': 'auto-replied',
  autoreply: 'auto-replied',
} as const;

const isKnown = (word: string): word is keyof typeof KINDS => Object.hasOwn(KINDS, word);

export const precedence: Rule = ({ message }) => {
  for (const name of ['Precedence', 'X-Precedence']) {
    for (const value of message.fields.every(name)) {
      const word = /^\s*"?([a-z_-]{1,20})/i.exec(value)?.[1]?.toLowerCase() ?? '';
      if (isKnown(word)) return finding(KINDS[word], 'precedence', `${name}: ${value}`);
    }
  }
  return null;
};

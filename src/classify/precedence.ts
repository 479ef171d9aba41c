// Precedence and X-Precedence (RFC 2076 §3.9). `auto_reply` is written by robots alone. `bulk`, `list` and `junk` say what
// may wait or go unanswered: forwarders, ticket systems and CRMs write them on people's letters too. A letter may carry
// several fields, and the one that tells may be the last.

import type { Message } from '../mail/message.ts';
import { finding, type Rule } from './finding.ts';
import { ownGroup } from './own-group.ts';

const ROBOT = /^auto[_-]?reply$/;
const MUTES = /^(?:bulk|junk|list)$/;

/** The first value whose keyword fits, as evidence; null where none does. */
function valueWhere({ fields }: Message, fits: (word: string) => boolean): string | null {
  for (const name of ['Precedence', 'X-Precedence']) {
    for (const value of fields.every(name)) {
      if (fits(/^\s*"?([a-z_-]{1,20})/i.exec(value)?.[1]?.toLowerCase() ?? '')) return `${name}: ${value}`;
    }
  }
  return null;
}

export const autoReplyPrecedence: Rule = ({ message }) => {
  const seen = valueWhere(message, (word) => ROBOT.test(word));
  return seen === null ? null : finding('auto-replied', 'precedence', seen);
};

/** Google writes `list` on every letter that comes through a group: of the desk's own one it says nothing. */
export const bulkPrecedence: Rule = ({ message }, ours) => {
  const ofGroup = ownGroup(message, ours) !== null;
  const seen = valueWhere(message, (word) => MUTES.test(word) && !(ofGroup && word === 'list'));
  return seen === null ? null : finding('human', 'precedence', seen);
};

// Auto-Submitted (RFC 3834 §5, RFC 5436 §2.7.1): any keyword but `no` says that no person wrote this; parameters and
// comments go round the keyword. `no` is what people's letters may carry, and decides nothing; nor does what Exchange writes on
// letters that a rule of ours sends on to us.

import { finding, type Rule } from './finding.ts';
import { redirectTrace } from './redirected.ts';
import { hasVacationMark, vacationSubject } from './vacation-subject.ts';

/** The keyword of a value without comments and parameters, in lower case. */
function keyword(value: string): string {
  let text = '';
  let depth = 0;
  for (const sign of value.slice(0, 500)) {
    if (sign === '(') depth++;
    else if (sign === ')') depth = Math.max(depth - 1, 0);
    else if (sign === ';' && depth === 0) break;
    else if (depth === 0) text += sign;
  }
  return text.trim().toLowerCase();
}

export const autoSubmitted: Rule = (letter, ours) => {
  const { message } = letter;
  const sentOn = vacationSubject(letter, ours) === null && redirectTrace(message, ours) !== null;
  for (const value of message.fields.every('auto-submitted')) {
    const word = keyword(value);
    if (word === '' || word === 'no') continue;
    if (word === 'auto-generated' && sentOn) continue;
    // Exchange calls its vacation notices auto-generated.
    const replied = word === 'auto-replied' || hasVacationMark(message.subject);
    return finding(replied ? 'auto-replied' : 'auto-generated', 'auto-submitted', `Auto-Submitted: ${value}`);
  }
  return null;
};

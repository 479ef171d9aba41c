// What `kvitok check` says of the people of the desk: what proves their letters, and whether anybody hears of deadlines.

import type { Config } from '../config/schema.ts';
import { type Finding, ok, warning } from './findings.ts';
import { counted } from './page.ts';

/** Looks at the configured operators. A desk without them answers past kvitok, and nothing is to be said. */
export function checkOperators({ operators, threading }: Config): readonly Finding[] {
  if (operators.length === 0) return [];
  const findings = [
    ...(threading.authservId === undefined ? [UNPROVEN] : []),
    ...(operators.some(({ role }) => role === 'lead') ? [] : [NO_LEAD]),
  ];
  return findings.length > 0 ? findings : [ok('operators', `${counted(operators.length, 'operator')}, letters proven`)];
}

const UNPROVEN = warning(
  'operators',
  'whoever gets hold of a letter to an operator can answer in their name: only its secret address and From are looked at; where your mail server checks senders, put the name under which it writes Authentication-Results into threading.authservId',
);

const NO_LEAD = warning(
  'operators',
  'none of them is a lead, so nobody but the assignee hears of deadlines and bad marks; give one the role lead',
);

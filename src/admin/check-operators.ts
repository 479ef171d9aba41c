// What `kvitok check` says of the people of the desk: what proves their letters, and whether anybody hears of deadlines.

import type { Config } from '../config/schema.ts';
import { isStaffedDesk } from '../ingest/rules.ts';
import { type Finding, ok, warning } from './findings.ts';
import { counted } from './page.ts';

/** Looks at the configured operators. People who share the desk's account answer past kvitok, and nothing is to be said of them. */
export function checkOperators(config: Config): readonly Finding[] {
  const { operators, threading } = config;
  if (!isStaffedDesk(config)) return [warning('operators', UNSTAFFED)];
  if (operators.length === 0) return [];
  const findings = [
    ...(threading.authservId === undefined ? [UNPROVEN] : []),
    ...(operators.some(({ role }) => role === 'lead') ? [] : [NO_LEAD]),
  ];
  return findings.length > 0 ? findings : [ok('operators', `${counted(operators.length, 'operator')}, letters proven`)];
}

/** Said by `check`, and by the daemon at its start. */
export const UNSTAFFED =
  'nobody reads what comes in, and customers are promised no time; name the people of the desk under "operators" (address, name, and the role lead for one of them), or where they share the mailbox let kvitok read its folder of sent letters ("sent": { "read": true })';

const UNPROVEN = warning(
  'operators',
  'whoever gets hold of a letter to an operator can answer in their name: only its secret address and From are looked at; where your mail server checks senders, put the name under which it writes Authentication-Results into threading.authservId',
);

const NO_LEAD = warning(
  'operators',
  'none of them is a lead, so nobody but the assignee hears of deadlines and bad marks; give one the role lead',
);

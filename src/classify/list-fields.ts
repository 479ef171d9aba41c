// Mailing lists and mailings (RFC 2369, RFC 2919): an answer would go to a crowd or to nobody. A group that is the desk's own
// is no list: every customer comes through it.

import { finding, firstField, type Rule } from './finding.ts';
import { ownGroup } from './own-group.ts';

const NAMES = [
  'List-Id',
  'List-Post',
  'List-Unsubscribe',
  'List-Help',
  'List-Subscribe',
  'List-Archive',
  'Mailing-List',
];

export const listFields: Rule = ({ message }, ours) => {
  const evidence = firstField(message, NAMES);
  return evidence === null || ownGroup(message, ours) !== null ? null : finding('list', 'list-fields', evidence);
};

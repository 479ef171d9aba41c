// Mailing lists and mailings (RFC 2369, RFC 2919): an answer would go to a crowd or to nobody.

import { finding, firstField, type Rule } from './finding.ts';

const NAMES = [
  'List-Id',
  'List-Post',
  'List-Unsubscribe',
  'List-Help',
  'List-Subscribe',
  'List-Archive',
  'Mailing-List',
];

export const listFields: Rule = ({ message }) => {
  const evidence = firstField(message, NAMES);
  return evidence === null ? null : finding('list', 'list-fields', evidence);
};

// docs/operations.md against the code it describes.

import { expect, test } from '@jest/globals';
import { CAUSES } from '../../src/alarms/causes.ts';
import { named, read, rowsBelow } from './pages.ts';

const page = read('docs/operations.md');

test('the page tells of every alarm, and of no other', () => {
  const told = rowsBelow(page, 'Alarms').map(([name]) => named(name));
  expect(told.toSorted()).toEqual(Object.keys(CAUSES).toSorted());
});

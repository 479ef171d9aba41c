// Every dependency has its line with a reason, and nothing stands there that is not used any more.

import { expect, test } from '@jest/globals';
import { named, read, rowsBelow } from './pages.ts';

const manifest = JSON.parse(read('package.json')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
const rows = [
  ...rowsBelow(read('docs/dependencies.md'), 'At run time'),
  ...rowsBelow(read('docs/dependencies.md'), 'For development and tests'),
];

test('the page names the packages of package.json, each once', () => {
  const wanted = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.devDependencies)].toSorted();
  expect(rows.map(([name]) => named(name)).toSorted()).toEqual(wanted);
});

test('every line gives a reason', () => {
  expect(rows.filter(([, reason]) => (reason ?? '').length < 10)).toEqual([]);
});

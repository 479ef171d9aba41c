// A package-lock.json that lacks the platform packages of other machines makes `npm ci` fail there.

import { expect, test } from '@jest/globals';
import { read } from './pages.ts';

interface Locked {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

test('the lock file names every optional package, so that npm ci works on every machine', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, Locked>> };
  const missing = Object.entries(packages).flatMap(([where, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(
      (name) => !packages[`${where}/node_modules/${name}`] && !packages[`node_modules/${name}`],
    ),
  );
  expect(missing).toEqual([]);
});

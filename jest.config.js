export default {
  testEnvironment: '<rootDir>/test/support/leaks.ts',
  globalSetup: '<rootDir>/test/support/apt.ts',
  transform: {},
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  maxWorkers: 2,
  // a machine that does something else beside is no failure
  testTimeout: 30_000,
};

import { expect, test } from '@jest/globals';
import { isOwnAddress } from '../../src/mail/own-address.ts';

const OWN = new Set(['support@desk.example', 'a+b@desk.example']);

test.each([
  ['support@desk.example', true],
  ['support+anything@desk.example', true],
  ['support+a+b@desk.example', true],
  ['support+@desk.example', true],
  ['a+b@desk.example', true],
  ['supporter@desk.example', false],
  ['support@desk.example.evil.example', false],
  ['+support@desk.example', false],
  ['ivan+support@desk.example', false],
])('%s is the desk’s own: %s', (known, own) => {
  expect(isOwnAddress(OWN, known)).toBe(own);
});

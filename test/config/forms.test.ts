// What an admin is told about a form whose letters nothing could ever show to be its own.

import { expect, test } from '@jest/globals';
import { configSchema } from '../../src/config/schema.ts';

const problems = (values: object): readonly string[] => {
  const checked = configSchema.safeParse({ desk: { name: 'Desk', address: 'support@desk.example' }, ...values });
  return checked.success ? [] : checked.error.issues.map(({ message }) => message);
};
const forms = (form: object) => ({ requests: { forms: [{ sender: 'form@shop.example', ...form }] } });

test('a form is well where a server states who is proven, or where it comes by a server of its own', () => {
  expect(problems({ ...forms({}), threading: { authservId: 'mx.desk.example' } })).toEqual([]);
  expect(problems({ ...forms({}), threading: { checkSignatures: true } })).toEqual([]);
  expect(problems(forms({ server: 'www.shop.example' }))).toEqual([]);
  expect(problems(forms({ server: '2001:db8::7' }))).toEqual([]);
});

test('and is a mistake where nothing can prove it', () => {
  expect(problems(forms({}))).toEqual([expect.stringMatching(/^nothing can prove that a letter is of this form/)]);
});

test('a server is a host name or an address, no URL', () => {
  expect(problems(forms({ server: 'https://shop.example' }))).toEqual([expect.stringMatching(/^a host name/)]);
});

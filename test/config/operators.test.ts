// What an admin is told about operators that can't be.

import { expect, test } from '@jest/globals';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { pathText, problemsOf } from '../../src/config/problems.ts';
import { configSchema } from '../../src/config/schema.ts';

function problems(...addresses: readonly string[]): readonly string[] {
  const config = {
    desk: { name: 'Desk', address: 'support@desk.example', aliases: ['help@desk.example'] },
    operators: addresses.map((address) => ({ address, name: 'Anna' })),
  };
  const checked = configSchema.safeParse(config);
  const found = checked.success ? [] : problemsOf(checked.error.issues, config, configJsonSchema());
  return found.map(({ path, text }) => `${pathText(path)}: ${text}`);
}

test('two operators with addresses of their own are well', () => {
  expect(problems('anna@desk.example', 'boris@desk.example')).toEqual([]);
});

test('an operator at the support address or one of its aliases would write to himself', () => {
  expect(problems('Support@desk.example', 'help@desk.example', 'support+boris@desk.example')).toEqual([
    expect.stringMatching(/^operators\[0\]\.address: letters to it come to the desk itself/),
    expect.stringMatching(/^operators\[1\]\.address: letters to it come to the desk itself/),
    expect.stringMatching(/^operators\[2\]\.address: letters to it come to the desk itself/),
  ]);
});

test('two operators of one address are one', () => {
  expect(problems('anna@desk.example', 'ANNA@desk.example')).toEqual([
    expect.stringMatching(/^operators\[1\]\.address: operators\[0\] has the same address/),
  ]);
});

// docs/letters.md against the rules it describes.

import { expect, test } from '@jest/globals';
import { configSchema } from '../../src/config/schema.ts';
import { named, read, rowsBelow } from './pages.ts';

const page = read('docs/letters.md');

test('the page tells every end a letter can come to', () => {
  const source = /type Disposition =([^;]+);/.exec(read('src/decide/decision.ts'))?.[1] ?? '';
  const dispositions = [...source.matchAll(/'([a-z-]+)'/g)].map((match) => match[1]!);
  expect(rowsBelow(page, 'What becomes of a letter').map(([name]) => named(name))).toEqual(dispositions);
});

test('every limit has the default that the page says', () => {
  const config: unknown = configSchema.parse({ desk: { name: 'Desk', address: 'support@example.org' } });
  const settingOf = (setting: string) =>
    setting.split('.').reduce<unknown>((value, key) => Object(value)[key] as unknown, config);
  const rows = rowsBelow(page, 'Limits').map(([setting, value]) => ({ setting: named(setting), value: Number(value) }));
  expect(rows.length).toBeGreaterThan(0);
  expect(rows).toEqual(rows.map(({ setting }) => ({ setting, value: settingOf(setting) })));
});

import { expect, test } from '@jest/globals';
import { within } from '../../src/ingest/prove.ts';

test('a name server that never answers holds up the letters behind for no longer than one letter may ask', async () => {
  const resolver = within(30, () => new Promise(() => {}));
  const start = performance.now();
  for (let i = 0; i < 20; i++)
    await expect(resolver('client.example', 'TXT')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  expect(performance.now() - start).toBeLessThan(2000);
});

test('one that answers is heard', async () => {
  expect(await within(10_000, async () => [['v=spf1 -all']])('client.example', 'TXT')).toEqual([['v=spf1 -all']]);
});

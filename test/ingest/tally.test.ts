// Letters that were dealt with, as they are counted.

import { expect, test } from '@jest/globals';
import type { Count } from '../../src/config/count.ts';
import { reasonOf } from '../../src/ingest/tally.ts';
import { withDesk } from '../support/desk.ts';

test.each([
  ['automatic mail (precedence)', 'automatic mail'],
  ['its words look automatic (vacation-words)', 'its words look automatic'],
  ['From is not proven: dmarc=fail header.from=client.example', 'From is not proven'],
  ['the letter arrived 73 hours ago', 'the letter arrived N hours ago'],
  ['the same letter as 17', 'the same letter as N'],
])('the silence «%s» is counted as «%s»', (silence, reason) => {
  expect(reasonOf(silence)).toBe(reason);
});

test('each letter is counted once by what became of it, each silence by its reason, each limit that cut something', async () => {
  const counted: string[] = [];
  const count: Count = (counter, labels) => void counted.push(`${counter} ${Object.values(labels).join(' ')}`);
  await withDesk(
    async ({ hand, workOff }) => {
      await hand({ messageId: 'one@client.example', text: 'My printer is on fire.\n' });
      await hand({ messageId: 'one@client.example', text: 'My printer is on fire.\n' });
      await hand({ messageId: '2@r', from: 'robot@client.example', headers: [['Auto-Submitted', 'auto-generated']] });
      await hand({ messageId: '3@l', from: 'long@client.example', text: 'many words \n'.repeat(120_000) });
      await workOff();
    },
    { count },
  );
  expect(counted.filter((one) => !one.startsWith('silences'))).toEqual([
    'letters opened',
    'letters duplicate',
    'letters automatic',
    'letters opened',
    'defects text-limit',
  ]);
  expect(counted.filter((one) => one.startsWith('silences'))).toEqual([
    'silences the same letter as N',
    'silences automatic mail',
  ]);
});

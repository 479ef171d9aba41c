import { expect, test } from '@jest/globals';
import { followedBy } from '../../src/thread/follower.ts';

const OWN = { id: 1001, subject: 'Не проходит оплата картой', own: true };
const COLLEAGUES = { id: 1002, subject: 'Не проходит оплата картой', own: false };

test.each([
  ['Re: Не проходит оплата картой', OWN],
  ['Не проходит  оплата картой', OWN],
  ['Отв: [#10008] НЕ ПРОХОДИТ оплата картой', OWN],
  ['Не проходит оплата', null],
  ['Re: ', null],
])('a letter «%s» without References may go on with the ticket of that subject', (subject, expected) => {
  expect(followedBy(1003, subject, [OWN])).toEqual(expected);
});

test('a ticket never goes on with a later one', () => {
  expect(followedBy(1000, 'Re: Не проходит оплата картой', [OWN])).toBeNull();
});

test('with a colleague’s ticket a letter goes on only where it says that it answers', () => {
  expect(followedBy(1003, 'Re: Не проходит оплата картой', [COLLEAGUES])).toEqual(COLLEAGUES);
  expect(followedBy(1003, 'Не проходит оплата картой', [COLLEAGUES])).toBeNull();
});

test('of several the newest is named', () => {
  const older = { ...OWN, id: 1000 };
  expect(followedBy(1003, 'Re: Не проходит оплата картой', [older, OWN])).toEqual(OWN);
});

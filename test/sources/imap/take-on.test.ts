import { expect, test } from '@jest/globals';
import { fateOf } from '../../../src/sources/imap/take-on.ts';

const TAKEN_ON = Date.parse('2026-11-02T10:00:00Z');
const first = { takenOnAt: TAKEN_ON, uidNext: 100, renumbered: false };
const renumbered = { ...first, renumbered: true };
const at = (date: string) => Date.parse(date);

const TABLE = [
  ['a letter that came after kvitok', 100, '2026-11-03', 'now', first, 'take'],
  ['an old letter that a person moved in today', 100, '2020-01-01', '2026-01-01', first, 'take'],
  ['an old letter, from now', 99, '2026-11-01', 'now', first, 'leave'],
  ['a letter before the date', 99, '2025-12-31T23:59:59Z', '2026-01-01', first, 'leave'],
  ['a letter on the date', 99, '2026-01-01T00:00:00Z', '2026-01-01', first, 'take'],
  ['an old letter, all', 99, '2020-01-01', 'all', first, 'take, was in the mailbox before kvitok'],
  ['a renumbered letter that was there before kvitok', 99, '2026-10-31', 'now', renumbered, 'leave'],
  ['a renumbered letter that kvitok may know', 99, '2026-11-05', 'now', renumbered, 'take, the mailbox was renumbered'],
  ['a renumbered letter before the date', 99, '2025-06-01', '2026-01-01', renumbered, 'leave'],
  ['a letter after the renumbering', 100, '2026-11-05', 'now', renumbered, 'take'],
] as const;

test.each(TABLE)('%s', (_what, uid, arrived, startFrom, baseline, expected) => {
  const fate = fateOf(uid, at(arrived), startFrom, baseline);
  expect(fate.kind === 'take' && fate.silent ? `take, ${fate.silent}` : fate.kind).toBe(expected);
});

test('a letter whose date must be known is looked at first, and only such a letter', () => {
  expect(fateOf(99, null, '2026-01-01', first).kind).toBe('look');
  expect(fateOf(99, null, 'now', renumbered).kind).toBe('look');
  expect(fateOf(99, null, 'now', first).kind).toBe('leave');
  expect(fateOf(99, null, 'all', first).kind).toBe('take');
  expect(fateOf(100, null, '2026-01-01', first).kind).toBe('take');
});

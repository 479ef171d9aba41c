import { expect, test } from '@jest/globals';
import { holdBytes } from '../../src/ingest/held.ts';

test('letters are held as far as there is room, given away once, and then there is room again', () => {
  const held = holdBytes(10);
  const letter = (size: number) => Buffer.alloc(size);
  held.put(1, letter(6));
  held.put(2, letter(5));
  held.put(3, letter(4));
  expect(held.take(2)).toBeNull();
  expect(held.take(1)).toHaveLength(6);
  expect(held.take(1)).toBeNull();
  held.put(4, letter(6));
  expect(held.take(4)).toHaveLength(6);
  expect(held.take(3)).toHaveLength(4);
});

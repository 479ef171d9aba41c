import { describe, expect, test } from '@jest/globals';
import { windowsOf } from '../../../src/sources/imap/fetch.ts';
import { pieces, uidSet } from '../../../src/sources/imap/uids.ts';

const limits = { letterBytes: 1000, windowBytes: 1000, windowLetters: 3 };
const cut = (...sizes: number[]) =>
  windowsOf(
    sizes.map((size, uid) => ({ uid, size, arrivedAt: 0 })),
    limits,
  ).map((window) => window.map(({ size }) => size));

describe('a window of letters', () => {
  test('holds no more letters, and no more bytes, than it may', () => {
    expect(cut(1, 1, 1, 1)).toEqual([[1, 1, 1], [1]]);
    expect(cut(600, 400, 1)).toEqual([[600, 400], [1]]);
    expect(cut(600, 401)).toEqual([[600], [401]]);
    expect(cut()).toEqual([]);
  });

  test('is a large letter alone where need be', () => {
    expect(cut(1, 1000, 1)).toEqual([[1], [1000], [1]]);
  });
});

test('UIDs become a sequence set of numbers only, with runs as ranges', () => {
  expect(uidSet([5, 1, 2, 3, 9, 10])).toBe('1:3,5,9:10');
  expect(uidSet([4294967295])).toBe('4294967295');
});

test('a list in pieces loses nothing', () => {
  expect(pieces([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(pieces([], 2)).toEqual([]);
});

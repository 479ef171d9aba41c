// Marks against fixtures/tables/ratings.json.

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { ratingIn } from '../../src/desk/rating.ts';

const { ratings } = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, '../../fixtures/tables/ratings.json'), 'utf8'),
) as {
  ratings: { reply: string; mark: number | null; comment?: string; reopens?: true }[];
};

test.each(ratings)('$reply is the mark $mark', ({ reply, mark, comment = '', reopens = false }) => {
  expect(ratingIn(reply)).toEqual(mark === null ? null : { mark, comment, reopens });
});

import { expect, test } from '@jest/globals';
import { prepared } from '../../src/store/prepared.ts';
import { withStore } from '../support/store.ts';

const remember = prepared((db, row: { name: string; value: string }) => db.insertInto('settings').values(row));
const settingOf = prepared((db, { name }: { name: string }) =>
  db.selectFrom('settings').select('value').where('name', '=', name),
);

test('a query that was prepared with the values of one call gives each later call its own, in every store', async () => {
  for (const day of ['Monday', 'Tuesday']) {
    await withStore(async ({ db }) => {
      await remember(db, { name: 'first', value: `${day} morning` });
      await remember(db, { value: `${day} evening`, name: 'second' });
      expect((await settingOf(db, { name: 'second' })).rows).toEqual([{ value: `${day} evening` }]);
      expect((await settingOf(db, { name: 'first' })).rows).toEqual([{ value: `${day} morning` }]);
      expect((await settingOf(db, { name: 'third' })).rows).toEqual([]);
    });
  }
});

test('a query that calculates with a value of its first call is refused, for it would give that to every later one', async () => {
  const later = prepared((db, { at }: { at: number }) =>
    db
      .selectFrom('letters')
      .select('id')
      .where('received_at', '<', at + 1),
  );
  await withStore(async ({ db }) => {
    expect(() => later(db, { at: 1 })).toThrow('at is not known yet while its query is being prepared');
  });
});

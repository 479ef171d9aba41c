import { expect, test } from '@jest/globals';
import { type Concern, concerned, type Operator } from '../../src/desk/operators.ts';

const person = (name: string, more: Partial<Operator> = {}): Operator => ({
  identity: `${name}@desk.example`,
  address: `${name}@desk.example`,
  name,
  role: 'operator',
  notify: true,
  ...more,
});
const DESK = [
  person('anna'),
  person('boris'),
  person('quiet', { notify: false }),
  person('lead', { role: 'lead' }),
  person('dev', { role: 'developer' }),
  person('silent-dev', { role: 'developer', notify: false }),
];

const TABLE: readonly { who: string; concern: Partial<Concern>; hear: readonly string[] }[] = [
  { who: 'all who want to, of a ticket that is nobody’s', concern: {}, hear: ['anna', 'boris', 'lead'] },
  { who: 'the assignee alone', concern: { assignee: 'boris@desk.example' }, hear: ['boris'] },
  {
    who: 'an assignee who wants to hear of nothing else',
    concern: { assignee: 'quiet@desk.example' },
    hear: ['quiet'],
  },
  {
    who: 'all again when the assignee is no operator any more',
    concern: { assignee: 'gone@desk.example' },
    hear: ['anna', 'boris', 'lead'],
  },
  {
    who: 'developers as well, of what development has',
    concern: { level: 'development' },
    hear: ['anna', 'boris', 'lead', 'dev'],
  },
  {
    who: 'assignee and developers, of what development has',
    concern: { level: 'development', assignee: 'anna@desk.example' },
    hear: ['anna', 'dev'],
  },
  {
    who: 'no operator of his own request',
    concern: { except: ['anna@desk.example', null] },
    hear: ['boris', 'lead'],
  },
  {
    who: 'somebody else of a request of the assignee’s own',
    concern: { assignee: 'anna@desk.example', except: ['anna@desk.example'] },
    hear: ['boris', 'lead'],
  },
];

test.each(TABLE)('of a letter hears $who', ({ concern, hear }) => {
  const told = concerned(DESK, { assignee: null, level: 'free', except: [], ...concern });
  expect(told.map(({ name }) => name)).toEqual(hear);
});

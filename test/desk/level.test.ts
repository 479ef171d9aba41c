import { expect, test } from '@jest/globals';
import { chooseLevel, type LevelFacts, type LevelRequest } from '../../src/desk/level.ts';
import { isOlder } from '../../src/desk/version.ts';

const FACTS: LevelFacts = {
  sender: 'irina@luch.example',
  recipients: ['support@desk.example'],
  subject: 'Корзина',
  text: 'Не открывается корзина.',
  client: null,
  version: null,
  question: null,
};
const PARTNER = { name: 'Луч', category: 'partner' } as const;
const rule = (change: Partial<LevelRequest>): LevelRequest => ({
  level: 'development',
  words: [],
  senders: [],
  addresses: [],
  ...change,
});
const levelOf = (
  facts: Partial<LevelFacts>,
  rules: readonly LevelRequest[] = [],
  currentVersion: string | null = '9.0',
) => chooseLevel({ ...FACTS, ...facts }, { rules, currentVersion });

test('an address that the register does not know is free, and the ticket says why', () => {
  expect(levelOf({})).toEqual({ level: 'free', because: 'not in the client register' });
});

test('a partner is served as one', () => {
  expect(levelOf({ client: PARTNER })).toEqual({ level: 'partner', because: 'client Луч, partner' });
});

test('about an outdated version there is only advice, for partners too', () => {
  expect(levelOf({ client: PARTNER, version: '8.5' })).toEqual({
    level: 'consulting',
    because: 'version 8.5 is older than 9.0',
  });
  expect(levelOf({ client: PARTNER, version: '9.0.3' }).level).toBe('partner');
  expect(levelOf({ version: '8.5' }, [], null).level).toBe('free');
});

test('a question that support does not solve is consulting, for partners too', () => {
  expect(levelOf({ client: PARTNER, question: { level: 'consulting', name: 'вёрстка' } }).level).toBe('consulting');
});

test("the desk's own rules go first, and all that a rule names must hold", () => {
  expect(levelOf({ client: PARTNER }, [rule({ words: ['КОРЗИНА'] })])).toEqual({
    level: 'development',
    because: 'rule 1 of the configuration',
  });
  expect(levelOf({}, [rule({ senders: ['luch.example'] })]).level).toBe('development');
  expect(levelOf({}, [rule({ senders: ['irina@luch.example'], words: ['API'] })]).level).toBe('free');
  expect(levelOf({}, [rule({ senders: ['h.example'] }), rule({ addresses: ['Support@desk.example'] })])).toMatchObject({
    because: 'rule 2 of the configuration',
  });
  expect(levelOf({ sender: null }, [rule({ senders: ['luch.example'] })]).level).toBe('free');
});

test('a rule that names nothing fits nothing', () => {
  expect(levelOf({}, [rule({})]).level).toBe('free');
});

test.each([
  ['8.5', '9.0', true],
  ['8', '9.0', true],
  ['9', '9.0', false],
  ['9.0.1', '9.0', false],
  ['9.0', '9.0.1', false],
  ['9.10', '9.9', false],
  ['10', '9.9', false],
])('whether %s is older than %s: %s', (version, current, older) => {
  expect(isOlder(version, current)).toBe(older);
});

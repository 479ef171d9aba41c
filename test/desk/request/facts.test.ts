// What rules find in the words of a request, sentence by sentence: fixtures/tables/requests.json holds what each must give;
// a fact that a row does not name must not be found in it.

import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from '@jest/globals';
import { type FactRules, factsOf, missingOf, NO_FACTS } from '../../../src/desk/request/facts.ts';
import { isPublicProvider } from '../../../src/proof/organisation.ts';

interface Row {
  readonly text: string;
  readonly site?: string;
  readonly version?: string;
  readonly edition?: string;
  readonly steps?: true;
  readonly several?: true;
}

const TABLE = path.join(import.meta.dirname, '../../../fixtures/tables/requests.json');
const ROWS = JSON.parse(fs.readFileSync(TABLE, 'utf8')) as readonly Row[];

const RULES: FactRules = {
  isOther: (domain) => isPublicProvider(domain) || domain === 'advantshop.net' || domain === 'desk.example',
  writer: null,
  editions: ['Старт', 'Бизнес', 'Бизнес Плюс', 'Премиум', 'Business'],
};

test.each(ROWS.map((row) => [row.text, row] as const))('%s', (text, { site, version, edition, steps, several }) => {
  expect(factsOf('', text, RULES)).toMatchObject({
    site: site ?? null,
    version: version ?? null,
    edition: edition ?? null,
    steps: steps ?? false,
    severalProblems: several ?? false,
  });
});

const VERSIONS = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, '../../../fixtures/tables/versions.json'), 'utf8'),
) as readonly { readonly text: string; readonly version: string | null }[];

test.each(VERSIONS)('the version of the product in «$text» is $version', ({ text, version }) => {
  expect(factsOf('', text, RULES).version).toBe(version);
});

test.each(['Модуль доставки, версия 2.1', 'версия 9.0 или 11.2, не знаю', 'Обновили с версии 8.5 на версию 9.0'])(
  'whoever writes «%s» is not asked for the version',
  (text) => {
    const facts = factsOf('', text, RULES);
    expect(facts.version).toBeNull();
    expect(missingOf(['version', 'edition'], facts, null)).toEqual(['edition']);
  },
);

test('whoever names two sites is not asked for his site', () => {
  const facts = factsOf('', 'И на sveta.ru, и на lampa.ru пустая корзина', RULES);
  expect(facts.site).toBeNull();
  expect(missingOf(['site'], facts, null)).toEqual([]);
});

test('of several sites the one that the writer has his mailbox at is his', () => {
  const text = 'Сравните sveta.ru и lampa.ru: везде одно и то же';
  expect(factsOf('', text, { ...RULES, writer: 'lampa.ru' }).site).toBe('lampa.ru');
});

test('the subject counts too', () => {
  expect(factsOf('Ошибка на lampa.ru, версия 9.0', '', RULES)).toMatchObject({ site: 'lampa.ru', version: '9.0' });
});

test('a hostile text takes no time', () => {
  const long = [
    `${'a.'.repeat(50_000)}ru`,
    'версия '.repeat(20_000),
    'захожу '.repeat(20_000),
    `сайт ${'-'.repeat(100_000)}`,
    '1. '.repeat(50_000),
    'как на '.repeat(20_000),
  ].map((text) => `${text}\n${text}`);
  const started = process.cpuUsage().user;
  for (const text of long) factsOf(text, text, RULES);
  expect((process.cpuUsage().user - started) / 1000).toBeLessThan(1000);
});

test('what nobody has said is missing; what the register knows is not asked for', () => {
  const asked = ['steps', 'site', 'version', 'edition'] as const;
  expect(missingOf(asked, NO_FACTS, null)).toEqual(asked);
  expect(missingOf(asked, NO_FACTS, { version: '9.0', edition: 'Бизнес' })).toEqual(['steps', 'site']);
  expect(missingOf(asked, { ...NO_FACTS, steps: true, site: 'lampa.ru', version: '9.0' }, null)).toEqual(['edition']);
  expect(missingOf([], NO_FACTS, null)).toEqual([]);
});

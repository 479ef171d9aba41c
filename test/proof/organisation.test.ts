import { describe, expect, test } from '@jest/globals';
import { aligned, isPublicProvider, organisation, sameOrganisation, sameOwner } from '../../src/proof/organisation.ts';
import { PUBLIC_PROVIDERS } from '../../src/proof/public-providers.ts';

describe('the organisation of a domain', () => {
  test.each([
    ['mail.firma.ru', 'firma.ru'],
    ['FIRMA.RU.', 'firma.ru'],
    ['mail.shop.co.uk', 'shop.co.uk'],
    ['почта.фирма.рф', 'xn--80apmps.xn--p1ai'],
    ['bounce.desk.example', 'desk.example'],
    ['fabrik.msk.ru', 'fabrik.msk.ru'],
    ['mail.fabrik.com.ru', 'fabrik.com.ru'],
  ])('%s belongs to %s', (domain, expected) => {
    expect(organisation(domain)).toBe(expected);
  });

  test.each([['ru'], ['co.uk'], ['msk.ru'], ['localhost'], [''], ['.'], ['192.0.2.1'], ['[192.0.2.1]'], ['a b.ru']])(
    '«%s» is nobody',
    (domain) => {
      expect(organisation(domain)).toBeNull();
      expect(sameOrganisation(domain, domain)).toBe(false);
    },
  );
});

describe('two domains', () => {
  test.each([
    ['a subdomain speaks for its firm', 'bounce.firma.ru', 'firma.ru', true],
    ['the spelling does not matter', 'Фирма.рф', 'xn--80apmps.XN--P1AI', true],
    ['a look-alike behind a hyphen is another', 'evil-desk.example', 'desk.example', false],
    ['a look-alike in front is another', 'desk.example.evil.ru', 'desk.example', false],
    ['two who bought a name under msk.ru are strangers', 'fabrik.msk.ru', 'mallory.msk.ru', false],
    ['two institutes under ras.ru are strangers', 'one.ras.ru', 'other.ras.ru', false],
    ['a Cyrillic look-alike is another', 'dеsk.example', 'desk.example', false],
  ])('%s', (_, a, b, same) => {
    expect(sameOrganisation(a, b)).toBe(same);
    expect(sameOrganisation(b, a)).toBe(same);
  });
});

describe('below a suffix of the public list at which people have mailboxes', () => {
  const suffixes = ['msk.ru', 'spb.ru', 'nov.ru', 'com.ru', 'pp.ru', 'kyiv.ua', 'pp.ua', 'com.ua', 'co.com'];

  test.each(suffixes)('an address at %s is of one owner with itself, and its domain aligned with itself', (suffix) => {
    expect(sameOwner(`ivan@${suffix}`, `ivan@${suffix}`)).toBe(true);
    expect(sameOwner(`ivan@${suffix}`, `bounce@${suffix}`)).toBe(true);
    expect(aligned(suffix, suffix.toUpperCase())).toBe(true);
  });

  test.each(suffixes)('and firms at %s are strangers to each other and to it', (suffix) => {
    expect(sameOwner(`ivan@fabrik.${suffix}`, `ivan@mallory.${suffix}`)).toBe(false);
    expect(aligned(`fabrik.${suffix}`, suffix)).toBe(false);
  });

  test('what is no domain is aligned with nothing, not even with itself', () => {
    for (const domain of ['', '.', '[192.0.2.1]', 'a b.ru']) expect(aligned(domain, domain)).toBe(false);
  });
});

describe('a public mail provider', () => {
  test.each([
    ...['yandex.ru', 'yandex.com.tr', 'ya.ru', 'mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'internet.ru', 'rambler.ru'],
    ...[
      'lenta.ru',
      'ro.ru',
      'gmail.com',
      'Outlook.com',
      'hotmail.co.uk',
      'live.ru',
      'yahoo.com',
      'yahoo.co.jp',
      'me.com',
    ],
    ...[
      'icloud.com',
      'proton.me',
      'gmx.net',
      'web.de',
      'ukr.net',
      'i.ua',
      'tut.by',
      'mail.kz',
      'qip.ru',
      'anna.narod.ru',
    ],
  ])('%s is one', (domain) => {
    expect(isPublicProvider(domain)).toBe(true);
  });

  test.each([
    'advantshop.net',
    'yandex-team.ru',
    'corp-mail.ru',
    'gmail.com.evil.ru',
    'mail.ru.com',
    'client.example',
    '',
  ])('«%s» is none', (domain) => {
    expect(isPublicProvider(domain)).toBe(false);
  });

  test('every entry of the list is a domain that can be registered, spelt as it is compared', () => {
    const wrong = [...PUBLIC_PROVIDERS].filter((domain) => ![domain, null].includes(organisation(`x.${domain}`)));
    const suffixes = [...PUBLIC_PROVIDERS].filter((domain) => organisation(domain) === null);
    expect(wrong.filter((domain) => domain !== 'privaterelay.appleid.com')).toEqual([]);
    expect(suffixes).toEqual([]);
  });
});

import { expect, test } from '@jest/globals';
import { asksToUnsubscribe, readAnnouncement } from '../../src/desk/announcements/announcement.ts';
import { type Known, recipientsOf } from '../../src/desk/announcements/recipients.ts';
import type { Client } from '../../src/desk/clients/client.ts';

const client = (id: number, change: Partial<Client>): Client => ({
  id,
  key: String(id),
  name: `client ${id}`,
  category: 'free',
  edition: null,
  version: null,
  contractEnd: null,
  addresses: [],
  domains: [],
  ...change,
});
const KNOWN: Known = {
  register: [
    client(1, { category: 'partner', addresses: ['anna@luch.example', 'lost@luch.example'] }),
    client(2, { category: 'partner', contractEnd: '2026-01-01', addresses: ['ended@svet.example'] }),
    client(3, { addresses: ['free@lampa.example', 'quiet@lampa.example', 'support@desk.example'] }),
    client(4, { domains: ['domain.example'] }),
  ],
  writers: new Map([
    [4, ['writer@domain.example']],
    [1, ['anna@luch.example']],
  ]),
  languages: new Map([['writer@domain.example', 'en']]),
  suspended: new Set(['lost@luch.example']),
  unsubscribed: new Set(['quiet@lampa.example', 'lost@luch.example']),
  ours: new Set(['support@desk.example']),
  language: 'ru',
  today: '2026-03-02',
};
const to = (...args: [audience: 'all' | 'partners' | 'free', optional?: boolean]) =>
  recipientsOf(args[0], args[1] ?? false, KNOWN).recipients.map(({ address }) => address);

test('everybody of an audience gets it once: listed addresses and people of theirs who wrote', () => {
  expect(to('partners')).toEqual(['anna@luch.example']);
  expect(to('free')).toEqual([
    'ended@svet.example',
    'free@lampa.example',
    'quiet@lampa.example',
    'writer@domain.example',
  ]);
  expect(to('all')).toEqual([...to('partners'), ...to('free')]);
});

test('who can not be reached is left out, and of what is optional who wants none', () => {
  const { recipients, skipped } = recipientsOf('all', true, KNOWN);
  expect(recipients.map(({ address }) => address)).not.toContain('quiet@lampa.example');
  expect(skipped).toEqual({ suspended: 1, unsubscribed: 1 });
  expect(recipientsOf('all', false, KNOWN).skipped).toEqual({ suspended: 1, unsubscribed: 0 });
});

test('each gets it in the language of his letters', () => {
  const languages = new Map(
    recipientsOf('free', false, KNOWN).recipients.map(({ address, language }) => [address, language]),
  );
  expect(languages.get('writer@domain.example')).toBe('en');
  expect(languages.get('free@lampa.example')).toBe('ru');
});

test.each([
  ['# Работы 4 ноября\n\nНе работаем.\n', { subject: 'Работы 4 ноября', text: 'Не работаем.' }],
  ['\ufeff# Works\r\n\r\nA\r\n\r\nB\r\n', { subject: 'Works', text: 'A\n\nB' }],
  ['Works\n\nA', { problem: expect.stringContaining('# Work on') }],
  ['# Works\n', { problem: expect.stringContaining('nothing under') }],
  ['', { problem: expect.anything() }],
])('%j is read as %j', (source, read) => {
  expect(readAnnouncement(source)).toEqual(read);
});

test.each([
  ['unsubscribe', true],
  ['Отписаться', true],
  ['Как отписаться?', false],
  ['unsubscribe my customers', false],
])('whether «%s» asks for no more: %s', (subject, asks) => {
  expect(asksToUnsubscribe(subject)).toBe(asks);
});

// The hours of the desk as a customer reads them in an acknowledgement: by the calendar, in both languages.

import { expect, test } from '@jest/globals';
import { configSchema } from '../../src/config/schema.ts';
import { deskHours } from '../../src/desk/hours-words.ts';
import { senderOf } from '../../src/outbox/compose.ts';
import { configOf } from '../support/posted.ts';

const by = (calendar: object, desk: object = {}) => {
  const named = { desk: { name: 'D', address: 'd@desk.example', ...desk }, calendars: { support: calendar } };
  return deskHours(configSchema.parse(named));
};

test.each([
  [
    'the regulation’s',
    {},
    'по будням с 8:00 до 20:00, в выходные и праздничные дни с 9:00 до 18:00 по московскому времени',
    'weekdays 8:00–20:00, weekends and public holidays 9:00–18:00, Moscow time',
  ],
  [
    'a break, and no days off',
    { weekdays: '08:30-13:00, 14:00-17:30', daysOff: 'closed', timeZone: 'Asia/Yekaterinburg' },
    'по будням с 8:30 до 13:00 и с 14:00 до 17:30 (Asia/Yekaterinburg)',
    'weekdays 8:30–13:00 and 14:00–17:30 (Asia/Yekaterinburg)',
  ],
  [
    'two breaks, without holidays',
    { weekdays: '09:00-18:00', daysOff: '10:00-11:00,12:00-13:00,14:00-24:00', holidays: 'none' },
    'по будням с 9:00 до 18:00, в выходные дни с 10:00 до 11:00, с 12:00 до 13:00 и с 14:00 до 24:00 по московскому времени',
    'weekdays 9:00–18:00, weekends 10:00–11:00, 12:00–13:00 and 14:00–24:00, Moscow time',
  ],
  [
    'holidays of its own',
    { weekdays: 'closed', holidays: 'none', years: { 2027: { holidays: ['2027-01-01'] } } },
    'в выходные и праздничные дни с 9:00 до 18:00 по московскому времени',
    'weekends and public holidays 9:00–18:00, Moscow time',
  ],
  [
    'all the same',
    { weekdays: '09:00-18:00' },
    'ежедневно с 9:00 до 18:00 по московскому времени',
    'daily 9:00–18:00, Moscow time',
  ],
  ['never closed', { weekdays: '00:00-24:00', daysOff: '00:00-24:00' }, 'круглосуточно', 'around the clock'],
  [
    'weekdays without a night',
    { weekdays: '00:00-24:00', daysOff: 'closed' },
    'по будням круглосуточно по московскому времени',
    'weekdays around the clock, Moscow time',
  ],
])('of a calendar with hours of %s', (_what, calendar, ru, en) => {
  expect(by(calendar)).toEqual({ ru, en });
});

test('a desk that words its hours itself is quoted', () => {
  const hours = { ru: 'когда светит солнце', en: 'while the sun shines' };
  expect(by({ weekdays: '09:00-18:00' }, { hours })).toEqual(hours);
});

test('customers read the hours of the calendar that counts for the free level', () => {
  const config = configOf({
    calendars: { support: {}, night: { weekdays: '20:00-24:00', daysOff: 'closed' } },
    levels: { free: { hours: 24, calendar: 'night' } },
  });
  expect(senderOf(config).hours.en).toBe('weekdays 20:00–24:00, Moscow time');
});

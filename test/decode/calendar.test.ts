import { describe, expect, test } from '@jest/globals';
import { calendarWords } from '../../src/decode/calendar.ts';
import { decode } from '../../src/decode/decode.ts';
import { cpuMs } from '../support/cpu.ts';

const INVITATION = [
  'BEGIN:VCALENDAR',
  'METHOD:REQUEST',
  'BEGIN:VTIMEZONE',
  'TZID:Europe/Moscow',
  'BEGIN:STANDARD',
  'DTSTART:16010101T000000',
  'END:STANDARD',
  'END:VTIMEZONE',
  'BEGIN:VEVENT',
  'ORGANIZER;CN="Мария Котова":mailto:m.kotova@lavka.example',
  'SUMMARY:Разбор сбоя кассы\\, часть 2',
  'DTSTART;TZID=Europe/Moscow:20261203T110000',
  'DTEND;TZID=Europe/Moscow:20261203T120000',
  'LOCATION:Переговорная 4',
  'DESCRIPTION:Касса зависает после чека.\\nЖурнал прило',
  ' жу.',
  'BEGIN:VALARM',
  'DESCRIPTION:REMINDER',
  'END:VALARM',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

const WORDS = [
  'Приглашение: Разбор сбоя кассы, часть 2',
  'Когда: 2026-12-03 11:00–12:00 (Europe/Moscow)',
  'Где: Переговорная 4',
  'Кто приглашает: Мария Котова <m.kotova@lavka.example>',
  '',
  'Касса зависает после чека.',
  'Журнал приложу.',
].join('\n');

const HEAD = 'From: m.kotova@lavka.example\r\n';

describe('a letter that is an invitation and nothing else', () => {
  test('is told in words, and the calendar stays with it', () => {
    const type = 'Content-Type: text/calendar; method=REQUEST; charset=utf-8\r\n';
    const message = decode(Buffer.from(`${HEAD}${type}\r\n${INVITATION}\r\n`));
    expect(message.text).toBe(WORDS);
    expect(message.parts.map(({ contentType }) => contentType)).toEqual(['text/calendar']);
    expect(message.defects.map(({ code }) => code)).toEqual(['calendar-read']);
  });

  test('is told where its other forms are empty, as Outlook leaves them', () => {
    const parts = [
      'text/plain\r\n\r\n \r\n',
      'text/html\r\n\r\n<html><body><p>&nbsp;</p></body></html>\r\n',
      `text/calendar; method=REQUEST\r\n\r\n${INVITATION}\r\n`,
    ].map((part) => `--c\r\nContent-Type: ${part}`);
    const message = decode(
      Buffer.from(`${HEAD}Content-Type: multipart/alternative; boundary=c\r\n\r\n${parts.join('')}--c--\r\n`),
    );
    expect(message.text).toBe(WORDS);
  });

  test.each(['text/x-vcalendar; name=meeting.vcs', 'application/octet-stream; name="invite.ics"', 'application/ics'])(
    'is read as %s too',
    (type) => {
      const message = decode(Buffer.from(`${HEAD}Content-Type: ${type}\r\n\r\n${INVITATION}\r\n`));
      expect(message.text).toContain('Касса зависает после чека.');
    },
  );

  test('adds nothing to words that are there', () => {
    const parts = `--c\r\n\r\nПриходите\r\n--c\r\nContent-Type: text/calendar\r\n\r\n${INVITATION}\r\n--c--\r\n`;
    const message = decode(Buffer.from(`${HEAD}Content-Type: multipart/mixed; boundary=c\r\n\r\n${parts}`));
    expect(message.text).toBe('Приходите');
  });
});

describe('the words of an invitation', () => {
  const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\n');

  test.each([
    [
      'an English one is told in English',
      ['SUMMARY:Rollout', 'DTSTART:20261203T080000Z', 'DTEND:20261203T090000Z'],
      'Event: Rollout\nWhen: 2026-12-03 08:00–09:00 (UTC)',
    ],
    [
      'whole days have no clock',
      ['SUMMARY:Rollout', 'DTSTART;VALUE=DATE:20261203', 'DTEND;VALUE=DATE:20261204'],
      'Event: Rollout\nWhen: 2026-12-03',
    ],
    [
      'one over midnight says both days',
      ['SUMMARY:Rollout', 'DTSTART:20261203T230000', 'DTEND:20261204T010000'],
      'Event: Rollout\nWhen: 2026-12-03 23:00–2026-12-04 01:00',
    ],
    ['a nameless organizer is an address', ['ORGANIZER:MAILTO:a@client.example'], 'Event\nWho asks: a@client.example'],
    ['who answers one is heard', ['SUMMARY:Rollout', 'COMMENT:Not before noon'], 'Event: Rollout\n\nNot before noon'],
    ['nothing said is no text', ['UID:1'], ''],
  ])('%s', (_, lines, words) => {
    expect(calendarWords(event(...lines))).toBe(words);
  });

  test('a megabyte without an end costs no time', () => {
    const begun = cpuMs();
    calendarWords(`BEGIN:VEVENT\nSUMMARY;${'A=b;'.repeat(250_000)}\n${'X:\\n'.repeat(250_000)}`);
    expect(cpuMs() - begun).toBeLessThan(500);
  });
});

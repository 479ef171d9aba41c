// An admin is written to: what the letter says, what the log says, and what a restart does not say again.

import { describe, expect, test } from '@jest/globals';
import { type AlarmDeps, alarmsOf } from '../../src/alarms/alarms.ts';
import { CAUSES, type Cause } from '../../src/alarms/causes.ts';
import type { Measures } from '../../src/alarms/findings.ts';
import { alarmLetter } from '../../src/alarms/letter.ts';
import { wordsFor } from '../../src/alarms/words.ts';
import { compose, NOTHING } from '../../src/outbox/compose.ts';
import { openTemplates } from '../../src/outbox/templates.ts';
import { outboxRow } from '../../src/store/outbox-by-hand.ts';
import type { Store } from '../../src/store/store.ts';
import { rememberingLog, withStore } from '../support/store.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-25T10:00:00+03:00');
const NONE = { letters: 0, oldest: null, newest: null, error: null };
const ADMIN = { address: 'admin@example.org', language: 'ru', timeZone: 'Europe/Moscow' } as const;
const SENDER = {
  name: 'Desk',
  address: 'support@desk.example',
  hours: { ru: 'всегда', en: 'always' },
  site: null,
  envelopeFrom: 'null',
  secrets: { address: 'support@desk.example', people: [], keys: null },
} as const;

/** A desk that is well but for its one mailbox, which was last read at `lastPassAt`. */
const measures = (lastPassAt: number, lastError: string | null): Measures => ({
  startedAt: START,
  mailboxes: [{ name: 'support', lastPassAt, lastError }],
  standsStillSince: null,
  quarantine: NONE,
  waiting: NONE,
  failed: NONE,
  uncomposed: NONE,
  unproven: { ...NONE, unasked: 0 },
  setAside: { day: { letters: 0, aside: 0 }, before: { letters: 0, aside: 0 } },
  lost: 0,
  undecreed: [],
});

function watched(store: Store, change: Partial<AlarmDeps> = {}) {
  const log = rememberingLog();
  const desk = { now: START, read: START, error: null as string | null };
  let count = 0;
  const alarms = () =>
    alarmsOf({
      db: store.db,
      log,
      now: () => desk.now,
      noted: () => [],
      measure: async () => measures(desk.read, desk.error),
      limits: { unreadMs: 15 * MINUTE, stuckMs: 30 * MINUTE, failed: 10 },
      pauses: { pauseMs: 60 * MINUTE, calmMs: 2 * MINUTE },
      admin: ADMIN,
      messageId: () => `alarm${desk.now}.${++count}@kvitok.desk.example`,
      onQueued: () => {},
      onDamage: () => {},
      lookMs: MINUTE,
      ...change,
    });
  const letters = async () => {
    const rows = await store.db.selectFrom('outbox').select(['id', 'recipient']).orderBy('id').execute();
    const found = await Promise.all(rows.map(({ id }) => outboxRow(store.db, id)));
    return found.map((row) => compose(row!.letter!, NOTHING, SENDER, openTemplates(undefined)).mail);
  };
  return { log, desk, alarms, letters };
}

describe('an admin', () => {
  test('reads what is wrong, since when, what was said, what to do; and later that it is over', () =>
    withStore(async (store) => {
      const { desk, alarms, letters, log } = watched(store);
      const watch = alarms();
      desk.error = 'imap.desk.example:993: the server fell silent';
      desk.now = START + 20 * MINUTE;
      await watch.look();
      desk.read = desk.now + 10 * MINUTE;
      desk.now += 15 * MINUTE;
      await watch.look();
      const [begun, over, ...more] = await letters();
      expect(more).toEqual([]);
      expect(begun).toMatchObject({
        to: { address: 'admin@example.org' },
        subject: 'kvitok: Почтовый ящик support не читается',
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
      expect(begun?.text).toMatch(/^Началось: 25 ноября 2026 г\. в 10:00$/m);
      expect(begun?.text).toMatch(/^Подробности: imap\.desk\.example:993: the server fell silent$/m);
      expect(begun?.text).toMatch(/^Что делать: Выполните kvitok check;/m);
      expect(over?.subject).toBe('kvitok: снова в порядке: Почтовый ящик support снова читается');
      expect(over?.text).toMatch(/С 25 ноября 2026 г\. в 10:00 по 25 ноября 2026 г\. в 10:35\./);
      expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
        'error mailbox support is not being read',
        'info mailbox support is read again',
      ]);
    }));

  test('is told in December that the next year is provisional, which the log calls a warning and nobody calls unknown', () =>
    withStore(async (store) => {
      const undecreed = [{ calendar: 'support', years: [{ year: 2027, state: 'provisional' as const }] }];
      const { desk, alarms, letters, log } = watched(store, {
        measure: async () => ({ ...measures(desk.now, null), undecreed }),
      });
      await alarms().look();
      const [letter, ...more] = await letters();
      expect(more).toEqual([]);
      expect(letter?.subject).toBe('kvitok: Календарь support предварительный: 2027');
      expect(letter?.text).toMatch(/^Что делать: Праздники по закону в нём есть,/m);
      expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
        'warn calendar support is provisional: 2027',
      ]);
    }));

  test('is not told twice by the next process, whose log says it all the same', () =>
    withStore(async (store) => {
      const { desk, alarms, letters, log } = watched(store);
      desk.now = START + 20 * MINUTE;
      await alarms().look();
      await alarms().look();
      expect(await letters()).toHaveLength(1);
      expect(log.lines).toHaveLength(2);
    }));

  test('whom nobody named is written nothing, and the log says it', () =>
    withStore(async (store) => {
      const { desk, alarms, letters, log } = watched(store, { admin: null });
      desk.now = START + 20 * MINUTE;
      await alarms().look();
      expect(await letters()).toEqual([]);
      expect(log.lines.map(({ fields }) => fields.event)).toEqual(['unread']);
      expect(await store.db.selectFrom('alarms').selectAll().execute()).toEqual([]);
    }));

  test('reads in the log that the watch itself is blind, once', () =>
    withStore(async (store) => {
      const measure = async () => {
        throw new Error('database is locked');
      };
      const { alarms, log } = watched(store, { measure });
      const watch = alarms();
      await watch.look();
      await watch.look();
      expect(log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
    }));
});

const EVERY = Object.keys(CAUSES) as Cause[];

test.each(EVERY)(
  '%s has words for its beginning and its end, in both languages, and nothing is left open in them',
  (cause) => {
    const trouble = {
      cause,
      subject: 'NAME',
      since: START,
      level: 0,
      error: 'why',
      facts: { letters: 7, years: '2027' },
    };
    const remember = { cause, subject: 'NAME', since: START, level: 0, toldAt: START, stands: true };
    for (const language of ['ru', 'en'] as const) {
      const admin = { ...ADMIN, language };
      const templates = openTemplates(undefined);
      for (const telling of [
        { kind: 'begun', trouble, remember } as const,
        { kind: 'over', told: remember, remember } as const,
      ]) {
        const { form, model } = alarmLetter(telling, admin, 'x@y', START);
        const values = { ...model.values, desk: 'Desk', address: 'support@desk.example' };
        const { subject, text, html } = templates.render(`alarm-${form}`, language, values);
        for (const said of [subject, text, html.replaceAll(/<style.*?<\/style>/gs, '')]) {
          expect(said).not.toMatch(/[{}…]|undefined|null|: \.|\.\./);
        }
      }
      const { what, over } = wordsFor(trouble, language);
      expect(what).not.toBe(over);
    }
  },
);

// Announcements on their way: so many a minute, once an address, whatever restarts; and what comes back of them.

import { describe, expect, test } from '@jest/globals';
import { type AnnouncementJob, feedAnnouncements } from '../../src/clocks/announcements.ts';
import type { Recipient } from '../../src/desk/announcements/recipients.ts';
import type { ComposedLetter } from '../../src/outbox/compose.ts';
import { createAnnouncement, progressOf } from '../../src/store/announcements.ts';
import { setNotice } from '../../src/store/notices.ts';
import { makeOwnId, NO_TICKET } from '../../src/thread/own-id.ts';
import { MARKS, type TestDesk, withDesk } from '../support/desk.ts';
import { checked } from '../support/letter.ts';
import { configOf, posted } from '../support/posted.ts';

const CONFIG = configOf({});
const TEXTS = {
  ru: { subject: 'Работы 4 ноября', text: 'Не работаем, см. https://example.org/works.\n\nСпасибо!' },
  en: { subject: 'Works on 4 November', text: 'We do not work.' },
};
const people = (n: number): readonly Recipient[] =>
  Array.from({ length: n }, (_, at) => ({ address: `p${at}@client.example`, language: at === 0 ? 'en' : 'ru' }));

function announced({ store, clock }: TestDesk, recipients: readonly Recipient[], optional = false): Promise<number> {
  const made = {
    audience: 'all',
    optional,
    texts: TEXTS,
    recipients,
    skipped: { suspended: 0, unsubscribed: 0 },
  } as const;
  return createAnnouncement(store.db, made, clock.now);
}

let ids = 0;
const job = ({ store }: TestDesk, perMinute: number): AnnouncementJob => ({
  db: store.db,
  perMinute,
  messageIdFor: () => makeOwnId(MARKS.keys, MARKS.messageIdHost, 'announcement', NO_TICKET, `announced${++ids}`),
});

test('so many letters a minute leave as the desk allows, each address gets one, and a crash between two commits doubles none', () =>
  withDesk(async (desk) => {
    const id = await announced(desk, people(5));
    const feed = () => feedAnnouncements(job(desk, 2), desk.clock.now);
    expect([await feed(), await feed()]).toEqual([2, 0]);
    expect(await progressOf(desk.store.db, id)).toMatchObject({ all: 5, ahead: 3, states: { queued: 2 } });
    desk.clock.now += 60_001;
    expect(await feed()).toBe(2);
    desk.clock.now += 60_001;
    // as if the outbox had its row, and the note of it was lost with a restored backup
    await desk.store.db.updateTable('announcement_recipients').set({ queued_at: null }).execute();
    desk.clock.now += 60_001;
    while ((await feed()) > 0) desk.clock.now += 60_001;
    const letters = await posted(desk, CONFIG);
    expect(letters.map(({ mail }) => mail.to.address)).toEqual(people(5).map(({ address }) => address));
  }));

test('a letter is in the language of its reader, bears the marks of a machine, and an optional one says how to get no more', () =>
  withDesk(async (desk) => {
    await announced(desk, people(2));
    await announced(desk, [{ address: 'olga@client.example', language: 'ru' }], true);
    await feedAnnouncements(job(desk, 10), desk.clock.now);
    const [english, russian, optional] = await posted(desk, CONFIG);
    expect(english?.mail.subject).toBe('Works on 4 November');
    expect(russian?.mail).toMatchObject({
      subject: 'Работы 4 ноября',
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
    expect(russian?.mail.html).toContain('<a href="https://example.org/works"');
    expect(russian?.mail.headers).not.toHaveProperty('List-Unsubscribe');
    const token = optional?.messageId.replace('@kvitok.desk.example', '');
    expect(optional?.mail.headers['List-Unsubscribe']).toBe(
      `<mailto:support@desk.example?subject=unsubscribe%20${token}>`,
    );
    expect(optional?.mail.text).toContain('«отписаться»');
  }));

describe('who wants no more announcements', () => {
  const IVAN = { address: 'ivan@client.example', language: 'ru' } as const;
  const BORIS = { address: 'boris@client.example', language: 'ru' } as const;
  const unsubscribed = async (desk: TestDesk) =>
    (await desk.store.db.selectFrom('unsubscribed').select('address').execute()).map(({ address }) => address);
  /** The announcement as Ivan has it. */
  async function hadBy(desk: TestDesk): Promise<ComposedLetter> {
    await announced(desk, [IVAN, BORIS], true);
    await feedAnnouncements(job(desk, 10), desk.clock.now);
    const letters = await posted(desk, CONFIG);
    return letters.find(({ mail }) => mail.to.address === IVAN.address)!;
  }

  test('is believed where he answers one, and disturbs nobody', () =>
    withDesk(async (desk) => {
      const { messageId } = await hadBy(desk);
      const headers = [['In-Reply-To', `<${messageId}>`]] as const;
      await desk.hand({ subject: 'Re: отписаться', headers, text: '' });
      await desk.workOff();
      expect(await desk.fates()).toEqual(['automatic']);
      expect(await unsubscribed(desk)).toEqual([IVAN.address]);
    }));

  test('is believed where he presses what his mail program offers, from whichever address he then writes', () =>
    withDesk(async (desk) => {
      const { mail } = await hadBy(desk);
      const subject = decodeURIComponent(/subject=([^>]+)/.exec(mail.headers['List-Unsubscribe']!)![1]!);
      await desk.hand({ from: 'ivan.petrov@home.example', subject, text: '' });
      await desk.workOff();
      expect(await unsubscribed(desk)).toEqual([IVAN.address]);
    }));

  test('is believed where the server states that he wrote the letter', () =>
    withDesk(async (desk) => {
      await hadBy(desk);
      await desk.hand(checked('dmarc=pass header.from=client.example', { subject: 'unsubscribe', text: '' }));
      await desk.workOff();
      expect(await unsubscribed(desk)).toEqual([IVAN.address]);
    }));

  test.each([
    ['From alone', {}],
    ['a token that is made up', { subject: 'unsubscribe kvitok.announcement.00.random1001.abcdefghijklmnop' }],
    [
      'Reply-To of a sender that nobody reads',
      { from: 'noreply@shop.example', headers: [['Reply-To', 'ivan@client.example']] },
    ],
  ] as const)('is asked about by people where only %s says who he is', (_, sketch) =>
    withDesk(async (desk) => {
      await hadBy(desk);
      await desk.hand({ subject: 'unsubscribe', text: '', ...sketch });
      await desk.workOff();
      expect(await desk.fates()).toEqual(['opened']);
      expect(await unsubscribed(desk)).toEqual([]);
    }),
  );

  test('has a question where nothing was ever announced to him', () =>
    withDesk(async (desk) => {
      await hadBy(desk);
      await desk.hand({ from: 'olga@elsewhere.example', subject: 'unsubscribe', text: 'From what?\n' });
      await desk.workOff();
      expect(await desk.fates()).toEqual(['opened']);
    }));
});

test('a notice stands in acknowledgements while it holds, in the language of the letter', () =>
  withDesk(async (desk) => {
    const { now } = desk.clock;
    const texts = { ru: 'Сегодня поддержка до 15:00.', en: 'Today until 15:00.' };
    await setNotice(desk.store.db, { from: now, until: now + 1000, texts });
    await setNotice(desk.store.db, { from: now + 500, until: now + 1000, texts: { ru: 'Позже.', en: 'Later.' } });
    await desk.hand({ text: 'Не работает корзина.\n', subject: 'Корзина' });
    await desk.workOff();
    const said = async () => (await posted(desk, CONFIG))[0]?.mail;
    expect((await said())?.text).toMatch(/^Сегодня поддержка до 15:00\.$/m);
    expect((await said())?.html).toContain('<strong>Сегодня поддержка до 15:00.</strong>');
    expect((await said())?.text).not.toContain('Позже');
    desk.clock.now = now + 1000;
    expect((await said())?.text).not.toContain('Сегодня');
  }));

// A customer rates the work on a ticket by the link of a letter: on a phone, without scripts, once or again; a scanner that
// follows the link rates nothing, and whoever guesses links learns nothing.

import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { ratingLinks, ratingOver } from '../../src/daemon/rating.ts';
import { eventsOf } from '../../src/store/events.ts';
import type { Store } from '../../src/store/store.ts';
import { ratedTicket, ratingLink, ratingToken } from '../../src/thread/rating-link.ts';
import { base32, type SigningKeys } from '../../src/thread/signing.ts';
import { webApp } from '../../src/web/app.ts';
import { type WebListener, webListener } from '../../src/web/listen.ts';
import { type RatingDeps, REQUESTS_A_MINUTE } from '../../src/web/rating.ts';
import { withPhone } from '../support/browser.ts';
import { until } from '../support/condition.ts';
import { configOf } from '../support/posted.ts';
import { rememberingLog, withStore } from '../support/store.ts';
import { openTicket } from '../support/tickets.ts';

jest.setTimeout(60_000);

const KEYS: SigningKeys = { current: 'key of today', believed: ['key of today', 'key of before'] };
const CONFIG = configOf({ web: { port: 8424, url: 'https://support.desk.example/help/' } });
const NOW = Date.parse('2026-11-25T12:00:00+03:00');

const tellNobody = async () => {};

const appOver = (store: Store, change: Partial<RatingDeps> = {}) =>
  webApp({
    health: () => ({ status: 'ok', mailboxes: [], troubles: [] }),
    metrics: async () => ({ body: '', contentType: 'text/plain' }),
    rating: { ...ratingOver(CONFIG, store, KEYS, () => NOW, tellNobody)!, ...change },
  });

const ratings = async ({ db }: Store, ticket = 1000) =>
  (await eventsOf(db, ticket)).map(({ kind, by_whom, was, became }) => `${kind} ${by_whom} ${was} ${became}`);

const rate = (stars: string) => ({ method: 'POST', body: new URLSearchParams({ stars }) });

describe('the link in a letter', () => {
  test('leads below the address that customers reach, and names its ticket to nobody else', () => {
    const link = ratingLinks(CONFIG, KEYS)(1000);
    expect(link).toMatch(/^https:\/\/support\.desk\.example\/help\/rate\/[a-z2-7]{24}$/);
    expect(ratedTicket(KEYS, link!.split('/').at(-1)!)).toBe(1000);
    expect(ratingLinks(configOf(), KEYS)(1000)).toBeNull();
    expect(ratingLink('https://x.example', 't')).toBe('https://x.example/rate/t');
  });

  test('is believed while its key is, and by no other purpose', () => {
    const old = ratingToken({ current: 'key of before', believed: [] }, 7);
    expect(ratedTicket(KEYS, old)).toBe(7);
    expect(ratedTicket({ current: 'other', believed: ['other'] }, old)).toBeNull();
    const token = ratingToken(KEYS, 7);
    for (const wrong of ['', 'x', token.toUpperCase(), `${token}a`, token.slice(1), base32(Buffer.alloc(15))])
      expect(ratedTicket(KEYS, wrong)).toBeNull();
    // one bit anywhere
    for (let i = 0; i < token.length; i++) {
      const other = token[i] === 'a' ? 'b' : 'a';
      expect(ratedTicket(KEYS, token.slice(0, i) + other + token.slice(i + 1))).toBeNull();
    }
  });
});

describe('the page', () => {
  test('rates nothing when it is looked at, by a person or a scanner', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      const path = `/rate/${ratingToken(KEYS, 1000)}`;
      for (const method of ['GET', 'HEAD', 'OPTIONS', 'PUT']) await appOver(store).request(path, { method });
      for (const query of ['?stars=5', '?_method=POST&stars=5']) await appOver(store).request(path + query);
      expect(await ratings(store)).toEqual([]);
    }));

  test('takes a rating, takes another one in its place, and the same again once', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      const token = ratingToken(KEYS, 1000);
      const app = appOver(store);
      for (const stars of ['4', '4', '5']) {
        const answer = await app.request(`/rate/${token}`, rate(stars));
        expect({ status: answer.status, to: answer.headers.get('location') }).toEqual({ status: 303, to: token });
      }
      expect(await ratings(store)).toEqual(['rating customer null 4', 'rating customer 4 5']);
      expect(await (await app.request(`/rate/${token}`)).text()).toContain('Ваша оценка: 5 из 5');
    }));

  test.each(['', '0', '6', '05', '4.5', '5 ', 'five', '٣'])('takes «%s» for no rating', (stars) =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      const answer = await appOver(store).request(`/rate/${ratingToken(KEYS, 1000)}`, rate(stars));
      expect(answer.status).toBe(303);
      expect(await ratings(store)).toEqual([]);
    }),
  );

  test('speaks the language of the ticket and lets no name of a desk out of its place', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1, { language: 'en' });
      const answer = await appOver(store, { desk: '<b>Desk</b> & Co' }).request(`/rate/${ratingToken(KEYS, 1000)}`);
      const page = await answer.text();
      expect(page).toContain('<html lang="en">');
      expect(page).toContain('&lt;b&gt;Desk&lt;/b&gt; &amp; Co');
      expect(page).not.toMatch(/Printer|ivan@/);
    }));

  test('is kept from indexes, frames, caches and referrers, and runs nothing', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      const { headers } = await appOver(store).request(`/rate/${ratingToken(KEYS, 1000)}`);
      const csp = headers.get('content-security-policy');
      expect(csp).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; form-action 'self'; frame-ancestors 'none'/,
      );
      expect(csp).not.toMatch(/unsafe|script-src/);
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-robots-tag')).toContain('noindex');
      expect(headers.get('cache-control')).toBe('no-store');
    }));
});

describe('whoever has no right link', () => {
  test('gets one and the same answer, whatever is wrong', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      await openTicket(store.db, 2, { requester: 'olga@other.example' });
      // as after Olga was forgotten
      await store.db.updateTable('tickets').set({ requester: '' }).where('id', '=', 1001).execute();
      const app = appOver(store);
      const wrong = ['x', 'a'.repeat(24), ratingToken(KEYS, 9999), ratingToken(KEYS, 1001), '%00', 'x/y'];
      const answers = new Set<string>();
      for (const token of wrong) {
        for (const init of [{}, rate('5')]) {
          const answer = await app.request(`/rate/${token}`, init);
          answers.add(`${answer.status} ${await answer.text()}`);
        }
      }
      expect([...answers]).toEqual([
        expect.stringMatching(/^404 .*[\s\S]*Такой страницы нет[\s\S]*There is no such page/),
      ]);
    }));

  test('can’t send more than a form holds', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      const answer = await appOver(store).request(`/rate/${ratingToken(KEYS, 1000)}`, rate(`5${' '.repeat(2000)}`));
      expect(answer.status).toBe(413);
    }));

  test('is not kept from a customer by whoever guesses links: the guesser is told to come back later', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      let clock = 0;
      const app = appOver(store, { clock: () => clock });
      for (let i = 0; i < REQUESTS_A_MINUTE.guessing; i++) expect((await app.request(`/rate/${i}`)).status).toBe(404);
      const answer = await app.request('/rate/x');
      expect({ status: answer.status, after: answer.headers.get('retry-after') }).toEqual({ status: 429, after: '60' });
      const link = `/rate/${ratingToken(KEYS, 1000)}`;
      expect((await app.request(link)).status).toBe(200);
      expect((await app.request(link, rate('5'))).status).toBe(303);
      clock = 60_000;
      expect((await app.request('/rate/x')).status).toBe(404);
    }));

  test('is not kept from a customer by another one, whose link is asked for a thousand times', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      await openTicket(store.db, 2);
      let clock = 0;
      const app = appOver(store, { clock: () => clock });
      const [one, other] = [1000, 1001].map((ticket) => `/rate/${ratingToken(KEYS, ticket)}`);
      for (let i = 0; i < 1000; i++) await app.request(one!);
      expect((await app.request(one!, rate('1'))).status).toBe(429);
      expect((await app.request(other!)).status).toBe(200);
      expect(await ratings(store)).toEqual([]);
      clock = 60_000;
      expect((await app.request(one!)).status).toBe(200);
    }));
});

describe('on a phone, with no script running', () => {
  let listener: WebListener | null = null;
  afterEach(() => listener?.stop());

  test('a customer opens the link, sees five buttons a thumb can hit, presses one, and reads what he said', () =>
    withStore(async (store) => {
      await openTicket(store.db, 1);
      listener = webListener(appOver(store), { host: '127.0.0.1', port: 0 }, rememberingLog());
      listener.start();
      const port = await until(() => listener?.port(), 5_000, 'the page is served');
      await withPhone(async (page) => {
        const complaints: string[] = [];
        page.on('console', (message) => complaints.push(message.text()));
        await page.goto(`http://127.0.0.1:${port}/rate/${ratingToken(KEYS, 1000)}`);
        const buttons = page.getByRole('button');
        expect(await buttons.allTextContents()).toEqual([
          '1 — плохо',
          '2 — не очень',
          '3 — нормально',
          '4 — хорошо',
          '5 — отлично',
        ]);
        for (const button of await buttons.all()) {
          const { height, width, x } = (await button.boundingBox())!;
          expect(height).toBeGreaterThanOrEqual(44);
          expect(x + width).toBeLessThanOrEqual(360);
        }
        await page.getByRole('button', { name: '4 — хорошо' }).click();
        await page.waitForURL(/\/rate\//);
        expect(await page.getByRole('heading').textContent()).toBe('Спасибо! Ваша оценка: 4 из 5.');
        // going back and forth, or loading it again, sends nothing again
        await page.reload();
        expect(complaints).toEqual([]);
      });
      expect(await ratings(store)).toEqual(['rating customer null 4']);
    }));
});

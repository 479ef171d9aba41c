// What machines are answered over HTTP: how the desk is, in words and in numbers, and nothing else.

import { expect, test } from '@jest/globals';
import type { Trouble } from '../../src/alarms/causes.ts';
import { type WebDeps, webApp } from '../../src/web/app.ts';
import { healthOf } from '../../src/web/health.ts';
import { metricsOf } from '../../src/web/metrics.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');
const TROUBLE: Trouble = { cause: 'disk', subject: '', since: NOW - 60_000, level: 0, error: 'full', facts: {} };
const MAILBOX = { mailbox: 'support', state: 'idle', lastPassAt: NOW - 90_000, waiting: 2, gap: 1 };
const NUMBERS = {
  inWork: 3,
  quarantined: 1,
  outbox: [{ kind: 'answer', state: 'queued', letters: 4 }],
  oldestWaiting: NOW - 30_000,
  unanswered: 7,
  oldestUnanswered: NOW - 3_600_000,
  lateTickets: 1,
  dueTickets: 2,
};

function app({ alive = true, ...change }: Partial<WebDeps> & { alive?: boolean } = {}) {
  const metrics = metricsOf();
  metrics.count('letters', { disposition: 'opened' });
  metrics.count('letters', { disposition: 'opened' });
  metrics.count('silences', { reason: 'the return path is null' });
  return webApp({
    health: () => healthOf({ now: NOW, alive, mailboxes: [MAILBOX], troubles: [TROUBLE] }),
    metrics: () => metrics.text({ now: NOW, numbers: NUMBERS, mailboxes: [MAILBOX], troubles: [TROUBLE] }),
    rating: null,
    ...change,
  });
}

test('health names what is wrong, and is good as long as letters are worked on', async () => {
  const answer = await app().request('/healthz');
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual({
    status: 'ok',
    mailboxes: [{ mailbox: 'support', state: 'idle', pollAgeSeconds: 90 }],
    troubles: [{ cause: 'disk', subject: '', since: '2026-11-25T11:59:00.000Z' }],
  });
  const stands = await app({ alive: false }).request('/healthz');
  expect({ status: stands.status, body: await stands.json() }).toMatchObject({
    status: 503,
    body: { status: 'standstill' },
  });
});

test('metrics tell what was counted and what was looked up', async () => {
  const answer = await app().request('/metrics');
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = (await answer.text()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'kvitok_letters_total{disposition="opened"} 2',
      'kvitok_silences_total{reason="the return path is null"} 1',
      'kvitok_mailbox_poll_age_seconds{mailbox="support"} 90',
      'kvitok_ledger_gap_letters{mailbox="support"} 1',
      'kvitok_outbox_letters{kind="answer",state="queued"} 4',
      'kvitok_outbox_oldest_seconds 30',
      'kvitok_unanswered_oldest_seconds 3600',
      'kvitok_late_tickets 1',
      'kvitok_trouble{cause="disk",subject=""} 1',
    ]),
  );
  expect(
    Number(lines.find((line) => line.startsWith('process_resident_memory_bytes '))?.split(' ')[1]),
  ).toBeGreaterThan(1e7);
});

test('a number that is no more is told no more', async () => {
  const metrics = metricsOf();
  const told = async (troubles: readonly Trouble[]) =>
    (await metrics.text({ now: NOW, numbers: NUMBERS, mailboxes: [], troubles })).body.includes('kvitok_trouble{');
  expect([await told([TROUBLE]), await told([])]).toEqual([true, false]);
});

test('a counter takes no more labels than Prometheus can bear, whatever strangers write', async () => {
  const metrics = metricsOf();
  for (let i = 0; i < 500; i++) metrics.count('silences', { reason: `reason ${i}` });
  const { body } = await metrics.text({ now: NOW, numbers: NUMBERS, mailboxes: [], troubles: [] });
  expect(body.match(/^kvitok_silences_total\{/gm)).toHaveLength(101);
  expect(body).toContain('kvitok_silences_total{reason="other"} 400');
});

test.each(['/', '/rate', '/metrics/', '/../etc/passwd'])('%s is nothing', async (path) => {
  const answer = await app().request(path);
  expect(answer.status).toBe(404);
  expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
});

test('a database in trouble is no reason to say why to strangers', async () => {
  const metrics = async () => {
    throw new Error('SQLITE_BUSY: /var/lib/kvitok/kvitok.db');
  };
  const answer = await app({ metrics }).request('/metrics');
  expect({ status: answer.status, body: await answer.text() }).toEqual({
    status: 500,
    body: 'that went wrong; try again later\n',
  });
});

// A lead who asks for a ticket by the link of a report: a new letter, which answers none of ours, is told how the ticket stands,
// and does nothing. Whatever else stands in such a letter, it is set aside.

import { expect, test } from '@jest/globals';
import { reportPage } from '../../src/desk/report/page.ts';
import { dateAt, periodOf } from '../../src/desk/report/period.ts';
import type { IngestDeps } from '../../src/ingest.ts';
import { figuresIn } from '../../src/outbox/report.ts';
import { RULES } from '../support/case.ts';
import { type TestDesk, withDesk } from '../support/desk.ts';
import { checked, type LetterSketch } from '../support/letter.ts';
import { ANNA, toCustomers, toOperators } from '../support/operators.ts';
import { REGULATION } from '../support/timetable.ts';

const LEAD = { ...ANNA, role: 'lead' } as const;
const DESK: Partial<IngestDeps> = { rules: { ...RULES, operators: [LEAD] } };
const ZONE = 'Europe/Moscow';
const DAY = 86_400_000;

/** A desk where Ivan's letter was not answered in time. */
const withMissed = (use: (desk: TestDesk) => Promise<void>, change: Partial<IngestDeps> = DESK) =>
  withDesk(async (desk) => {
    await desk.round({ subject: 'Не печатает', text: 'Принтер не печатает.\n', messageId: 'first@client.example' });
    desk.clock.now += 10 * DAY;
    await use(desk);
  }, change);

/** The page of the report as it is now. */
async function page({ store, clock }: TestDesk): Promise<string> {
  const today = dateAt(clock.now, ZONE);
  const period = periodOf('2026-03-01', today, ZONE);
  if ('problem' in period) throw new Error(period.problem);
  const figures = await figuresIn(store.db, period, { timetable: REGULATION, timeZone: ZONE, now: clock.now });
  const told = { desk: 'Служба', address: 'support@desk.example', timeZone: ZONE, language: 'ru' } as const;
  return reportPage(figures, { ...told, ...period, madeAt: clock.now, refusal: (code) => code });
}

/** What a mail client makes of the first link of a page: the letter that the lead sends, her signature below. */
function letterOf(html: string, signature: string): LetterSketch {
  const [, href = ''] = /<a href="(mailto:[^"]*)">\[#10008\]<\/a>/.exec(html) ?? [];
  const link = new URL(href.replaceAll('&amp;', '&'));
  const [subject, body] = link.search.slice(1).split('&');
  return asked({
    to: decodeURIComponent(link.pathname),
    subject: decodeURIComponent(subject!.replace('subject=', '')),
    text: decodeURIComponent(body!.replace('body=', '')).replaceAll('\r\n', '\n') + signature,
  });
}

let n = 0;
const asked = (change: LetterSketch = {}): LetterSketch => ({
  mailFrom: 'anna@desk.example',
  from: 'Анна Смирнова <anna@desk.example>',
  subject: '[#10008]',
  messageId: `asks${++n}@desk.example`,
  text: '#status\n',
  ...change,
});

/** As the desk's mail server hands it over, which knows her. */
const proven = (letter: LetterSketch) => checked('dmarc=pass header.from=desk.example', letter);

/** All that a letter could have changed. */
const standing = async ({ store: { db } }: TestDesk) => ({
  tickets: await db.selectFrom('tickets').selectAll().execute(),
  entries: await db.selectFrom('entries').selectAll().execute(),
  events: await db.selectFrom('events').selectAll().execute(),
  clocks: await db.selectFrom('clocks').selectAll().execute(),
  participants: await db.selectFrom('participants').selectAll().execute(),
});

test.each([
  ['nothing below', ''],
  ['her signature below', 'Анна Смирнова\nруководитель поддержки\n'],
])(
  'a lead who clicks on a missed ticket and sends the letter, %s, is told how it stands; nothing changes',
  (_what, below) =>
    withMissed(async (desk) => {
      const before = await standing(desk);
      const sent = await desk.round(proven(letterOf(await page(desk), below)));
      expect(sent.map(({ to }) => to)).toEqual([['anna@desk.example']]);
      const [transcript] = sent;
      expect(transcript!.message.subject).toBe('Re: [#10008] Не печатает');
      expect(transcript!.message.text).toMatch(/^#status\n {4}обращение \[#10008\]$/m);
      expect(transcript!.message.text).toMatch(/^ {4}состояние: новое\n {4}уровень: бесплатная поддержка$/m);
      expect(transcript!.message.text).not.toContain('руководитель');
      expect(await desk.fates()).toEqual(['opened', 'command']);
      expect(await standing(desk)).toEqual(before);
    }),
);

test('what she was told she can answer with commands', () =>
  withMissed(async (desk) => {
    const [transcript] = await desk.round(proven(asked()));
    await desk.round(asked({ to: transcript!.message.replyTo[0]!.address, text: '#взять\n' }));
    expect((await standing(desk)).tickets).toMatchObject([{ assignee: 'anna@desk.example' }]);
  }));

const more: readonly [string, LetterSketch | Uint8Array, RegExp][] = [
  ['a text for the customer', proven(asked({ text: '#status\n\nПерезапустите службу печати.\n' })), /no-token/],
  ['a command that changes something', proven(asked({ text: '#status\n#close\n' })), /no-token/],
  ['more on the line of the command', proven(asked({ text: '#status https://elsewhere.example\n' })), /no-token/],
  [
    'a file',
    proven(
      asked({ parts: [{ contentType: 'text/plain', content: 'x', filename: 'a.txt', disposition: 'attachment' }] }),
    ),
    /no-token/,
  ],
  [
    'a sender whom the server found to be false',
    checked('dmarc=fail header.from=desk.example', asked()),
    /sender-failed/,
  ],
];
test.each(more)('a letter with %s is set aside as before, and its supposed writer is asked', (_what, letter, why) =>
  withMissed(async (desk) => {
    const before = await standing(desk);
    const sent = await desk.round(letter);
    expect(toCustomers(sent)).toEqual([]);
    expect(toOperators(sent).map(({ message }) => message.subject)).toEqual([
      expect.stringMatching(/^Это письмо от вас\?/),
    ]);
    expect(
      await desk.store.db.selectFrom('letters').select('because').orderBy('id', 'desc').executeTakeFirst(),
    ).toEqual({
      because: expect.stringMatching(why),
    });
    expect(await standing(desk)).toEqual(before);
  }),
);

test('where no server states that it is hers she is asked first, and her «да» brings the transcript', () =>
  withMissed(async (desk) => {
    const [question, ...others] = await desk.round(asked());
    expect(others).toEqual([]);
    expect((await desk.fates()).at(-1)).toBe('quarantined');
    const sent = await desk.round(asked({ to: question!.message.replyTo[0]!.address, text: 'да\n' }));
    expect(sent.map(({ to, message }) => [to, message.subject])).toEqual([
      [['anna@desk.example'], 'Re: [#10008] Не печатает'],
    ]);
  }));

test('a forger who asks in her name fills no mailbox: after thirty transcripts within the hour his letters are set aside', () =>
  withMissed(async (desk) => {
    const sent = await desk.round(...Array.from({ length: 35 }, () => proven(asked())));
    expect(sent).toHaveLength(30 + 3 + 1);
    expect((await desk.fates()).filter((fate) => fate === 'command')).toHaveLength(30);
    desk.clock.now += 3_600_001;
    expect(await desk.round(proven(asked()))).toHaveLength(1);
  }));

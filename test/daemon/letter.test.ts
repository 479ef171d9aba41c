// What people who write to the desk experience: one daemon, two mailboxes of a real Dovecot, a real SMTP server.

import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { decode } from '../../src/decode/decode.ts';
import { until } from '../support/condition.ts';
import { type DaemonProcess, mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { type LetterSketch, raw } from '../support/letter.ts';
import { type Caught, type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { fateOf, ticketIn } from './fate.ts';

jest.setTimeout(20_000);

let dovecot: Dovecot;
let sink: SmtpSink;
let room: PostRoom;
let daemon: DaemonProcess;

beforeAll(async () => {
  dovecot = await startDovecot({ users: { support: 'secret', sales: 'secret' } });
  sink = await startSmtpSink();
  room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, 'support'), mailboxOf(dovecot.port, 'sales')],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
  });
  daemon = await room.start();
});
afterAll(async () => {
  await room?.remove();
  await sink?.stop();
  await dovecot?.stop();
});
afterEach(() => sink.clear());

let writers = 0;

/** A person who has not written yet. */
function somebody(): string {
  writers += 1;
  return `anna${writers}@client.example`;
}

async function delivered(sketch: LetterSketch, user = 'support', returnPath = 'mta@client.example'): Promise<string> {
  const messageId = sketch.messageId ?? `letter-${performance.now()}@client.example`;
  await dovecot.deliver(user, raw({ ...sketch, messageId }), { from: returnPath });
  return messageId;
}

const acknowledgementTo = (address: string, nth = 1): Promise<Caught> =>
  until(() => sink.letters.filter((letter) => letter.to[0] === address)[nth - 1], 10_000, `${address} is answered`);

const fate = (messageId: string, nth = 1) => fateOf(room, messageId, nth);

describe('a letter', () => {
  test('gets its acknowledgement within three seconds, from nobody, as an automatic answer in its thread', async () => {
    const from = somebody();
    const start = Date.now();
    const messageId = await delivered({ from, subject: 'Не открывается корзина', text: 'Здравствуйте!\n' });
    const caught = await acknowledgementTo(from);
    expect(caught.at - start).toBeLessThan(3_000);
    expect(caught.from).toBe('');
    expect(caught.to).toEqual([from]);
    const { ticket } = await fate(messageId);
    const mail = await simpleParser(caught.raw);
    expect(mail.subject).toBe(`[#${ticket}] Ваше обращение принято`);
    expect(mail.from?.value).toEqual([{ name: 'Служба поддержки', address: 'support@desk.example' }]);
    expect(mail.headers.get('auto-submitted')).toBe('auto-replied');
    expect(mail.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail.inReplyTo).toBe(`<${messageId}>`);
    expect(mail.references).toBe(`<${messageId}>`);
    expect(mail.messageId).toMatch(/^<kvitok\.acknowledgement\..+@kvitok\.desk\.example>$/);
    expect(mail.text).toContain(`Номер обращения: ${ticket}`);
    expect(mail.html).toContain(`${ticket}`);
  });

  test('in English is answered in English', async () => {
    const from = somebody();
    await delivered({ from, subject: 'The cart does not open', text: 'Hello, the cart page stays empty.\n' });
    const mail = await simpleParser((await acknowledgementTo(from)).raw);
    expect(mail.subject).toMatch(/We have received your request$/);
  });

  test('leaves INBOX for the done folder and is not deleted', async () => {
    const before = await dovecot.count('support', 'Kvitok.Done');
    const messageId = await delivered({ from: somebody() });
    await fate(messageId);
    await until(async () => (await dovecot.count('support')) === 0, 5_000, 'INBOX is empty');
    expect(await dovecot.count('support', 'Kvitok.Done')).toBe(before + 1);
  });

  test('is told by its number on every line of the log of its way', async () => {
    const messageId = await delivered({ from: somebody() });
    const { letter, ticket } = await fate(messageId);
    const opened = await daemon.said((line) => line.letter === letter && line.ticket === ticket, 'the ticket is told');
    expect(opened.msg).toBe('ticket opened');
    expect(daemon.log.filter((line) => line.letter === letter).map((line) => line.msg)).toContain('kept');
  });

  test('that comes by a second mailbox as well stays one, with one acknowledgement', async () => {
    const from = somebody();
    const messageId = await delivered({ from });
    const first = await fate(messageId);
    await delivered({ from, messageId }, 'sales');
    const second = await fate(messageId, 2);
    expect(second).toMatchObject({ disposition: 'duplicate', ticket: first.ticket });
    await acknowledgementTo(from);
    expect(sink.letters.filter((letter) => letter.to[0] === from)).toHaveLength(1);
  });
});

describe('a customer who writes again', () => {
  test('with the ID in the subject lands in their ticket and gets a brief answer', async () => {
    const from = somebody();
    const first = await fate(await delivered({ from, text: 'Здравствуйте!\n' }));
    const number = ticketIn(await acknowledgementTo(from));
    expect(number).toBe(first.ticket);
    const again = await fate(await delivered({ from, subject: `Отв: [#${number}] Печать`, text: 'Ещё одно.\n' }));
    expect(again).toMatchObject({ disposition: 'appended', ticket: number });
    const brief = await simpleParser((await acknowledgementTo(from, 2)).raw);
    expect(brief.subject).toContain(`[#${number}]`);
  });

  test('by answering the acknowledgement from another address lands in their ticket', async () => {
    const from = somebody();
    await delivered({ from });
    const caught = await acknowledgementTo(from);
    const { messageId } = await simpleParser(caught.raw);
    const answer = await fate(
      await delivered({
        from: somebody(),
        subject: 'it works now',
        headers: [['In-Reply-To', messageId ?? '']],
      }),
    );
    expect(answer).toMatchObject({ disposition: 'appended', ticket: ticketIn(caught) });
  });

  test('more often than the limit of an hour is heard each time and answered three times', async () => {
    const from = somebody();
    const fates = [];
    for (const subject of ['one', 'two', 'three', 'four']) fates.push(await fate(await delivered({ from, subject })));
    expect(fates.map(({ disposition }) => disposition)).toEqual(['opened', 'opened', 'opened', 'opened']);
    expect(fates[3]?.silence).toBe('the address has had its letters for this hour');
    await acknowledgementTo(from, 3);
    await answeredAfter();
    expect(sink.letters.filter((letter) => letter.to[0] === from)).toHaveLength(3);
  });

  test('more often than the limit of an hour gets the remaining numbers in one letter when the hour is over', async () => {
    const from = somebody();
    const tickets = [];
    for (const subject of ['one', 'two', 'three', 'four', 'five'])
      tickets.push((await fate(await delivered({ from, subject }))).ticket!);
    await acknowledgementTo(from, 3);
    // the end of the hour, which no test waits for
    await room.store(({ db }) =>
      db
        .updateTable('outbox')
        .set({ not_before: 0 })
        .where('recipient', '=', from)
        .where('form', '=', 'gathered')
        .execute(),
    );
    const list = decode((await acknowledgementTo(from, 4)).raw).text;
    for (const [i, ticket] of tickets.entries()) expect(list.includes(`[#${ticket}]`)).toBe(i >= 3);
  });

  test('again to a resolved ticket is acknowledged though the hour is not over', async () => {
    const from = somebody();
    const { ticket } = await fate(await delivered({ from }));
    const tagged = `[#${ticket}] again`;
    await fate(await delivered({ from, subject: tagged, text: 'One more thing.\n' }));
    await acknowledgementTo(from, 2);
    await room.store(({ db }) =>
      db.updateTable('tickets').set({ state: 'resolved' }).where('number', '=', String(ticket)).execute(),
    );
    const again = await fate(await delivered({ from, subject: tagged, text: 'It is broken again.\n' }));
    expect(again).toMatchObject({ disposition: 'appended', silence: null });
    await acknowledgementTo(from, 3);
  });
});

/** Everything that was to leave before this moment has left: somebody who wrote later has been answered. */
async function answeredAfter(): Promise<void> {
  const from = somebody();
  await delivered({ from });
  await acknowledgementTo(from);
}

describe('no answer goes', () => {
  interface Silent {
    readonly who: string;
    readonly sketch: LetterSketch;
    readonly returnPath?: string;
  }
  const SILENT: readonly Silent[] = [
    {
      who: 'to a vacation notice',
      sketch: { headers: [['Auto-Submitted', 'auto-replied']], subject: 'Нет на месте' },
    },
    { who: 'to a vacation notice that only its words betray', sketch: { subject: 'Автоответ: меня нет в офисе' } },
    { who: 'to a mailing list', sketch: { headers: [['List-Id', '<news.client.example>']] } },
    { who: 'to bulk mail', sketch: { headers: [['Precedence', 'bulk']] } },
    { who: 'to the null return path', sketch: {}, returnPath: '' },
    { who: 'to an address of our own', sketch: { from: 'Support <support@desk.example>' } },
  ];

  test.each(SILENT)('$who, and the letter is kept', async ({ sketch, returnPath }) => {
    const from = sketch.from ?? somebody();
    const messageId = await delivered({ from, ...sketch }, 'support', returnPath);
    await answeredAfter();
    expect((await fate(messageId)).silence).not.toBeNull();
    expect(sink.letters.filter((letter) => letter.to[0] === from)).toEqual([]);
    expect(sink.letters.filter((letter) => letter.to[0] === 'support@desk.example')).toEqual([]);
  });
});

describe('a letter that holds up nobody behind it', () => {
  async function nextIsAnswered(): Promise<void> {
    const from = somebody();
    const start = Date.now();
    const { ticket } = await fate(await delivered({ from }));
    expect(ticketIn(await acknowledgementTo(from))).toBe(ticket);
    expect(Date.now() - start).toBeLessThan(10_000);
  }

  test('of 0 bytes is a letter with a ticket like any other', async () => {
    const before = await room.store(async ({ spool }) => spool.after(0, 10_000).length);
    dovecot.drop('support', '');
    await nextIsAnswered();
    const kept = await room.store(async ({ spool }) => spool.after(0, 10_000));
    expect(kept).toHaveLength(before + 2);
    const empty = kept.find((letter) => letter.size === 0);
    expect(empty).toBeDefined();
    expect(await room.store(async ({ db }) => dispositionOf(db, empty!.id))).toMatch(/^(opened|automatic)$/);
  });

  test('of 5 kB of noise gets a ticket for people to look at', async () => {
    const noise = Buffer.alloc(5_000, 0).map((_, i) => (Math.imul(i + 1, 0x9e3779b1) >>> 13) & 0xff);
    dovecot.drop('support', noise);
    await nextIsAnswered();
    const kept = await room.store(async ({ spool }) => spool.after(0, 10_000));
    const letter = kept.find((one) => one.size >= 4_900 && one.size <= 5_100);
    expect(letter).toBeDefined();
    const fateOf = () => room.store(async ({ db }) => (await dispositionOf(db, letter!.id)) ?? undefined);
    expect(await until(fateOf, 20_000, 'the noise is dealt with')).toBe('opened');
  });

  test('of 30 MB is taken in whole and answered', async () => {
    const from = somebody();
    const messageId = 'thirty-megabytes@client.example';
    const parts = [{ contentType: 'image/png', content: Buffer.alloc(21 * 1024 * 1024, 7), filename: 'снимок.png' }];
    dovecot.drop('support', raw({ from, messageId, parts }));
    await nextIsAnswered();
    expect(await fate(messageId)).toMatchObject({ disposition: 'opened', silence: null });
    expect(ticketIn(await acknowledgementTo(from))).not.toBeNull();
  });

  test('over the size limit gets a ticket from its header, and its writer is asked for a smaller one', async () => {
    const from = somebody();
    const messageId = 'too-large@client.example';
    const parts = [{ contentType: 'image/bmp', content: Buffer.alloc(28 * 1024 * 1024, 7), filename: 'снимок.bmp' }];
    dovecot.drop('support', raw({ from, messageId, subject: 'Снимок экрана', parts }));
    await nextIsAnswered();
    const { ticket, letter } = await fate(messageId);
    const mail = await simpleParser((await acknowledgementTo(from)).raw);
    expect(mail.subject).toBe(`[#${ticket}] Ваше письмо слишком большое`);
    expect(await room.store(async ({ spool }) => spool.get(letter)?.oversize)).toBeGreaterThan(36_000_000);
  });
});

async function dispositionOf(db: Parameters<Parameters<PostRoom['store']>[0]>[0]['db'], id: number) {
  const row = await db.selectFrom('letters').select('disposition').where('id', '=', id).executeTakeFirst();
  return row?.disposition ?? null;
}

// What comes back from other mail servers, or only says that it does, against the real daemon: a Dovecot mailbox in front
// whose server states who is proven, an SMTP server behind.

import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { DaemonProcess, PostRoom } from '../support/daemon.ts';
import { type Exchange, openExchange, replying, type Written } from './exchange.ts';

jest.setTimeout(90_000);

const IVAN = 'ivan@client.example';
const OLGA = 'olga@client.example';
const ANNA = { address: 'anna@desk.example', name: 'Анна' };

let exchange: Exchange;
let room: PostRoom;
let daemon: DaemonProcess;

beforeAll(async () => {
  exchange = await openExchange({ operators: [ANNA], threading: { authservId: 'mx.desk.example' } });
  room = exchange.room;
  daemon = await room.start();
});
afterAll(() => exchange?.close());

const lastTo = (address: string) => exchange.lettersTo(address).at(-1)!;

/** A report that a letter of the desk's did not reach somebody, as whoever knows its Message-ID can write it. */
const report = (id: string, whom: string, about: string): Written => ({
  from: 'MAILER-DAEMON@evil.example',
  subject: 'Undelivered Mail Returned to Sender',
  messageId: id,
  headers: [['Content-Type', 'multipart/report; report-type=delivery-status']],
  text: `<${whom}>: host mx.client.example said: 550 5.1.1 no such user\n`,
  parts: [
    {
      contentType: 'message/delivery-status',
      content: `Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; ${whom}\r\nAction: failed\r\nStatus: 5.1.1\r\n`,
    },
    {
      contentType: 'text/rfc822-headers',
      content: `From: support@desk.example\r\nTo: ${whom}\r\nMessage-ID: <${about}>\r\n`,
    },
  ],
});

test('a reader of an answer can’t make the desk stop writing to another reader', async () => {
  const ivan = { from: IVAN, cc: OLGA, subject: 'Printer' };
  const { ticket } = await exchange.write({ ...ivan, messageId: 'i@client.example' });
  const answer = (id: string, text: string) => {
    const told = lastTo(ANNA.address);
    return exchange.write({ from: ANNA.address, ...replying(told), text, messageId: `${id}@desk.example` });
  };
  expect((await answer('first', 'Restart it.\n')).disposition).toBe('appended');
  expect(lastTo(OLGA).text).toContain('Restart it.');

  const forged = report('forged@evil.example', OLGA, lastTo(OLGA).messageId!);
  expect((await exchange.write(forged)).disposition).toBe('bounce');
  expect(lastTo(ANNA.address).subject).toContain('Непроверенный отчёт о недоставке');
  const shown = await room.command(['show', String(ticket)]);
  expect(shown.stdout).toContain(`Непроверенный отчёт о недоставке ответа: ${OLGA}`);

  await exchange.write({ ...ivan, subject: `Re: [#${ticket}] Printer`, text: 'No.\n', messageId: 'j@client.example' });
  expect((await answer('second', 'Pull the plug.\n')).disposition).toBe('appended');
  expect(lastTo(OLGA).text).toContain('Pull the plug.');
});

test('a letter that only its words call a bounce opens a ticket that somebody is told of, and is not acknowledged', async () => {
  const { disposition, ticket } = await exchange.write({
    from: 'Gateway_Filter@relay.example',
    subject: 'Delivery failure notification',
    messageId: 'words@relay.example',
    text: 'Your message with Subject: Re: cart\ncould not be delivered to the following recipients:\n\nivan@client.example\n\nPlease do not resend your original message.\n',
  });
  expect(disposition).toBe('opened');
  expect(lastTo(ANNA.address).subject).toContain(String(ticket));
  expect(exchange.lettersTo('Gateway_Filter@relay.example')).toEqual([]);
  expect(daemon.stderr()).toBe('');
});

import { describe, expect, test } from '@jest/globals';
import { classify } from '../../src/classify/classify.ts';
import { type Report, readReport } from '../../src/classify/delivery-report.ts';
import { isMachine, weightOf } from '../../src/mail/classification.ts';
import { cpuMs } from '../support/cpu.ts';
import { type LetterSketch, letter, raw } from '../support/letter.ts';

const OURS = {
  addresses: new Set<string>(),
  messageIdHost: 'kvitok.desk.example',
  groups: new Set<string>(),
  forms: new Map<string, string | null>(),
};
const REPORT_TYPE = ['Content-Type', 'multipart/report; report-type=delivery-status; boundary="d"'] as const;
const DAEMON = 'Mail Delivery System <MAILER-DAEMON@mx.client.example>';
const SENT = 'answer.10429.abc.def@kvitok.desk.example';
const RETURNED = `Received: from x\r\nMessage-ID: <${SENT}>\r\nFrom: support@desk.example\r\nTo: ivan@client.example\r\n\r\nbody`;

const read = (sketch: LetterSketch): Report | null => readReport(letter(sketch));

/** A report by the book (RFC 3464), with the status part as given. */
const byTheBook = (status: string, more: LetterSketch = {}): LetterSketch => ({
  from: DAEMON,
  subject: 'Undelivered Mail Returned to Sender',
  headers: [REPORT_TYPE],
  text: 'I am sorry.\n',
  parts: [
    { contentType: 'message/delivery-status', content: status },
    { contentType: 'message/rfc822', content: RETURNED },
  ],
  ...more,
});

const GROUP = 'Final-Recipient: rfc822; ivan@client.example\r\nAction: failed\r\nStatus: 5.1.1\r\n';

describe('a delivery report by the book', () => {
  test('says who was not reached, why, and which letter of ours it was', () => {
    const status = `Reporting-MTA: dns; mx.client.example\r\n\r\n${GROUP}Diagnostic-Code: smtp; 550 5.1.1 no\r\n such user\r\n`;
    expect(read(byTheBook(status))).toEqual({
      recipients: ['ivan@client.example'],
      action: 'failed',
      status: '5.1.1',
      diagnostic: '550 5.1.1 no such user',
      original: { messageId: SENT },
    });
  });

  test.each([
    [
      'several recipients',
      `${GROUP}\r\nFinal-Recipient: rfc822; olga@client.example\r\nAction: failed\r\nStatus: 5.2.2\r\n`,
      ['ivan@client.example', 'olga@client.example'],
    ],
    [
      'recipients with no blank line between them',
      `${GROUP}Final-Recipient: rfc822; olga@client.example\r\nAction: failed\r\n`,
      ['ivan@client.example', 'olga@client.example'],
    ],
    [
      'one of several delivered',
      `${GROUP}\r\nFinal-Recipient: rfc822; olga@client.example\r\nAction: delivered\r\nStatus: 2.0.0\r\n`,
      ['ivan@client.example'],
    ],
    [
      'only an Original-Recipient',
      'Original-Recipient: <ivan@client.example>\r\nAction: failed\r\n',
      ['ivan@client.example'],
    ],
    ['no address type', 'Final-Recipient: ivan@client.example\r\nAction: failed\r\n', ['ivan@client.example']],
    [
      'an internationalised address',
      'Final-Recipient: utf-8; иван@почта.рф\r\nAction: failed\r\nStatus: 5.1.1\r\n',
      ['иван@почта.рф'],
    ],
    [
      'a final recipient that is a name inside the mail system',
      'Original-Recipient: rfc822;ivan@client.example\r\nFinal-Recipient: rfc822;ivan@store1\r\nAction: failed\r\n',
      ['ivan@client.example'],
    ],
    [
      'a source route',
      'Final-Recipient: rfc822; @mx.example:ivan@client.example\r\nAction: failed\r\n',
      ['ivan@client.example'],
    ],
    [
      'a forwarder behind the address',
      'Final-Recipient: rfc822; ivan@home.example\r\nOriginal-Recipient: rfc822;ivan@client.example\r\nAction: failed\r\n',
      ['ivan@client.example'],
    ],
    [
      'an alias of his own mail system in front of the address that the letter was written to',
      'Final-Recipient: rfc822; ivan@client.example\r\nOriginal-Recipient: rfc822;i.petrov@client.example\r\nAction: failed\r\n',
      ['ivan@client.example'],
    ],
  ])('with %s', (_, status, recipients) => {
    expect(read(byTheBook(status))?.recipients).toEqual(recipients);
  });

  test.each([
    ['Action: delayed\r\nStatus: 4.4.1\r\n', 'delayed'],
    ['Action: relayed\r\nStatus: 2.1.5\r\n', 'relayed'],
    ['Action: Failed (unknown user)\r\n', 'failed'],
    ['Status: 5.1.1\r\n', 'failed'],
    ['Status: 4.4.7\r\n', 'delayed'],
    ['Status: nonsense\r\n', null],
  ])('with %j is %s', (lines, action) => {
    expect(read(byTheBook(`Final-Recipient: rfc822; ivan@client.example\r\n${lines}`))?.action).toBe(action);
  });

  test('that calls a try failed for now, and says that it goes on, is late', () => {
    const group = 'Final-Recipient: rfc822; ivan@client.example\r\nAction: failed\r\nStatus: 4.4.1\r\n';
    expect(read(byTheBook(group, { text: 'We will keep trying to deliver your message.\n' }))?.action).toBe('delayed');
    expect(read(byTheBook(group))?.action).toBe('failed');
    expect(read(byTheBook(GROUP, { text: 'We will keep trying to deliver your message.\n' }))?.action).toBe('failed');
  });

  test('that gives back the header only still names the letter', () => {
    const parts = [
      { contentType: 'message/delivery-status', content: GROUP },
      { contentType: 'text/rfc822-headers', content: `Subject: x\r\nMessage-ID: <${SENT}>\r\n` },
    ];
    expect(read(byTheBook(GROUP, { parts }))?.original.messageId).toBe(SENT);
  });

  test('that lost its status part is read by its words', () => {
    const text = 'This is the mail system at host mx.\n\n<ivan@client.example>: host mx said: 550 5.1.1 unknown\n';
    expect(read(byTheBook('', { text, parts: [] }))).toMatchObject({
      recipients: ['ivan@client.example'],
      status: '5.1.1',
    });
  });

  test('whose status stands in its text is read there', () => {
    const text = `Technical report:\n\nReporting-MTA: dns; x\n\n${GROUP.replaceAll('\r', '')}`;
    expect(read({ from: DAEMON, text })?.recipients).toEqual(['ivan@client.example']);
  });

  test('is no receipt for reading and no complaint', () => {
    const parts = [{ contentType: 'message/disposition-notification', content: GROUP }];
    expect(read({ from: DAEMON, subject: 'Read: x', parts })).toBeNull();
  });
});

describe('a bounce in words', () => {
  const worded: readonly (readonly [mailer: string, sketch: LetterSketch, recipients: readonly string[]])[] = [
    [
      'Exim',
      {
        subject: 'Mail delivery failed: returning message to sender',
        text: `This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  ivan@client.example
    (ultimately generated from sales@client.example)
    host mx.client.example [192.0.2.1]: 550 5.1.1
    support@desk.example: sender is fine, user is not
  olga@client.example
    retry timeout exceeded

------ This is a copy of the message, including all the headers. ------

Message-ID: <${SENT}>
From: support@desk.example
`,
      },
      ['sales@client.example', 'olga@client.example'],
    ],
    [
      'qmail',
      {
        subject: 'failure notice',
        text: `Hi. This is the qmail-send program at mx.client.example.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<ivan@client.example>:
192.0.2.1 does not like recipient.
Remote host said: 550 sorry, ask admin@client.example

--- Below this line is a copy of the message.

Return-Path: <support@desk.example>
Message-ID: <${SENT}>
`,
      },
      ['ivan@client.example'],
    ],
    [
      'Postfix in the words of Яндекс',
      {
        text: `Это письмо отправлено почтовым сервером yandex.ru.

К сожалению, мы вынуждены сообщить Вам о том, что Ваше письмо не может
быть отправлено одному или нескольким адресатам. Технические подробности можно найти ниже.
Вопросы: support@yandex.example

<ivan@client.example>: host mx.client.example[192.0.2.1] said: 550 5.1.1
    <ivan@client.example>: Recipient address rejected (in reply to RCPT TO command)
<olga@client.example> (expanded from <sales@client.example>): mailbox full
`,
      },
      ['ivan@client.example', 'sales@client.example'],
    ],
    [
      'Mail.ru',
      {
        subject: 'Ваше сообщение не доставлено. Mail failed.',
        text: `Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.

К сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:

  ivan@client.example
    SMTP error from remote mail server after RCPT TO:<ivan@client.example>:
    host mx.client.example [192.0.2.1]: 550 5.2.2 Mailbox full
`,
      },
      ['ivan@client.example'],
    ],
    [
      'sendmail',
      {
        subject: 'Returned mail: see transcript for details',
        text: `   ----- The following addresses had permanent fatal errors -----
<ivan@client.example>
    (reason: 550 5.1.1 <ivan@client.example>... User unknown)

   ----- Transcript of session follows -----
`,
      },
      ['ivan@client.example'],
    ],
    [
      'Exchange 2003',
      {
        from: 'System Administrator <postmaster@client.example>',
        subject: 'Undeliverable: Your question',
        text: `Your message

  To:      ivan@client.example
  Subject: Your question

did not reach the following recipient(s):

ivan@client.example on Mon, 2 Mar 2026 10:00:00 +0300
    The recipient name is not recognized
`,
      },
      ['ivan@client.example'],
    ],
    [
      'Exchange in Russian',
      {
        from: 'Microsoft Outlook <postmaster@client.example>',
        subject: 'Не удается доставить: Ваш вопрос',
        text: 'Сбой доставки следующим получателям или группам:\n\nivan@client.example\nАдрес не найден.\n',
      },
      ['ivan@client.example'],
    ],
    [
      'Google',
      {
        from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
        subject: 'Delivery Status Notification (Failure)',
        text: 'Delivery to the following recipient failed permanently:\n\n     ivan@client.example\n\nTechnical details of permanent failure:\n',
      },
      ['ivan@client.example'],
    ],
    [
      'a mail system in words nobody knows, that names the failed recipients in a field',
      {
        text: 'Nepodařilo se doručit.\n',
        headers: [['X-Failed-Recipients', 'ivan@client.example, olga@client.example']],
      },
      ['ivan@client.example', 'olga@client.example'],
    ],
    [
      'a mail system in words nobody knows, that gives the letter back',
      {
        text: 'Hiba: ivan@client.example, ask boss@isp.example\n',
        parts: [{ contentType: 'message/rfc822', content: RETURNED }],
      },
      ['ivan@client.example'],
    ],
  ];
  test.each(worded)('of %s', (_, sketch, recipients) => {
    const message = letter({ from: DAEMON, ...sketch });
    expect(readReport(message)?.recipients).toEqual(recipients);
    expect(readReport(message)?.action).toBe('failed');
    expect(classify({ message, envelope: { from: '', to: [] } }, OURS).kind).toBe('delivery-report');
    if (message.text.includes(SENT)) expect(readReport(message)?.original.messageId).toBe(SENT);
  });

  test('of Exim that only warns is a delay', () => {
    const text =
      'The address to which the message has not yet been delivered is:\n\n  ivan@client.example\n    Delay reason: busy\n';
    expect(read({ from: DAEMON, subject: 'Warning: message 1 delayed 24 hours', text })).toMatchObject({
      recipients: ['ivan@client.example'],
      action: 'delayed',
    });
  });
});

describe('a bounce whose sender looks like a person', () => {
  const GATEWAY = {
    from: 'Gateway_Filter@relay.example',
    subject: 'Delivery failure notification',
    text: 'Your message with Subject: Re: [#10429] cart\ncould not be delivered to the following recipients:\n\nivan@client.example\n\nPlease do not resend your original message.\n',
  };
  const kindOf = (sketch: LetterSketch) =>
    classify({ message: letter(sketch), envelope: { from: null, to: [] } }, OURS);

  test('is one by its announcement, but hides nothing, for a person might have written it', () => {
    expect(read(GATEWAY)).toMatchObject({ recipients: ['ivan@client.example'], action: 'failed' });
    expect(kindOf(GATEWAY)).toMatchObject({ kind: 'delivery-report', rule: 'bounce-words' });
    expect(isMachine(kindOf(GATEWAY))).toBe(false);
    expect(weightOf(kindOf(GATEWAY))).toBe('weak');
  });

  test('is a machine’s for sure where it gives back a letter of ours', () => {
    const parts = [{ contentType: 'message/rfc822', content: RETURNED }];
    expect(isMachine(kindOf({ ...GATEWAY, parts }))).toBe(true);
  });

  test.each([
    ['Auto-Submitted', 'auto-replied'],
    ['Precedence', 'auto_reply'],
    ['X-Autoreply', 'yes'],
  ])('is a machine’s for sure where it says so in %s', (name, value) => {
    const marked = kindOf({ ...GATEWAY, headers: [[name, value]] });
    expect(marked).toMatchObject({ kind: 'delivery-report', rule: 'delivery-report' });
    expect(isMachine(marked)).toBe(true);
  });

  test('is one by a pasted group of a report', () => {
    const text = `An error occurred while trying to deliver the mail to the following recipients:\nivan@client.example\n\n${GROUP}`;
    expect(read({ ...GATEWAY, text })).toMatchObject({ recipients: ['ivan@client.example'], status: '5.1.1' });
  });

  test.each([
    ['asks above it', { text: `Что это значит?\n\n${GATEWAY.text}` }],
    ['asks below it', { text: `${GATEWAY.text}\nПосмотрите, пожалуйста.\n` }],
    ['signs it', { text: `${GATEWAY.text}\n--\nИван Петров\n+7 495 000-00-00\n` }],
    ['passes it on', { subject: `Fwd: ${GATEWAY.subject}` }],
    [
      'pastes one about a letter of his own',
      {
        text: `${GATEWAY.text}\n--- Original message ---\nFrom: ivan@client.example\nTo: x@shop.example\nDate: today\n`,
      },
    ],
    [
      'tells of one',
      {
        text: 'Your last message could not be delivered to ivan@client.example, he left us.\n',
        subject: 'Undelivered mail',
      },
    ],
  ])('is a person’s where he %s', (_, more) => {
    expect(read({ ...GATEWAY, ...more })).toBeNull();
  });
});

test('a person who tells of a bounce through the form of a site, which writes from a no-reply address, is a person', () => {
  const text = 'Письмо клиенту olga@client.example не доставлено, сервер ответил 550 5.7.1. Помогите.\n';
  const form = { from: 'noreply@shop.example', subject: 'Ошибка доставки письма', text };
  expect(read({ ...form, headers: [['Reply-To', 'ivan@client.example']] })).toBeNull();
});

describe('a report that a gateway wrapped', () => {
  const inside = (from: string) =>
    Buffer.from(
      raw({
        from,
        subject: 'Delivery Status Notification (Failure)',
        text: 'Delivery to the following recipients failed.\n\n       ivan@client.example\n',
        headers: [['Content-Type', 'multipart/report; report-type=delivery-status']],
        parts: [
          { contentType: 'message/delivery-status', content: GROUP },
          { contentType: 'message/rfc822', content: RETURNED },
        ],
      }),
    );
  const wrapped = (from: string, inner: string, text: string): LetterSketch => ({
    from,
    subject: 'Delivery Status Notification (Failure)',
    text,
    parts: [{ contentType: 'message/rfc822', content: inside(inner) }],
  });

  test.each([
    ['a postmaster', 'postmaster@client.example', 'postmaster@client.example'],
    ['an ordinary address that is the report’s own', 'relay@client.example', 'relay@client.example'],
  ])('into its disclaimer, from %s, is read where it is', (_, outer, inner) => {
    expect(read(wrapped(outer, inner, 'This e-mail is confidential.\n'))).toMatchObject({
      recipients: ['ivan@client.example'],
      status: '5.1.1',
      original: { messageId: SENT },
    });
  });

  test('is none where a person attaches it to his question', () => {
    expect(read(wrapped('ivan@client.example', 'postmaster@client.example', 'Что это?\n'))).toBeNull();
  });
});

describe('recipients of a bounce in unknown words', () => {
  test.each([
    [
      'are labelled; the contact is none',
      'Undeliverable Address: ivan@client.example\n\nReason: over quota.\n\nSystem Contact: boss@relay.example\n',
      ['ivan@client.example'],
    ],
    [
      'stand in the sentence that says so; whom to ask is none',
      'Письмо на адрес ivan@client.example доставить не удалось, оно не доставлено. Вопросы пишите на boss@relay.example.\n',
      ['ivan@client.example'],
    ],
    [
      'are those of the servers’ dialogue',
      'Something went wrong (see help@relay.example).\n\n550 5.1.1 <ivan@client.example>: unknown\n',
      ['ivan@client.example'],
    ],
    ['are not the addresses of advice', 'Undeliverable.\n\nTry olga@client.example or ask boss@relay.example.\n', []],
    [
      'are not whom a condition speaks of',
      'Undeliverable.\n\nIf your message could not be delivered to: boss@relay.example, write again.\n',
      [],
    ],
  ])('%s', (_, text, recipients) => {
    expect(read({ from: DAEMON, subject: 'Undelivered Mail', text })?.recipients).toEqual(recipients);
  });

  test('are the one that the letter given back went to, where the words name nobody', () => {
    const parts = [{ contentType: 'message/rfc822', content: RETURNED }];
    const text = 'No luck. Ask boss@relay.example.\n';
    expect(read({ from: DAEMON, subject: 'Undelivered', text, parts })?.recipients).toEqual(['ivan@client.example']);
  });
});

describe('a letter that is still on its way', () => {
  test.each([
    [
      'Gmail',
      'There was a temporary problem while delivering your message to ivan@client.example. Gmail will retry for 45 more hours.\n',
    ],
    [
      'a server that keeps trying',
      'Your message could not be delivered to:\n\n  ivan@client.example\n\nThe server will keep trying for 3 days.\n',
    ],
    [
      'a server in Russian',
      'Не удалось доставить письмо следующим получателям:\n\n  ivan@client.example\n\nПопытки доставки будут продолжаться.\n',
    ],
  ])('is late and not lost, in the words of %s', (_, text) => {
    expect(read({ from: DAEMON, subject: 'Delivery report', text })).toMatchObject({
      recipients: ['ivan@client.example'],
      action: 'delayed',
    });
  });

  test('is what (Delay) in a subject says', () => {
    const text = 'Delivery to the following recipients failed:\n\n  ivan@client.example\n';
    expect(read({ from: DAEMON, subject: 'Delivery Status Notification (Delay)', text })?.action).toBe('delayed');
  });

  test('is none where the server has given up, or advises to try again', () => {
    const text =
      'Could not be delivered to:\n\n  ivan@client.example\n\nretry timeout exceeded; the server will not keep trying. You may try again.\n';
    expect(read({ from: DAEMON, subject: 'Undelivered Mail', text })?.action).toBe('failed');
  });
});

describe('what looks like a bounce and is none', () => {
  test('a vacation notice from the null path that names a colleague', () => {
    const message = letter({
      subject: 'Отпуск',
      text: 'Я в отпуске. Пишите по следующему адресу: olga@client.example\n',
    });
    expect(readReport(message, { from: '', to: [] })).toBeNull();
  });

  test("a person's letter with a bounce pasted into it", () => {
    const text = `Пришло вот это:\n\n${GROUP.replaceAll('\r', '')}\nThe following address(es) failed:\n\n  ivan@client.example\n`;
    expect(read({ text })).toBeNull();
  });

  test('an address in an IP number is no status', () => {
    const text =
      'The following address(es) failed:\n\n  ivan@client.example\n    host mx [5.1.1.25]: connection refused\n';
    expect(read({ from: DAEMON, text })?.status).toBeNull();
  });
});

test.each([
  ['a mail system', DAEMON],
  ['what looks like a person', 'ivan@client.example'],
])('a bounce made to be slow is read within a second, from %s', (_, from) => {
  const started = cpuMs();
  for (const piece of [
    '@',
    'a@b ',
    '<a@b.example>: ',
    '"@"',
    'the following address(es) failed: ',
    'Action: failed\n',
    ' \n',
    '> > -',
    'a. ',
    'not ',
    'delivery ',
    'письмо ',
    'if message could not be delivered to: ',
    '(expanded from <a@b.example>) ',
    'From: support@desk.example\n',
    'original message\n',
    'Recipient: a@b.example\n',
    '550 a@b.example\n\n',
  ]) {
    const text = `This is the mail system at host x\n${piece.repeat(300_000 / piece.length)}`;
    const parts = from === DAEMON ? [{ contentType: 'message/delivery-status', content: text }] : [];
    read({ from, subject: 'Undelivered Mail Returned to Sender', text, parts });
  }
  expect(cpuMs() - started).toBeLessThan(18_000);
});

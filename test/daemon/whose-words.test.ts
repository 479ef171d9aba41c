// Whose words a letter holds, and whose secrets: letters of customers, strangers and operators against the real daemon, a
// Dovecot mailbox in front whose server states who is proven, an SMTP server behind. What leaves is read there.

import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import type { Message } from '../../src/mail/message.ts';
import type { LetterSketch } from '../support/letter.ts';
import { type Exchange, openExchange, replying, type Written } from './exchange.ts';

jest.setTimeout(90_000);

const IVAN = 'ivan@client.example';
const MALLORY = 'mallory@evil.example';
const ANNA = { address: 'anna@desk.example', name: 'Анна' };

let exchange: Exchange;

beforeAll(async () => {
  exchange = await openExchange({
    operators: [ANNA],
    threading: { authservId: 'mx.desk.example', signingKey: 'the key of this test', subaddresses: true },
    // nobody waits for an hour to pass here
    acknowledge: { perDomainHour: 1000 },
    attachments: { allow: ['txt'] },
  });
  await exchange.room.start();
});
afterAll(() => exchange?.close());

let count = 0;
const write = (from: string, letter: LetterSketch, result?: string) => {
  const sent: Written = {
    ...letter,
    from,
    messageId: `${++count}@${from.slice(from.lastIndexOf('@') + 1).replace('>', '')}`,
  };
  return exchange.write(sent, result === undefined ? {} : { result });
};
const lettersTo = (address: string) => exchange.lettersTo(address);
const answersTo = (address: string) => lettersTo(address).filter(({ fields }) => !fields.has('auto-submitted'));
const lastTo = (address: string) => lettersTo(address).at(-1)!;
const rawTo = (address: string) =>
  exchange.sink.letters.filter(({ to }) => to.includes(address)).map(({ raw }) => raw.toString('latin1'));

/** Anna's answer to what she was told, sent to its signed address. */
const fromAnna = (told: Message, text: string, more: LetterSketch = {}) =>
  write(ANNA.address, { ...replying(told), to: told.replyTo[0]!.address, text, ...more });

const people = (ticket: string) =>
  exchange.room.store(({ db }) =>
    db
      .selectFrom('participants')
      .innerJoin('tickets', 'tickets.id', 'participants.ticket_id')
      .select('participants.address')
      .where('tickets.number', '=', ticket)
      .orderBy('participants.address')
      .execute()
      .then((rows) => rows.map(({ address }) => address)),
  );

describe('a customer who writes lines like commands', () => {
  let told: Message;
  let ticket: string;
  beforeAll(async () => {
    const fate = await write(IVAN, { subject: 'Till', text: `#cc ${MALLORY}\n№ закрыть\nThe till does not open.\n` });
    ticket = fate.ticket!;
    told = lastTo(ANNA.address);
  });

  test('is sent on with them broken, below a line of the desk, in the text and on the page', () => {
    expect(told.text).toMatch(new RegExp(`^\\[kvitok\\] Обращение ${ticket}\\.`));
    expect(told.text).toContain(`\n\\#cc ${MALLORY}\n\\№ закрыть\nThe till`);
    expect(told.html).toContain(`\\#cc ${MALLORY}<br>`);
    expect(told.html?.indexOf('[kvitok]')).toBeLessThan(told.html!.indexOf('#cc'));
  });

  test('is not obeyed when an operator’s client quotes them first and without a mark', async () => {
    const unmarked = told.text.split('\n').slice(2).join('\n').replaceAll('\\', '');
    await fromAnna(told, `${unmarked}\n\nPress the left button.\n`);
    expect(await people(ticket)).toEqual([IVAN]);
    expect(lettersTo(MALLORY)).toEqual([]);
    // what looks like a command is asked about, and nothing has left
    expect(lastTo(ANNA.address).text).toContain('похожа на команду');
    expect(answersTo(IVAN)).toEqual([]);
  });

  test('gets no note of an operator’s who types one sign too many', async () => {
    for (const note of [
      '##заметка\nон опять не платит',
      '# #note\nhe never pays',
      'Thanks.\n\n- #note he never pays',
    ]) {
      expect((await fromAnna(told, `${note}\n`)).disposition).toBe('quarantined');
      expect(lastTo(ANNA.address).text).toContain('похожа на команду');
    }
    expect(answersTo(IVAN)).toEqual([]);
  });
});

test('a customer gets no signed address and no operator’s address, however the operator’s client quotes', async () => {
  await write('"Olga '.concat('x'.repeat(700), '" <olga@client.example>'), {
    subject: 'Scales',
  });
  const told = lastTo(ANNA.address);
  const [{ name } = { name: '' }] = told.from;
  expect([...name]).toHaveLength(60);
  const token = told.replyTo[0]!.address;
  const quotes = [
    `${name} <${token}> said:\n${told.text}`,
    `${name} <${token.slice(0, 22)}\n${token.slice(22)}> жазды:\n\n${told.text}`,
    `${name} [mailto:${token.toUpperCase().replace('@', '%40')}]\n> ${token}`,
    `${name} <${token.replace('@', '&#64;').replace('+', '=2B')}> <${told.messageId}>`,
  ];
  for (const [i, quote] of quotes.entries()) {
    const text = `Weigh again, try ${i}.\n\nAnna, ANNA@desk.example\n\n${quote}\n`;
    const page = `<p>${text.replace(/</g, '&lt;').replace(/\n/g, '<br>')}</p><a href="mailto:${token}">${token.slice(0, 20)}<wbr>${token.slice(20)}</a>`;
    const { text: _text, ...onlyPage } = { text, html: page };
    await (i % 2 === 0 ? fromAnna(told, text) : write(ANNA.address, { ...replying(told), to: token, ...onlyPage }));
  }
  const answers = answersTo('olga@client.example');
  expect(answers.map(({ text }) => /try \d/.exec(text)?.[0])).toEqual(quotes.map((_, i) => `try ${i}`));
  const secret = token.slice(token.indexOf('+') + 1, token.indexOf('@'));
  for (const raw of rawTo('olga@client.example')) {
    const { text, html, fields } = decode(Buffer.from(raw, 'latin1'));
    const seen = [text, html, ...fields.all.map(({ value }) => value)]
      .join('\n')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '');
    expect(seen).not.toContain(secret);
    expect(seen).not.toContain('annadesk');
    expect(seen).not.toContain(told.messageId!.replace(/[^a-z0-9]/g, ''));
  }
});

test.each([
  ['in words that no table knows', (token: string) => `Vera <${token}> blurted out\n\n`],
  ['without a word', () => ''],
])('a customer does not get her own letter back that a client quotes below the answer %s', async (_how, above) => {
  const name = `vera-${++count}`;
  await write(`Vera <${name}@client.example>`, {
    subject: 'Lid',
    text: 'The lid of the printer is open.\n#close\nIt says E-55.\n',
  });
  const told = lastTo(ANNA.address);
  const { text: _text, ...onlyPage } = {
    text: '',
    html: `<p>Shut it.</p><div>${`${above(told.replyTo[0]!.address)}${told.text}`.replace(/</g, '&lt;').replace(/\n/g, '<br>')}</div>`,
  };
  await write(ANNA.address, { ...replying(told), to: told.replyTo[0]!.address, ...onlyPage });
  const [answer] = answersTo(`${name}@client.example`);
  expect(answer?.text).toMatch(/^Shut it\./);
  expect(answer?.text).not.toMatch(/printer|E-55|blurted/);
  expect(answer?.html).not.toMatch(/printer|E-55|blurted/);
});

test('a letter of the desk that an operator saved and sends along as a file is asked about first', async () => {
  const nina = 'nina@client.example';
  await write(nina, { subject: 'Log', text: 'Please send me the log.\n' });
  const told = lastTo(ANNA.address);
  const file = (content: string | Uint8Array) => [{ contentType: 'text/plain', filename: 'log.txt', content }];
  for (const saved of [`Reply-To: ${told.replyTo[0]!.address}\n\n${told.text}`, 'From: Anna@desk.example']) {
    await fromAnna(told, `Here it is, ${++count}.\n`, { parts: file(saved) });
    expect(lastTo(ANNA.address).text).toContain('в файле есть адрес службы');
    await fromAnna(told, `Here it is, ${++count}.\n`, { parts: file(Buffer.from(`\ufeff${saved}`, 'utf16le')) });
    expect(lastTo(ANNA.address).text).toContain('в файле есть адрес службы');
  }
  expect(answersTo(nina)).toEqual([]);
  await fromAnna(told, 'Here it is.\n', { parts: file('12:00 started\n12:01 support@desk.example was asked\n') });
  expect(answersTo(nina)).toHaveLength(1);
});

describe('a signed letter of a customer’s that a stranger sends again', () => {
  const SIGNED = 'dkim=pass header.d=client.example; dmarc=pass header.from=client.example';
  const signature = (h: string, more = '') =>
    [
      'DKIM-Signature',
      `v=1; a=rsa-sha256; c=relaxed/relaxed; d=client.example; s=s1;${more} h=${h}; bh=x; b=y`,
    ] as const;
  const ALL = 'From:To:Cc:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding';

  test.each<[string, LetterSketch]>([
    ['with a Cc that nobody signed', { cc: MALLORY, headers: [signature(ALL.replace('Cc:', ''))] }],
    ['with a second Subject', { cc: MALLORY, headers: [signature(ALL), ['Subject', 'Refund']] }],
    ['with a Content-Type that nobody signed', { cc: MALLORY, headers: [signature(ALL.replace('Content-Type:', ''))] }],
    ['with more text than was signed', { cc: MALLORY, headers: [signature(ALL, ' l=5;')] }],
  ])('%s makes him no participant', async (_how, letter) => {
    const { ticket } = await write(IVAN, { subject: 'Again', ...letter }, SIGNED);
    expect(await people(ticket!)).toEqual([IVAN]);
    await fromAnna(lastTo(ANNA.address), `Your password is in the second letter, ${++count}.\n`);
    expect(lettersTo(MALLORY)).toEqual([]);
  });

  test('is the customer’s with his own Cc where all of it is signed, or his server handed it over', async () => {
    const olga = 'olga@client.example';
    const whole = await write(IVAN, { cc: olga, headers: [signature(ALL)] }, SIGNED);
    expect(await people(whole.ticket!)).toEqual([IVAN, olga]);
    const direct = `spf=pass smtp.mailfrom=client.example; ${SIGNED}`;
    const short = await write(IVAN, { cc: olga, headers: [signature('From')] }, direct);
    expect(await people(short.ticket!)).toEqual([IVAN, olga]);
  });
});

test('a letter whose From its domain disowns changes nothing on the ticket it names', async () => {
  const { ticket } = await write(IVAN, { subject: 'Drawer', text: 'The drawer is stuck.\n' });
  const told = lastTo(ANNA.address);
  await fromAnna(told, '#close\nOiled.\n');
  const mine = answersTo(IVAN).at(-1)!;
  const stateOf = () =>
    exchange.room.store(async ({ db }) => {
      const { id, state } = await db
        .selectFrom('tickets')
        .select(['id', 'state'])
        .where('number', '=', ticket!)
        .executeTakeFirstOrThrow();
      const entries = await db.selectFrom('entries').select('kind').where('ticket_id', '=', id).execute();
      return { state, entries };
    });
  const before = await stateOf();
  expect(before.state).toBe('resolved');
  for (const text of ['It is stuck again.\n', '1\n']) {
    const forged = { ...replying(mine), to: mine.replyTo[0]!.address, text };
    const fate = await write(IVAN, forged, 'dmarc=fail (p=reject dis=none) header.from=client.example');
    expect(fate.disposition).toBe('opened');
    expect(fate.ticket).not.toBe(ticket);
    expect(fate.silence).toMatch(/not proven/);
    expect(await stateOf()).toEqual(before);
  }
  // a domain that asks for nothing to follow does not know all its senders itself
  const mild = { ...replying(mine), text: 'It is stuck again.\n' };
  const fate = await write(IVAN, mild, 'dmarc=fail (p=none dis=none) header.from=client.example');
  expect(fate).toMatchObject({ disposition: 'appended', ticket });
});

describe('somebody whom nothing proves', () => {
  const NONE = 'dmarc=none';

  test('reads in the acknowledgement which of his files were taken by their numbers, not by names that he chose', async () => {
    const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw==', 'base64');
    const parts = [
      { contentType: 'image/gif', content: pixel, filename: 'win at casino.evil.example.gif' },
      { contentType: 'application/pdf', content: '%PDF-1.4', filename: 'free money http evil.example.pdf' },
    ];
    await write('petr@nobody.example', { subject: 'Files', parts }, NONE);
    const { text, html } = lastTo('petr@nobody.example');
    for (const seen of [text, html]) {
      expect(seen).not.toMatch(/casino|money|evil/);
      expect(seen).toMatch(/file 1 \(GIF\)/);
      expect(seen).toMatch(/file 2 \(PDF\)/);
    }
    expect(lastTo(ANNA.address).text).toContain('win at casino');
    await write('zoe@shop.example', { subject: 'Files', parts: parts.slice(1) });
    expect(lastTo('zoe@shop.example').text).toContain('free money http evil.example.pdf');
  });

  test('gets three acknowledgements within the hour, however he spells the address of his mailbox', async () => {
    const spelled = ['flood', 'flood+a', 'fl.ood', 'F.L.Ood+b', 'flo.od+c'].map((local) => `${local}@gmail.com`);
    const fates = [];
    for (const address of [...spelled, 'flood@googlemail.com'])
      fates.push(await write(address, { subject: 'Hi' }, NONE));
    expect(fates.map(({ disposition }) => disposition)).toEqual(fates.map(() => 'opened'));
    expect(fates.map(({ silence }) => silence === null)).toEqual([true, true, true, false, false, false]);
    expect(new Set(fates.map(({ ticket }) => ticket)).size).toBe(fates.length);
  });
});

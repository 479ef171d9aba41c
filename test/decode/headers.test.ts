import { describe, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { decode } from '../../src/decode/decode.ts';
import { encodedWords } from '../../src/decode/encoded-words.ts';
import { piecesOf, settled } from '../../src/decode/pieces.ts';
import { readingsOf } from '../../src/decode/readings.ts';
import { cpuMs } from '../support/cpu.ts';

/** A header value as a letter alone would read it. */
function read(value: string): string {
  const text = encodedWords(value);
  return settled(text, readingsOf(piecesOf([text]), undefined));
}

const base64 = (text: string, charset = 'utf-8'): string => iconv.encode(text, charset).toString('base64');

describe('encoded words, right and broken', () => {
  test.each([
    ['the B encoding', `=?utf-8?B?${base64('Привет')}?=`, 'Привет'],
    ['the Q encoding with underscores', '=?utf-8?Q?=D0=94=D0=B0_?= ok', 'Да  ok'],
    ['a language behind the charset (RFC 2231)', `=?koi8-r*ru?B?${base64('Привет', 'koi8-r')}?=`, 'Привет'],
    ['blanks between two words vanish', '=?utf-8?Q?a?= \t =?utf-8?Q?b?=', 'ab'],
    ['blanks beside plain words stay', 'Re: =?utf-8?Q?a?= and =?utf-8?Q?b?=', 'Re: a and b'],
    [
      'UTF-8 cut in its letters, where that looks like a missing padding',
      '=?utf-8?B?0J7RiNC?= =?utf-8?B?40LHQutCw?=',
      'Ошибка',
    ],
    ['UTF-8 cut into halves that look whole', '=?utf-8?B?0J7RiN?= =?utf-8?B?C40LHQutCw?=', 'Ошибка'],
    ['words joined without blanks', '=?utf-8?Q?a?==?utf-8?Q?b?=', 'ab'],
    ['a word in the middle of a word', 'x=?utf-8?Q?a?=y', 'xay'],
    ['blanks left inside a Q word', '=?utf-8?Q?two words?=', 'two words'],
    ['a fold inside a B word', `=?utf-8?B?${base64('Привет').slice(0, 5)} ${base64('Привет').slice(5)}?=`, 'Привет'],
    [
      'base64 cut inside its group',
      `=?utf-8?B?${base64('Привет, мир').slice(0, 9)}?= =?utf-8?B?${base64('Привет, мир').slice(9)}?=`,
      'Привет, мир',
    ],
    ['no padding', `=?utf-8?B?${base64('Привет!').replace(/=+$/, '')}?=`, 'Привет!'],
    ['a word that is never closed at the end', `=?utf-8?B?${base64('Привет')}`, 'Привет'],
    ['a question mark inside a Q word', '=?utf-8?Q?what??=', 'what?'],
    ['a word begun and never closed stays, the next is read', '=?utf-8?Q?a =?utf-8?Q?b?=', '=?utf-8?Q?a b'],
    ['an unknown encoding letter stays', '=?utf-8?X?abc?=', '=?utf-8?X?abc?='],
    ['a = that encodes nothing stays', '=?utf-8?Q?100=zz?=', '100=zz'],
    [
      'words of ISO-2022-JP, each with escapes of its own',
      '=?ISO-2022-JP?B?GyRCQlA6diU3JTklRiVgJUYbKEI=?= =?iso-2022-jp?B?GyRCJTklSCRHJDkhIxsoQg==?=',
      '対策システムテストです。',
    ],
    [
      'words of ISO-2022-JP that a mailer cut out of its bytes',
      '=?iso-2022-jp?B?GyRCQlA6dg==?= =?iso-2022-jp?B?JTclOSVGJWA=?= =?iso-2022-jp?B?GyhCIQ==?=',
      '対策システム!',
    ],
    ['words of UTF-7, each ending its own letters', '=?utf-7?Q?+BB8EQAQ4?= =?utf-7?Q?+BDIENQRC-?=', 'Привет'],
    ['a word inside a word is decoded once', `=?utf-8?B?${base64('=?utf-8?B?0JA=?=')}?=`, '=?utf-8?B?0JA=?='],
  ])('%s', (_, value, text) => {
    expect(read(value)).toBe(text);
  });

  test('10,000 words that are begun and never closed are read in one pass', () => {
    const started = cpuMs();
    read(`${'=?a?q?'.repeat(40_000)}?=`);
    expect(cpuMs() - started).toBeLessThan(1000);
  });
});

test('thousands of words in a set with escapes are read in one pass', () => {
  const started = cpuMs();
  read('=?iso-2022-jp?B?GyRCQlA6dg==?= '.repeat(8000));
  expect(cpuMs() - started).toBeLessThan(1000);
});

describe('fields as the rest of kvitok sees them', () => {
  const letter = (head: string): ReturnType<typeof decode> => decode(Buffer.from(`${head}\r\n\r\nwords\r\n`, 'latin1'));

  test('every instance is visible, and what should be there once is said', () => {
    const message = letter('Precedence: bulk\r\nPRECEDENCE: list\r\nSubject: a\r\nSubject: b');
    expect(message.fields.every('precedence')).toEqual(['bulk', 'list']);
    expect(message.subject).toBe('a');
    expect(message.defects.map(({ detail }) => detail)).toEqual(['the field subject is there more than once']);
  });

  test('a fold becomes its blank, the raw value keeps it', () => {
    const message = letter('Subject: one\r\n\ttwo');
    expect(message.subject).toBe('one two');
    expect(message.fields.all[0]?.raw).toBe(' one\r\n\ttwo');
  });

  test('controls, line ends, NUL and bidi overrides that hide in encoded words end at the door', () => {
    const hidden = base64('a\r\nBcc: x@evil.example\0\u202eexe\u001b[31m');
    const message = letter(`Subject: =?utf-8?B?${hidden}?=\r\nFrom: =?utf-8?B?${hidden}?= <ivan@client.example>`);
    for (const shown of [message.subject, message.from[0]?.name ?? '', message.author?.name ?? '']) {
      expect(shown).toBe('a Bcc: x@evil.example exe [31m');
    }
  });

  test('of two From fields the one that holds an address is shown, and nobody is taken at its word', () => {
    for (const head of [
      'From: [??????]\r\nFrom: Vera <vera@sirin.example>',
      'From: vera@sirin.example\r\nFrom: "" <>',
    ]) {
      const message = letter(head);
      expect(message.from.map(({ address }) => address)).toEqual(['vera@sirin.example']);
      expect(message.author).toBeNull();
    }
  });

  test('a domain with blanks round its dots is the domain without them, in every field', () => {
    const message = letter('From: Vera <vera@sirin . example>\r\nTo: jdoe@test   . example, anna@desk.example');
    expect(message.author?.address).toBe('vera@sirin.example');
    expect(message.to.map(({ address }) => address)).toEqual(['jdoe@test.example', 'anna@desk.example']);
  });

  test('a blank before the first field hides neither it nor those behind it', () => {
    const message = letter(' Subject: one\r\n two\r\nFrom: Vera <vera@sirin.example>');
    expect(message.subject).toBe('one two');
    expect(message.author?.address).toBe('vera@sirin.example');
    expect(message.text).toBe('words');
    expect(message.defects.map(({ code }) => code)).toEqual(['blank-before-header']);
  });

  test('nor does the mark that an editor sets before a letter saved as a file', () => {
    const message = letter('\xef\xbb\xbfFrom: Vera <vera@sirin.example>\r\nSubject: s');
    expect([message.from[0]?.address, message.subject, message.text]).toEqual(['vera@sirin.example', 's', 'words']);
    expect(message.author).toBeNull();
    expect(message.defects.map(({ code }) => code)).toEqual(['mark-before-header']);
  });

  test('nor a From, which then proves nobody: other readers see no such field', () => {
    const message = letter('\tFrom: Vera <vera@sirin.example>\r\nSubject: s');
    expect(message.from.map(({ address }) => address)).toEqual(['vera@sirin.example']);
    expect(message.author).toBeNull();
  });

  test('nor the type of a part', () => {
    const parts = '--b\r\n Content-Type: text/html\r\n\r\n<p>one</p>\r\n--b\r\n  Note: two\r\n\r\nthree\r\n--b--';
    const message = letter(`From: vera@sirin.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${parts}`);
    expect(message.text).toBe('one\n  Note: two\n\nthree');
  });

  test('a line that is no field is passed over when fields follow it', () => {
    const message = letter('Subject: a\r\nno field at all\r\nand another\r\nTo: support@desk.example');
    expect(message.to).toEqual([{ name: '', address: 'support@desk.example' }]);
    expect(message.text).toBe('words');
  });

  test('a letter without its blank line shows its words', () => {
    expect(decode(Buffer.from('Subject: a\r\nfirst words\r\nand more\r\n')).text).toBe('first words\nand more');
  });

  test('ids and the date are read, nonsense is null', () => {
    const message = letter(
      'Message-ID: <a@x.example>\r\nIn-Reply-To: <c@x.example>\r\nReferences: <b@x.example>\r\n <c@x.example>\r\nDate: Tue, 3 Mar 26 11:20 MSK',
    );
    expect(message.messageId).toBe('a@x.example');
    expect(message.references).toEqual(['b@x.example', 'c@x.example']);
    expect(message.date).toBe(Date.UTC(2026, 2, 3, 8, 20));
    expect(letter('Message-ID: <a b@x>\r\nDate: soon')).toMatchObject({ messageId: null, date: null });
  });
});

describe('who a letter is from', () => {
  const author = (head: string): unknown => decode(Buffer.from(`${head}\r\nSubject: s\r\n\r\nwords`)).author;

  test('one From names its author, with the name decoded', () => {
    expect(author(`From: =?utf-8?B?${base64('Петров, Иван')}?= <ivan@client.example>`)).toEqual({
      name: 'Петров, Иван',
      address: 'ivan@client.example',
    });
  });

  test.each([
    ['two From fields', 'From: anna@desk.example\r\nFrom: mallory@evil.example'],
    ['blanks before the colon', 'From : ivan@client.example'],
    ['a group', 'From: Desk: anna@desk.example;'],
    ['a bare CR in the field', 'From: ivan@client.example\rX: y'],
    ['no From at all', 'To: x@desk.example'],
    ['blank lines before the header', '\r\nFrom: ivan@client.example'],
  ])('%s names nobody', (_, head) => {
    expect(author(head)).toBeNull();
  });

  test('an encoded address is a name, never an address', () => {
    const message = decode(
      Buffer.from(`From: =?utf-8?B?${base64('anna@desk.example')}?= <mallory@evil.example>\r\n\r\n`),
    );
    expect(message.author).toEqual({ name: 'anna@desk.example', address: 'mallory@evil.example' });
  });

  test('without From the operator still sees who may have written', () => {
    const message = decode(
      Buffer.from('Return-Path: <www@shop.example>\r\nReply-To: Ivan <ivan@client.example>\r\n\r\n'),
    );
    expect(message.from).toEqual([{ name: 'Ivan', address: 'ivan@client.example' }]);
    expect(message.author).toBeNull();
  });
});

test('a charset that an admin chose overrules labels and detection, a name that is none is ignored', () => {
  const bytes = iconv.encode('Привет', 'koi8-r');
  const raw = Buffer.concat([Buffer.from('Subject: s\r\nContent-Type: text/plain; charset=koi8-r\r\n\r\n'), bytes]);
  expect(decode(raw, { charset: 'windows-1251' }).text).toBe(iconv.decode(bytes, 'windows-1251'));
  expect(decode(raw, { charset: '../../etc/passwd' }).text).toBe('Привет');
});

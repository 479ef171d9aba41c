import { createHash, createSign, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import { fieldsOf } from '../../src/mail/fields.ts';
import { proveByMailauth, type Resolver } from '../../src/proof/mailauth.ts';
import { isHeaderCut } from '../../src/proof/sender-proof.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const KEY = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

const ZONE: Readonly<Record<string, string>> = {
  's1._domainkey.client.example': `v=DKIM1; k=rsa; p=${KEY}`,
  's1._domainkey.esp.example': `v=DKIM1; k=rsa; p=${KEY}`,
  'client.example': 'v=spf1 ip4:192.0.2.10 -all',
  'evil.example': 'v=spf1 ip4:203.0.113.9 -all',
  'strict.example': 'v=spf1 ip4:192.0.2.10 -all',
  '_dmarc.strict.example': 'v=DMARC1; p=reject',
  '_dmarc.lenient.example': 'v=DMARC1; p=none',
};

/** A name server of our own; notes what it was asked. */
function names(asked: string[] = []): Resolver {
  return async (name, type) => {
    asked.push(`${name} ${type}`);
    const record = ZONE[name.toLowerCase()];
    if (type === 'TXT' && record !== undefined) return [[record]];
    throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
  };
}

const letterFrom = (from: string) =>
  [
    `From: ${from}`,
    'To: support@desk.example',
    'Subject: Printer',
    'Message-ID: <1@client.example>',
    '',
    'It does not print.',
    '',
  ].join('\r\n');

const ALL = ['From', 'To', 'Subject', 'Message-ID'];

/** RFC 6376 §3.4.1, §3.5: simple canonicalisation of a letter whose body ends with one line end. */
function signed(letter: string, domain: string, fields: readonly string[] = ALL, length?: number): string {
  const [header = '', body = ''] = letter.split('\r\n\r\n');
  const bodyHash = createHash('sha256').update(body.slice(0, length)).digest('base64');
  const limit = length === undefined ? '' : ` l=${length};`;
  const begin = `DKIM-Signature: v=1; a=rsa-sha256; c=simple/simple; d=${domain}; s=s1;${limit}`;
  const field = `${begin} h=${fields.join(':')}; bh=${bodyHash}; b=`;
  const line = (name: string) => header.split('\r\n').find((one) => one.startsWith(`${name}:`));
  const lines = fields.flatMap((name) => line(name) ?? []);
  const signature = createSign('sha256')
    .update([...lines, field].join('\r\n'))
    .sign(privateKey, 'base64');
  return `${field}${signature}\r\n${letter}`;
}

const ANNA = {
  cut: false,
  author: 'anna@client.example',
  ip: '203.0.113.9',
  helo: 'x.example',
  mailFrom: 'mallory@evil.example',
};
const FROM_ANNA = letterFrom('Anna <anna@client.example>');

const proven = async (letter: string, differs: Partial<typeof ANNA | { ip: null; mailFrom: string | null }> = {}) => {
  const message = decode(Buffer.from(letter));
  const read = { fields: message.fields, cut: isHeaderCut(message) };
  const { result, by } = await proveByMailauth(Buffer.from(letter), {
    ...ANNA,
    ...differs,
    ...read,
    resolver: names(),
  });
  return by === null ? result : `${result} by ${by}`;
};

describe('a desk whose mail server states nothing', () => {
  test('believes a signature of the author’s domain', async () => {
    expect(await proven(signed(FROM_ANNA, 'client.example'))).toBe('pass by dkim');
  });

  test('believes it too where nobody knows who handed the letter over', async () => {
    expect(await proven(signed(FROM_ANNA, 'client.example'), { ip: null, mailFrom: null })).toBe('pass by dkim');
  });

  test('does not believe a signature over another text, or of another domain', async () => {
    expect(await proven(signed(FROM_ANNA, 'client.example').replace('not print', 'print'))).toBe('none');
    expect(await proven(signed(FROM_ANNA, 'esp.example'))).toBe('none');
  });

  test('believes a server that may send for the author’s domain, and only with an envelope sender of it', async () => {
    const own = { ip: '192.0.2.10', mailFrom: 'anna@client.example' };
    expect(await proven(FROM_ANNA, own)).toBe('pass by spf');
    expect(await proven(FROM_ANNA, { ...own, ip: '203.0.113.9' })).toBe('none');
    expect(await proven(FROM_ANNA)).toBe('none');
    expect(await proven(FROM_ANNA, { ...own, mailFrom: '' })).toBe('none');
  });

  test('hears that a domain with a DMARC record disowns the letter, or stands by it', async () => {
    const letter = letterFrom('boss@strict.example');
    const boss = { author: 'boss@strict.example' };
    expect(await proven(letter, boss)).toBe('fail by dmarc');
    expect(await proven(letter, { ...boss, ip: '192.0.2.10', mailFrom: 'boss@strict.example' })).toBe('pass by dmarc');
  });

  test('proves nobody where From can be read in two ways, or names nobody', async () => {
    const twice = signed(`From: mallory@evil.example\r\n${FROM_ANNA}`, 'client.example');
    expect(await proven(twice)).toBe('none');
    expect(await proven(signed(letterFrom('mallory@evil.example'), 'client.example'))).toBe('none');
    const nobody = { ...ANNA, author: null, fields: fieldsOf([]), resolver: names() };
    expect((await proveByMailauth(Buffer.from(FROM_ANNA), nobody)).result).toBe('none');
  });

  const sent = signed(FROM_ANNA, 'client.example');
  test.each([
    ['a Subject of the sender’s on top', `Subject: Refund\r\n${sent}`],
    ['a Cc that was not there', `Cc: mallory@evil.example\r\n${sent}`],
    ['another Content-Type', `Content-Type: text/html\r\n${sent}`],
    ['a Reply-To', `Reply-To: mallory@evil.example\r\n${sent}`],
    ['text behind the signed length', `${signed(FROM_ANNA, 'client.example', ALL, 20)}And pay to me.\r\n`],
    [
      'so many fields that the signature is not read',
      `${sent.slice(sent.indexOf('From: '), sent.indexOf('\r\n\r\n'))}\r\n${'X-Junk: 1\r\n'.repeat(1100)}${sent}`,
    ],
    ['the fields that nobody signed', signed(FROM_ANNA, 'client.example', ['From', 'Subject'])],
  ])('believes no letter of hers that comes again with %s', async (_what, letter) => {
    expect(await proven(letter)).toBe('none');
  });

  test('believes the one signature of two that covers the letter', async () => {
    const short = signed(FROM_ANNA, 'client.example', ['From']).split('\r\n')[0];
    expect(await proven(`${short}\r\n${sent}`)).toBe('pass by dkim');
    expect(await proven(`${short}\r\n${sent.replace('b=', 'b=AAAA')}`)).toBe('none');
  });

  test('believes a letter whose signed length is all of it', async () => {
    const { length } = FROM_ANNA.split('\r\n\r\n')[1]!;
    expect(await proven(signed(FROM_ANNA, 'client.example', ALL, length))).toBe('pass by dkim');
  });

  test('hears of a domain that asks for nothing to follow from a failure', async () => {
    const letter = letterFrom('boss@lenient.example');
    const proof = await proveByMailauth(Buffer.from(letter), {
      ...ANNA,
      author: 'boss@lenient.example',
      fields: decode(Buffer.from(letter)).fields,
      resolver: names(),
    });
    expect(proof).toMatchObject({ result: 'fail', lenient: true });
  });

  test('asks only the name server it is given, and of a letter with a thousand signatures nothing at all', async () => {
    const asked: string[] = [];
    const many = signed(FROM_ANNA, 'client.example').replace(
      /^/,
      'DKIM-Signature: v=1; a=rsa-sha256; d=x.example; s=y; h=From; bh=; b=\r\n'.repeat(1000),
    );
    const proof = await proveByMailauth(Buffer.from(many), { ...ANNA, fields: fieldsOf([]), resolver: names(asked) });
    expect(proof).toMatchObject({ result: 'none', evidence: expect.stringContaining('1001 signatures') });
    expect(asked).toEqual([]);
  });

  test('goes on without a proof where the name server is out of order', async () => {
    const resolver: Resolver = async () => {
      throw Object.assign(new Error('no answer'), { code: 'ESERVFAIL' });
    };
    const proof = await proveByMailauth(Buffer.from(signed(FROM_ANNA, 'client.example')), {
      ...ANNA,
      fields: fieldsOf([]),
      resolver,
    });
    expect(proof.result).toBe('none');
  });

  test('takes whatever bytes come', async () => {
    for (const bytes of ['', '\r\n', 'From', 'From: \u0000\r\n\r\n', `From: ${'<'.repeat(5000)}\r\n\r\nx`]) {
      expect(await proven(bytes)).toBe('none');
    }
  });
});

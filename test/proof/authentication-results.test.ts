import { describe, expect, test } from '@jest/globals';
import { parseAuthenticationResults } from '../../src/proof/authentication-results.ts';

/** `method=result property=value …` a statement, as one reads it. */
const read = (value: string) => {
  const results = parseAuthenticationResults(value);
  return (
    results && {
      id: results.authservId,
      says: results.statements.map(({ method, result, properties }) =>
        [`${method}=${result}`, ...Array.from(properties, (pair) => pair.join('='))].join(' '),
      ),
    }
  );
};

describe('what servers write', () => {
  test.each([
    [
      'Google, folded, with the policy in a comment',
      'mx.google.com;\r\n       dkim=pass header.i=@client.example header.s=mail header.b=wLQSK0O2;\r\n' +
        '       spf=pass (google.com: domain of anna@client.example designates 2001:db8::1 as permitted sender) smtp.mailfrom=anna@client.example;\r\n' +
        '       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=client.example',
      'mx.google.com',
      [
        'dkim=pass header.i=@client.example header.s=mail header.b=wLQSK0O2',
        'spf=pass smtp.mailfrom=anna@client.example',
        'dmarc=pass header.from=client.example',
      ],
    ],
    [
      'Yandex, whose front server names itself',
      'mxfront3q.mail.yandex.net; spf=pass (mxfront3q.mail.yandex.net: domain of client.example designates 192.0.2.1 as permitted sender, rule=[ip4:192.0.2.0/24]) smtp.mail=anna@client.example; dkim=pass header.i=@client.example',
      'mxfront3q.mail.yandex.net',
      ['spf=pass smtp.mail=anna@client.example', 'dkim=pass header.i=@client.example'],
    ],
    [
      'Mail.ru, with an address in header.from',
      'mxs.mail.ru; spf=pass (mx289.i.mail.ru: domain of client.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=anna@client.example smtp.helo=out.client.example;\r\n\t dkim=pass header.d=client.example; dmarc=pass header.from=anna@client.example',
      'mxs.mail.ru',
      [
        'spf=pass smtp.mailfrom=anna@client.example smtp.helo=out.client.example',
        'dkim=pass header.d=client.example',
        'dmarc=pass header.from=anna@client.example',
      ],
    ],
    [
      'Microsoft 365, which does not name itself',
      'spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=client.example; dkim=pass (signature was verified) header.d=client.example;dmarc=pass action=none header.from=client.example;compauth=pass reason=100',
      null,
      [
        'spf=pass smtp.mailfrom=client.example',
        'dkim=pass header.d=client.example',
        'dmarc=pass header.from=client.example',
        'compauth=pass',
      ],
    ],
    [
      'Microsoft 365 in its ARC set, with a version behind its name',
      'mx.microsoft.com 1; spf=pass\r\n smtp.mailfrom=client.example; dmarc=pass action=none header.from=client.example',
      'mx.microsoft.com',
      ['spf=pass smtp.mailfrom=client.example', 'dmarc=pass header.from=client.example'],
    ],
    [
      'OpenDKIM, with a quoted piece of the signature',
      'mx.desk.example;\r\n\tdkim=pass (2048-bit key) header.d=client.example header.i=@client.example header.b="GBg+WG4t"',
      'mx.desk.example',
      ['dkim=pass header.d=client.example header.i=@client.example header.b=GBg+WG4t'],
    ],
    [
      'OpenDMARC',
      'mx.desk.example; dmarc=fail (p=none dis=none) header.from=client.example',
      'mx.desk.example',
      ['dmarc=fail header.from=client.example'],
    ],
    [
      'rspamd, with everything in one field',
      'mx.desk.example;\r\n\tdkim=pass header.d=client.example header.s=s1 header.b=abc;\r\n\tspf=pass (mx.desk.example: domain of anna@client.example designates 192.0.2.1 as permitted sender) smtp.mailfrom=anna@client.example;\r\n\tdmarc=pass (policy=reject) header.from=client.example',
      'mx.desk.example',
      [
        'dkim=pass header.d=client.example header.s=s1 header.b=abc',
        'spf=pass smtp.mailfrom=anna@client.example',
        'dmarc=pass header.from=client.example',
      ],
    ],
    ['a server with nothing to say (RFC 8601 §2.2 no-result)', 'mx.desk.example 1; none', 'mx.desk.example', []],
    [
      'comments and blanks wherever the grammar lets them stand',
      '(we) MX.Desk.Example (nested (twice)) 1 ; DKIM/1 = Pass (good) reason = "fine; thanks" header.D = client.example',
      'mx.desk.example',
      ['dkim=pass header.d=client.example'],
    ],
    [
      'a comment that touches its neighbours',
      'mx.desk.example; spf=pass(sender is fine)smtp.mailfrom=client.example',
      'mx.desk.example',
      ['spf=pass smtp.mailfrom=client.example'],
    ],
    [
      'an old Yahoo, that has no semicolon before its first word',
      'mta.yahoo.example  from=client.example; domainkeys=neutral (no sig); dkim=pass (ok)',
      'mta.yahoo.example',
      ['domainkeys=neutral', 'dkim=pass'],
    ],
    [
      'an empty envelope sender takes no neighbour for its value',
      'mx.desk.example; spf=pass smtp.mailfrom= header.from=client.example',
      'mx.desk.example',
      ['spf=pass smtp.mailfrom= header.from=client.example'],
    ],
  ])('%s', (_, value, id, says) => {
    expect(read(value)).toEqual({ id, says });
  });
});

describe('what senders smuggle in through what servers copy', () => {
  test('a quoted local part is one value, whatever it holds', () => {
    expect(
      read('mx.desk.example; spf=pass smtp.mailfrom="x; dmarc=pass header.from=desk.example"@evil.example')?.says,
    ).toEqual(['spf=pass smtp.mailfrom=x; dmarc=pass header.from=desk.example@evil.example']);
  });

  test.each([
    [
      'an envelope sender that closes the comment it is copied into',
      'mx.desk.example; spf=pass (domain of "x) ; dmarc=pass header.from=desk.example ("@evil.example designates 192.0.2.1) smtp.mailfrom=evil.example',
    ],
    [
      'a HELO that closes one',
      'mx.desk.example; spf=pass (helo x); dmarc=pass header.from=desk.example) smtp.mailfrom=a',
    ],
    ['a backslash in a comment', 'mx.desk.example; spf=none (x\\); dmarc=pass header.from=desk.example'],
    ['a signing domain with a comment in it', 'mx.desk.example; dkim=pass header.d=desk.example(.evil.example)'],
    ['a signing domain that opens one', 'mx.desk.example; dkim=pass header.d=desk.example(.evil.example'],
    ['a quote that never closes', 'mx.desk.example; dkim=pass header.i="@desk.example; dmarc=pass'],
    ['a comment that never closes', 'mx.desk.example; spf=pass (((((x) smtp.mailfrom=desk.example'],
  ])('%s makes the field unreadable', (_, value) => {
    expect(parseAuthenticationResults(value)).toBeNull();
  });

  test('a property is not taken for a result', () => {
    expect(read('mx.desk.example; header.from=desk.example; dmarc=pass')?.says).toEqual(['dmarc=pass']);
  });

  test('of a property that is there twice the first counts', () => {
    expect(read('mx.desk.example; dmarc=pass header.from=a.example header.from=b.example')?.says).toEqual([
      'dmarc=pass header.from=a.example',
    ]);
  });
});

describe('limits', () => {
  test('a field longer than any server writes states nothing', () => {
    expect(parseAuthenticationResults(`mx.desk.example; spf=pass (${'x'.repeat(20_000)})`)).toBeNull();
  });

  test('a field with more statements than any server writes states nothing', () => {
    expect(parseAuthenticationResults(`mx.desk.example${'; dkim=pass'.repeat(200)}`)).toBeNull();
  });

  test('whatever is put together from the grammar pieces is read without an error, and in no time', () => {
    const pieces = [
      'mx.desk.example',
      ';',
      ' ',
      '(',
      ')',
      '"',
      '\\',
      '=',
      'dkim=pass',
      'header.d=',
      '@',
      '\r\n\t',
      '\u0000',
      'я',
      '.',
      '/1',
    ];
    let seed = 20_260_302;
    const next = (most: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % most;
    };
    const started = performance.now();
    for (let round = 0; round < 5000; round++) {
      const value = Array.from({ length: next(60) }, () => pieces[next(pieces.length)]).join('');
      const results = parseAuthenticationResults(value);
      for (const { method, result } of results?.statements ?? []) expect(`${method}${result}`).not.toMatch(/[\s;()"]/);
    }
    for (const piece of pieces) parseAuthenticationResults(piece.repeat(16_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

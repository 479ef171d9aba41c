import { describe, expect, test } from '@jest/globals';
import { fieldsOf } from '../../src/mail/fields.ts';
import type { Message } from '../../src/mail/message.ts';
import { isDisowned, senderProof } from '../../src/proof/sender-proof.ts';
import type { ProofSettings } from '../../src/proof/stated-by.ts';
import { letter, raw } from '../support/letter.ts';

type Lines = readonly (readonly [name: string, value: string])[];

const PINNED = { authservId: 'mx.desk.example' };
const TAKEN_IN = [
  'Received',
  'from out.client.example (out.client.example [192.0.2.10]) by mx.desk.example with ESMTPS id 1; x',
] as const;
const AR = (value: string) => ['Authentication-Results', value] as const;

/** A letter from Anna of client.example with trace fields on top, and what she wrote below them. */
function arrived(top: Lines, written: Lines = [], from = 'Anna <anna@client.example>'): Message {
  const made = letter({ from, headers: written });
  const trace = top.map(([name, raw]) => ({ name, value: raw, raw }));
  return { ...made, fields: fieldsOf([...trace, ...made.fields.all]) };
}

const proven = (message: Message, settings: ProofSettings = PINNED, mailFrom: string | null = 'anna@client.example') =>
  senderProof(message, { from: mailFrom, to: ['support@desk.example'] }, settings, raw());

const verdict = (message: Message, settings?: ProofSettings, mailFrom?: string | null) => {
  const { result, by } = proven(message, settings, mailFrom);
  return by === null ? result : `${result} by ${by}`;
};

describe('what the trusted server says of the author', () => {
  test.each([
    ['DMARC passed', 'dmarc=pass header.from=client.example', 'pass by dmarc'],
    ['DMARC passed for an address, as Mail.ru says it', 'dmarc=pass header.from=anna@client.example', 'pass by dmarc'],
    ['DMARC passed for the domain above', 'dmarc=pass header.from=mail.client.example', 'pass by dmarc'],
    ['DMARC passed for a look-alike', 'dmarc=pass header.from=evil-client.example', 'none'],
    ['DMARC passed, for whom is not said', 'dmarc=pass', 'none'],
    ['DMARC failed', 'dmarc=fail header.from=client.example', 'fail by dmarc'],
    [
      'DMARC failed though a stranger’s SPF passed',
      'spf=pass smtp.mailfrom=client.example; dmarc=fail header.from=client.example',
      'fail by dmarc',
    ],
    [
      'no DMARC record, but her signature holds',
      'dmarc=none header.from=client.example; dkim=pass header.d=client.example',
      'pass by dkim',
    ],
    ['her signature holds, named by its user alone', 'dkim=pass header.i=@mail.client.example', 'pass by dkim'],
    [
      'the first of two signatures is broken, the second hers',
      'dkim=fail header.d=list.example; dkim=pass header.d=client.example',
      'pass by dkim',
    ],
    ['only a mailing service signed', 'dkim=pass header.d=esp.example header.i=@client.example', 'none'],
    ['her signature is broken', 'dkim=fail header.d=client.example', 'none'],
    ['her signature holds only for testing', 'dkim=neutral header.d=client.example', 'none'],
    ['the envelope sender is hers', 'spf=pass smtp.mailfrom=anna@client.example', 'pass by spf'],
    ['the envelope sender is hers, as Yandex says it', 'spf=pass smtp.mail=anna@client.example', 'pass by spf'],
    ['only HELO was checked', 'spf=pass smtp.helo=out.client.example', 'none'],
    ['SPF passed by a guess', 'spf=bestguesspass smtp.mailfrom=client.example', 'none'],
    ['SPF soft-failed', 'spf=softfail smtp.mailfrom=anna@client.example; dkim=none', 'none'],
    ['an address with two @', 'spf=pass smtp.mailfrom=anna@client.example@evil.example', 'none'],
    [
      'two DMARC results that disagree',
      'dmarc=pass header.from=client.example; dmarc=none header.from=evil.example',
      'none',
    ],
    [
      'two DMARC results, one of another domain',
      'dmarc=pass header.from=client.example; dmarc=pass header.from=evil.example',
      'none',
    ],
    [
      'two DMARC results, one failed',
      'dmarc=pass header.from=client.example; dmarc=fail header.from=client.example',
      'fail by dmarc',
    ],
  ])('%s', (_, said, expected) => {
    expect(verdict(arrived([AR(`mx.desk.example; ${said}`), TAKEN_IN]))).toBe(expected);
  });

  test('SPF that was checked for another envelope sender than this letter has is no proof', () => {
    const message = arrived([AR('mx.desk.example; spf=pass smtp.mailfrom=client.example'), TAKEN_IN]);
    expect(verdict(message, PINNED, 'mallory@evil.example')).toBe('none');
    expect(verdict(message, PINNED, '')).toBe('none');
    expect(verdict(message, PINNED, null)).toBe('pass by spf');
  });

  test('results in several fields of one server are read together', () => {
    const message = arrived([
      AR('mx.desk.example; dkim=pass header.d=client.example'),
      AR('mx.desk.example; dmarc=fail header.from=client.example'),
      TAKEN_IN,
    ]);
    expect(verdict(message)).toBe('fail by dmarc');
  });

  test.each([
    ['two From fields', [['From', 'Mallory <mallory@evil.example>']] as const, 'Anna <anna@client.example>'],
    ['two mailboxes in From', [], 'Anna <anna@client.example>, mallory@evil.example'],
    ['a group in From', [], 'Friends: anna@client.example;'],
  ])('nobody is proven to have written a letter with %s', (_, written, from) => {
    const top = [AR('mx.desk.example; dmarc=pass header.from=client.example'), TAKEN_IN];
    expect(verdict(arrived(top, written, from))).toBe('none');
  });

  test('the evidence is the statement itself, on one line and short', () => {
    const said = `mx.desk.example; dmarc=pass\r\n header.from=client.example header.x="${'y'.repeat(500)}"`;
    const { evidence } = proven(arrived([AR(said), TAKEN_IN]));
    expect(evidence).toMatch(/^dmarc=pass header\.from=client\.example header\.x=y+$/);
    expect(evidence).toHaveLength(200);
  });

  test('where no server is trusted nothing is proven, whatever the letter says', () => {
    const message = arrived([AR('mx.desk.example; dmarc=pass header.from=client.example'), TAKEN_IN]);
    expect(verdict(message, { authservId: null })).toBe('none');
  });
});

describe('a signature that the server lets pass', () => {
  const SIGNED = 'dkim=pass header.d=client.example; dmarc=pass header.from=client.example';
  const ALL = 'From:To:Cc:Subject:Date:Message-ID:Reply-To';
  const top = (said: string) => [AR(`mx.desk.example; ${said}`), TAKEN_IN];
  const by = (h: string, more = '', d = 'client.example') =>
    ['DKIM-Signature', `v=1; a=rsa-sha256; c=relaxed/relaxed; d=${d}; s=s;${more}\r\n\th=${h}; bh=x; b=y`] as const;

  test.each<[string, string, Lines, string]>([
    ['covers the letter', SIGNED, [by(ALL)], 'pass by dmarc'],
    [
      'covers it in small letters, over several lines',
      SIGNED,
      [by(ALL.toLowerCase().replaceAll(':', ' :\r\n\t'))],
      'pass by dmarc',
    ],
    ['does not cover To', SIGNED, [by('From:Subject:Date:Message-ID')], 'none'],
    [
      'does not cover a Reply-To',
      SIGNED,
      [by('From:To:Subject:Date:Message-ID'), ['Reply-To', 'm@evil.example']],
      'none',
    ],
    ['does not cover a Content-Type', SIGNED, [by(ALL), ['Content-Type', 'text/html']], 'none'],
    ['covers a Cc that is there twice', SIGNED, [by(ALL), ['Cc', 'a@b.example'], ['Cc', 'm@evil.example']], 'none'],
    ['covers five bytes of the body', SIGNED, [by(ALL, ' l=5;')], 'none'],
    ['covers more bytes than the body has', SIGNED, [by(ALL, ' l=5000;')], 'pass by dmarc'],
    ['stands beside a made-up one that covers all', SIGNED, [by(ALL), by('From')], 'none'],
    ['stands beside that of a mailing service', SIGNED, [by(ALL), by('From', '', 'esp.example')], 'pass by dmarc'],
    [
      'covers From alone, but her own server handed it over',
      `spf=pass smtp.mailfrom=client.example; ${SIGNED}`,
      [by('From')],
      'pass by dmarc',
    ],
    [
      'stands on a letter with two subjects that her own server handed over',
      `spf=pass smtp.mailfrom=client.example; ${SIGNED}`,
      [by(ALL), ['Subject', 'Refund']],
      'none',
    ],
    [
      'covers From alone, and another server handed it over',
      `spf=pass smtp.mailfrom=esp.example; ${SIGNED}`,
      [by('From')],
      'none',
    ],
  ])('and that %s', (_, said, written, expected) => {
    expect(verdict(arrived(top(said), written))).toBe(expected);
  });

  test('proves From alone where it is not in the letter any more', () => {
    expect(proven(arrived(top(SIGNED)))).toMatchObject({ result: 'pass', unseen: true });
    expect(proven(arrived(top('dmarc=pass header.from=client.example')))).not.toHaveProperty('unseen');
  });

  test('proves nothing where the header is too long to be read to its end, for it may say anything there', () => {
    const defects = [{ code: 'header-fields-limit', detail: 'more than 1000 header fields' }];
    const long = (said: string) => ({ ...arrived(top(said)), defects });
    expect(verdict(long(SIGNED))).toBe('none');
    expect(verdict(long('dmarc=pass header.from=client.example'))).toBe('none');
    expect(verdict(long(`spf=pass smtp.mailfrom=client.example; ${SIGNED}`))).toBe('pass by dmarc');
  });
});

describe('a From that DMARC fails', () => {
  test.each([
    ['without a word on its policy', 'dmarc=fail header.from=client.example', true],
    ['with p=reject', 'dmarc=fail (p=REJECT sp=NONE dis=NONE) header.from=client.example', true],
    ['with an action of Microsoft', 'dmarc=fail action=oreject header.from=client.example', true],
    ['with p=none (Google)', 'dmarc=fail (p=NONE sp=REJECT dis=NONE) header.from=client.example', false],
    ['with policy=none (rspamd)', 'dmarc=fail reason="No valid SPF" header.from=client.example (policy=none)', false],
    ['with action=none (Microsoft)', 'dmarc=fail action=none header.from=client.example', false],
    [
      'with p=none and with p=reject',
      'dmarc=fail (p=none) header.from=a.example; dmarc=fail header.from=b.example',
      true,
    ],
    [
      'with p=none in what another method says',
      'spf=fail (p=none) smtp.mailfrom=x.example; dmarc=fail header.from=client.example',
      true,
    ],
  ])('%s', (_, said, disowned) => {
    const proof = proven(arrived([AR(`mx.desk.example; ${said}`), TAKEN_IN]));
    expect({ result: proof.result, disowned: isDisowned(proof) }).toEqual({ result: 'fail', disowned });
  });
});

describe('whose fields count', () => {
  const PASS = AR('mx.desk.example; dmarc=pass header.from=client.example');
  const OUTSIDE = [
    'Received',
    'from mallory (unknown [203.0.113.9]) by mx.desk.example (Postfix) with ESMTP id 2; x',
  ] as const;
  const hop = (value: string) => ['Received', `${value}; Mon, 02 Mar 2026 10:00:00 +0300`] as const;

  test.each<[string, Lines, Lines]>([
    ['below the step from outside, on top of what the stranger wrote', [OUTSIDE, PASS], []],
    ['at the end of what the stranger wrote', [OUTSIDE], [PASS]],
    ['between trace fields that the stranger made up', [OUTSIDE, PASS, TAKEN_IN], []],
    [
      'below a made-up step that looks like our own delivery',
      [OUTSIDE, hop('from mx.desk.example by mx.desk.example with LMTP id 3'), PASS, TAKEN_IN],
      [],
    ],
    ['in a letter that no server took in', [PASS], []],
    ['of another server', [AR('mx.evil.example; dmarc=pass header.from=client.example'), OUTSIDE], []],
    [
      'of a server whose name only ends like ours',
      [AR('evil-mx.desk.example; dmarc=pass header.from=client.example'), OUTSIDE],
      [],
    ],
    [
      'in an ARC set that came with the letter',
      [OUTSIDE, ['ARC-Authentication-Results', 'i=1; mx.desk.example; dmarc=pass header.from=client.example']],
      [],
    ],
    [
      'below a peer that calls itself localhost',
      [hop('from localhost (unknown [203.0.113.9]) by mx.desk.example with ESMTP id 2'), PASS, TAKEN_IN],
      [],
    ],
    [
      'below a peer that calls itself 127.0.0.1',
      [hop('from [127.0.0.1] (evil.example [203.0.113.9]) by mx.desk.example with ESMTP id 2'), PASS, TAKEN_IN],
      [],
    ],
    [
      'below a peer that calls itself 127.0.0.1 and comes by IPv6',
      [hop('from [127.0.0.1] (2001:db8::9) by mx.desk.example with Microsoft SMTP Server id 2'), PASS, TAKEN_IN],
      [],
    ],
    [
      'below a peer that calls itself our server',
      [hop('from mx.desk.example (unknown [203.0.113.9]) by imap.desk.example with ESMTP id 2'), PASS, TAKEN_IN],
      [],
    ],
    [
      'below a peer that calls itself our server, by qmail',
      [hop('from unknown (HELO mx.desk.example) (203.0.113.9) by imap.desk.example with SMTP'), PASS, TAKEN_IN],
      [],
    ],
    [
      'below a peer whose HELO brings an LMTP along',
      [hop('from x by y with LMTP (unknown [203.0.113.9]) by mx.desk.example with ESMTP'), PASS, TAKEN_IN],
      [],
    ],
    [
      'below a letter handed in with a password',
      [hop('by mx.desk.example (Postfix) with ESMTPSA id 2'), PASS, TAKEN_IN],
      [],
    ],
    [
      'below a letter of a script on the machine',
      [hop('by mx.desk.example (Postfix, from userid 33) id 2'), PASS, TAKEN_IN],
      [],
    ],
    [
      'below a trace field that never closes its comment',
      [['Received', 'from localhost (localhost [127.0.0.1] by mx'], PASS, TAKEN_IN],
      [],
    ],
  ])('a pass is not believed %s', (_, top, written) => {
    expect(verdict(arrived(top, written))).toBe('none');
  });

  test.each<[string, Lines]>([
    ['above the step from outside', [PASS, OUTSIDE]],
    [
      'under delivery by LMTP on the same machine (Dovecot)',
      [hop('from mx.desk.example by mx.desk.example with LMTP id 3 (envelope-from <a@b.example>)'), PASS, OUTSIDE],
    ],
    [
      'under delivery by LMTP on another machine',
      [hop('from mx.desk.example ([192.0.2.1]) by imap.desk.example with LMTPS id 3'), PASS, OUTSIDE],
    ],
    [
      'under a content filter (amavis)',
      [
        hop('from localhost (localhost [127.0.0.1]) by mx.desk.example (Postfix) with ESMTP id 4'),
        hop(
          'from mx.desk.example ([127.0.0.1]) by localhost (mx.desk.example [127.0.0.1]) (amavis, port 10024) with ESMTP id 3',
        ),
        PASS,
        OUTSIDE,
      ],
    ],
    [
      'under a content filter by IPv6',
      [hop('from localhost (localhost [IPv6:::1]) by mx.desk.example (Postfix) with ESMTP id 4'), PASS, OUTSIDE],
    ],
    [
      'under the mailbox server that took it from our server',
      [
        hop('from mx.desk.example (mx.desk.example [192.0.2.1]) by imap.desk.example (Postfix) with ESMTPS id 5'),
        PASS,
        OUTSIDE,
      ],
    ],
    [
      'under a step without FROM, as Gmail’s inside',
      [hop('by 2002:a05:6a10:1234:0:0:0:0 with SMTP id a1csp1'), PASS, OUTSIDE],
    ],
    ['in capitals', [['AUTHENTICATION-RESULTS', 'MX.Desk.Example; DMARC=Pass Header.From=CLIENT.example'], OUTSIDE]],
  ])('a pass is believed %s', (_, top) => {
    expect(verdict(arrived(top))).toBe('pass by dmarc');
  });

  test('a forged pass below changes nothing about the fail above', () => {
    const fail = AR('mx.desk.example; dmarc=fail header.from=client.example');
    expect(verdict(arrived([fail, OUTSIDE, PASS], [PASS]))).toBe('fail by dmarc');
  });

  test('the admin is told when the name is there, but where a stranger could have written it', () => {
    expect(proven(arrived([OUTSIDE, PASS])).evidence).toMatch(/^mx\.desk\.example speaks only where a sender could/);
    expect(proven(arrived([OUTSIDE])).evidence).toBe('mx.desk.example states nothing');
  });

  test('Gmail writes its results below its own Received, but repeats them above it in its ARC set', () => {
    const google = hop('from out.client.example (out.client.example. [192.0.2.10]) by mx.google.com with ESMTPS id 6');
    const said = 'mx.google.com; dkim=pass header.i=@client.example; dmarc=pass (p=NONE) header.from=client.example';
    const top: Lines = [
      hop('by 2002:a05:6a10:1234:0:0:0:0 with SMTP id a1csp1'),
      ['ARC-Authentication-Results', `i=1; ${said}`],
      google,
      AR(said),
    ];
    expect(verdict(arrived(top), { authservId: 'mx.google.com' })).toBe('pass by dmarc');
    expect(
      verdict(arrived([google, ['ARC-Authentication-Results', `i=1; ${said}`]]), { authservId: 'mx.google.com' }),
    ).toBe('none');
  });
});

describe('a server that writes below its own Received field', () => {
  const YANDEX = { authservId: '*.yandex.net', belowReceived: true };
  const front = 'mxfront3q.mail.yandex.net';
  const said = `${front}; spf=pass (x) smtp.mail=anna@client.example; dkim=pass header.i=@client.example`;
  const above: Lines = [
    ['Received', `from ${front} (localhost [127.0.0.1]) by ${front} with LMTP id 1 for <support@desk.example>; x`],
    [
      'Received',
      `from out.client.example (out.client.example [192.0.2.10]) by ${front} (mxfront/Yandex) with ESMTPS id 2; x`,
    ],
    ['X-Yandex-Front', front],
  ];

  test('is believed right there, where the admin says that it removes what strangers bring', () => {
    expect(verdict(arrived([...above, AR(said)]), YANDEX)).toBe('pass by dkim');
    expect(verdict(arrived([...above, AR(said)]), { authservId: '*.yandex.net' })).toBe('none');
  });

  test('is not believed behind what the writer wrote', () => {
    expect(verdict(arrived(above, [AR(said)]), YANDEX)).toBe('none');
    expect(verdict(arrived([...above, ['DKIM-Signature', 'v=1'], AR(said)]), YANDEX)).toBe('none');
    expect(verdict(arrived([...above, ['Received', 'from a by b with SMTP; x'], AR(said)]), YANDEX)).toBe('none');
  });

  test('is not believed under the name of another front server than took the letter in', () => {
    expect(verdict(arrived([...above, AR(said.replace('3q', '9m'))]), YANDEX)).toBe('none');
    expect(verdict(arrived([...above, AR(said.replace(front, 'yandex.net.evil.example'))]), YANDEX)).toBe('none');
  });

  test('Postfix with OpenDKIM and OpenDMARC', () => {
    const top: Lines = [
      TAKEN_IN,
      AR('mx.desk.example;\r\n\tdkim=pass (2048-bit key) header.d=client.example header.b="GBg+WG4t"'),
      ['DMARC-Filter', 'OpenDMARC Filter v1.4.2 mx.desk.example 1'],
      AR('mx.desk.example; dmarc=pass (p=none dis=none) header.from=client.example'),
    ];
    expect(verdict(arrived(top), { ...PINNED, belowReceived: true })).toBe('pass by dmarc');
  });
});

test('whatever stands in trace fields, a proof comes without an error, and never a pass from below the step from outside', () => {
  const pieces = [
    'from ',
    'by ',
    'with ',
    'LMTP ',
    'mx.desk.example ',
    '(',
    ')',
    '[127.0.0.1] ',
    ';',
    '"',
    '::1 ',
    'ESMTP ',
    'я',
    '\u0000',
    '\\',
  ];
  let seed = 8601;
  const next = (most: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return (seed >>> 8) % most;
  };
  const outside = ['Received', 'from mallory (unknown [203.0.113.9]) by mx.desk.example with ESMTP; x'] as const;
  for (let round = 0; round < 2000; round++) {
    const made = Array.from({ length: next(40) }, () => pieces[next(pieces.length)]).join('');
    const top: Lines = [
      outside,
      ['Received', made],
      AR('mx.desk.example; dmarc=pass header.from=client.example'),
      AR(`mx.desk.example${made}`),
    ];
    expect(verdict(arrived(top))).toBe('none');
    verdict(arrived([['Received', made], AR(`mx.desk.example;${made}`), TAKEN_IN]));
  }
});

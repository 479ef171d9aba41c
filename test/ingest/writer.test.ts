// Who wrote a letter that somebody else sent, and what stands for him.

import { afterAll, describe, expect, test } from '@jest/globals';
import { closeJudges, judgeBy, prepare, type Reading } from '../../src/ingest/prepare.ts';
import { proveBy } from '../../src/ingest/prove.ts';
import { checked, type LetterSketch, raw } from '../support/letter.ts';

const READING: Reading = {
  ours: {
    addresses: new Set(['support@desk.example']),
    messageIdHost: 'kvitok.desk.example',
    groups: new Set(),
    forms: new Map([
      ['form@shop.example', null],
      ['form@desk.example', 'www.desk.example'],
    ]),
  },
  prove: proveBy({ authservId: 'mx.desk.example', belowReceived: false, checkSignatures: false }),
  judge: judgeBy(),
};
const read = async (bytes: Uint8Array) => {
  const letter = await prepare(
    { raw: bytes, envelope: { from: null, to: [] }, receivedAt: 0, oversize: null, silent: null },
    READING,
  );
  const { message, via, proof, classification } = letter;
  return { author: message.author?.address ?? null, via, proof: proof.result, rule: classification.rule };
};
const PASS = 'dmarc=pass header.from=shop.example';
const IVAN = ['Reply-To', 'Иван <ivan@buyer.example>'] as const;
type Headers = NonNullable<LetterSketch['headers']>;

afterAll(closeJudges);

describe('a letter of a form that is listed', () => {
  const from = 'Магазин <form@shop.example>';

  test('is the one’s whom Reply-To names, without a mark, and proves nothing of him', async () => {
    const headers: Headers = [IVAN, ['Precedence', 'bulk'], ['Auto-Submitted', 'auto-generated']];
    expect(await read(checked(PASS, { from, headers }))).toEqual({
      author: 'ivan@buyer.example',
      via: { kind: 'form', sender: 'form@shop.example', named: true },
      proof: 'none',
      rule: 'none',
    });
  });

  test('is nobody’s where Reply-To names two, or none', async () => {
    const two = checked(PASS, { from, headers: [['Reply-To', 'ivan@buyer.example, olga@buyer.example']] });
    expect(await read(two)).toMatchObject({ author: null, via: { kind: 'form' } });
    expect(await read(checked(PASS, { from }))).toMatchObject({ author: null, via: { kind: 'form' }, rule: 'none' });
  });

  test('counts as any other where nothing proves that it is the form’s', async () => {
    expect(await read(raw({ from, headers: [IVAN] }))).toMatchObject({
      author: 'ivan@buyer.example',
      via: { kind: 'reply-to' },
      proof: 'none',
    });
  });

  test('that is proven false stays proven false', async () => {
    const letter = checked('dmarc=fail header.from=shop.example', { from, headers: [IVAN] });
    expect(await read(letter)).toMatchObject({ via: { kind: 'reply-to' }, proof: 'fail' });
  });

  test('is believed by the server that brings it, and by no other', async () => {
    const by = (peer: string) =>
      Buffer.concat([
        Buffer.from(
          `Received: from web (${peer}) by mx.desk.example with ESMTP id 1; Mon, 02 Mar 2026 10:00:00 +0300\r\n`,
        ),
        raw({ from: 'form@desk.example', headers: [IVAN] }),
      ]);
    expect(await read(by('www.desk.example [192.0.2.7]'))).toMatchObject({ via: { kind: 'form' } });
    expect(await read(by('unknown [198.51.100.9]'))).toMatchObject({ via: { kind: 'reply-to' } });
  });
});

describe('a letter of a sender that is not listed', () => {
  const from = 'noreply@shop.example';

  test('that nobody reads is whom Reply-To names, however well the sender is proven', async () => {
    expect(await read(checked(PASS, { from, headers: [IVAN] }))).toEqual({
      author: 'ivan@buyer.example',
      via: { kind: 'reply-to', sender: from, named: true },
      proof: 'none',
      rule: 'no-reply-sender',
    });
  });

  test('that nobody reads stays the sender’s where Reply-To names two, and is still no robot’s', async () => {
    const letter = raw({ from, headers: [['Reply-To', 'ivan@buyer.example, olga@buyer.example']] });
    expect(await read(letter)).toMatchObject({ author: from, via: null, rule: 'no-reply-sender' });
  });

  test('who can be written to is the writer, whatever Reply-To says', async () => {
    expect(await read(checked(PASS, { from: 'info@shop.example', headers: [IVAN] }))).toEqual({
      author: 'info@shop.example',
      via: null,
      proof: 'pass',
      rule: 'none',
    });
  });
});

describe('a letter through our own group', () => {
  const GROUP: Headers = [
    ['List-Post', '<mailto:support@desk.example>'],
    ['List-Id', '<support.desk.example>'],
  ];
  const VIA = "'Ольга' via Support <support@desk.example>";

  test('is its writer’s, with whatever proves him', async () => {
    const letter = checked('dmarc=pass header.from=client.example', { headers: GROUP });
    expect(await read(letter)).toEqual({
      author: 'ivan@client.example',
      via: { kind: 'group', sender: 'support@desk.example', named: false },
      proof: 'pass',
      rule: 'none',
    });
  });

  test.each<[string, Headers]>([
    [
      'X-Original-From',
      [
        ['X-Original-From', 'Olga <olga@veter.example>'],
        ['Reply-To', 'support@desk.example'],
      ],
    ],
    ['Reply-To', [['Reply-To', 'Olga <olga@veter.example>, Support <support@desk.example>']]],
  ])('that set itself into From is whom %s names, and the group’s own pass is none of his', async (_, headers) => {
    const letter = checked('dmarc=pass header.from=desk.example', { from: VIA, headers: [...GROUP, ...headers] });
    expect(await read(letter)).toEqual({
      author: 'olga@veter.example',
      via: { kind: 'group', sender: 'support@desk.example', named: true },
      proof: 'none',
      rule: 'none',
    });
  });

  test('that set itself into From and names nobody is nobody’s', async () => {
    expect(await read(raw({ from: VIA, headers: GROUP }))).toMatchObject({ author: null, via: { named: true } });
  });

  test('a robot behind it is told by its own address', async () => {
    const headers: Headers = [...GROUP, ['X-Original-From', 'noreply@shop.example']];
    expect(await read(raw({ from: VIA, headers }))).toMatchObject({ rule: 'robot-sender' });
  });

  test('X-Original-From means nothing in any other letter', async () => {
    const headers: Headers = [['X-Original-From', 'olga@veter.example']];
    expect(await read(raw({ headers }))).toMatchObject({ author: 'ivan@client.example', via: null });
    expect(await read(raw({ headers: [...headers, ['List-Post', '<mailto:all@lists.example>']] }))).toMatchObject({
      via: null,
    });
    const others: Headers = [...GROUP, ...headers];
    expect(await read(raw({ headers: others }))).toMatchObject({
      author: 'ivan@client.example',
      via: { named: false },
    });
  });
});

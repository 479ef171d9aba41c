import { afterAll, describe, expect, test } from '@jest/globals';
import { type MaterialDeps, materialOf } from '../../src/daemon/material.ts';
import { decode } from '../../src/decode/decode.ts';
import { closeJudges, judgeBy } from '../../src/ingest/prepare.ts';
import type { OutgoingLetter } from '../../src/store/outbox.ts';
import { jpeg, png } from '../attachments/pictures.ts';
import { raw } from '../support/letter.ts';

afterAll(closeJudges);

const LETTER = raw({
  parts: [
    { contentType: 'image/x-whatever', content: png(), filename: 'снимок.png' },
    { contentType: 'image/png', content: 'MZ and no picture', filename: 'bad.png' },
    {
      contentType: 'image/jpeg',
      content: Buffer.concat([jpeg(), Buffer.from('a film of the phone')]),
      filename: 'a.jpg',
    },
  ],
});
const PATHS = decode(LETTER).parts.map(({ path }) => path);

const reading = (change: Partial<MaterialDeps> = {}) =>
  materialOf({
    spool: { raw: (id) => (id === 1 ? Buffer.from(LETTER) : null) },
    judge: judgeBy(),
    readers: { notification: async () => ({ values: { text: 'words' } }) },
    ...change,
  });

function outgoing(kind: OutgoingLetter['kind'], ...attach: readonly [letter: number, nth: number, name: string][]) {
  const model = {
    to: { name: '', address: 'anna@desk.example' },
    language: 'ru' as const,
    inReplyTo: null,
    references: [],
    replyTo: null,
    attach: attach.map(([letter, nth, filename]) => ({ letter, path: PATHS[nth]!, filename })),
  };
  return {
    id: 1,
    messageId: 'x',
    kind,
    form: 'x',
    ticket: 1000,
    letter: 1,
    entry: 1,
    model,
    attempts: 1,
    doubtful: false,
    createdAt: 0,
  };
}

describe('a file that goes along', () => {
  test('is read out of the letter it came with, under its name and the type of its content', async () => {
    const { attachments, values } = await reading()(outgoing('notification', [1, 0, 'снимок.png']));
    expect(attachments).toEqual([{ filename: 'снимок.png', contentType: 'image/png', content: expect.anything() }]);
    expect(Buffer.from(attachments[0]!.content)).toEqual(png());
    expect(values).toEqual({ gone: [], text: 'words' });
  });

  test('leaves behind what a phone wrote after the picture', async () => {
    const { attachments } = await reading()(outgoing('notification', [1, 2, 'a.jpg']));
    expect(Buffer.from(attachments[0]!.content)).toEqual(jpeg());
  });

  test('stays where it is if it is not accepted, and an operator is told', async () => {
    const { attachments, values } = await reading()(outgoing('notification', [1, 1, 'bad.png']));
    expect(attachments).toEqual([]);
    expect(values).toMatchObject({ gone: ['bad.png'] });
  });

  test('of a letter whose bytes were removed is named to an operator, and holds an answer back', async () => {
    expect((await reading()(outgoing('notification', [2, 0, 'b.png']))).values).toMatchObject({ gone: ['b.png'] });
    await expect(reading()(outgoing('answer', [1, 0, 'a.png'], [2, 0, 'b.png']))).rejects.toThrow(
      'not there any more: b.png',
    );
  });
});

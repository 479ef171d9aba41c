// Every letter under fixtures/letters beside the JSON that says what it must become: fields that the JSON gives are
// compared, others are not. What later stations make of the letter (`classification`, `report` ...) is tested with them.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { decode } from '../../src/decode/decode.ts';
import type { Message } from '../../src/mail/message.ts';

const LETTERS = path.join(import.meta.dirname, '../../fixtures/letters');

/** What a fixture may state of the decoded letter. */
interface Expected {
  readonly about: string;
  readonly subject?: string;
  readonly from?: { readonly name?: string; readonly address?: string };
  readonly text?: string;
  readonly reply?: string;
  readonly attachments?: readonly {
    readonly filename: string | null;
    readonly contentType?: string;
    readonly size?: number;
  }[];
  /** Codes that must be among the defects; an empty list says that there is none. */
  readonly defects?: readonly string[];
}

/** The decoded letter in the shape of the expectation, with the same fields and no others. */
function shown(message: Message, expected: Expected): object {
  const codes = message.defects.map((defect) => defect.code);
  const from = message.from[0] ?? { name: '', address: '' };
  const all = {
    subject: message.subject,
    from: pick(from, expected.from ?? {}),
    text: lines(message.text),
    reply: lines(message.reply),
    attachments: message.parts.map((part, i) =>
      pick({ ...part, size: part.bytes.length }, expected.attachments?.[i] ?? { filename: '' }),
    ),
    defects: expected.defects?.length ? expected.defects.filter((code) => codes.includes(code)) : codes,
  };
  return pick(all, expected);
}

function pick(from: object, like: object): object {
  return Object.fromEntries(Object.entries(from).filter(([key]) => key in like));
}

/** Spaces at the ends of lines and empty lines at the ends of a text are nothing that a reader sees. */
function lines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}

function known({ subject, from, text, reply, attachments, defects }: Expected): object {
  const all = {
    subject,
    from,
    text: text === undefined ? undefined : lines(text),
    reply: reply === undefined ? undefined : lines(reply),
    attachments,
    defects,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

for (const origin of readdirSync(LETTERS).sort()) {
  const folder = path.join(LETTERS, origin);
  describe(origin, () => {
    for (const file of readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .sort()) {
      const expected = JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Expected;
      test(`${file.replace(/\.json$/, '')}: ${expected.about}`, () => {
        const message = decode(readFileSync(path.join(folder, file.replace(/\.json$/, '.eml'))));
        expect(shown(message, expected)).toEqual(known(expected));
      });
    }
  });
}

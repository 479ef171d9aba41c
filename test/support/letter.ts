// Letters made by hand, for tests: `letter` gives the decoded Message, `raw` the bytes of one. Only what a test says is in
// them; everything else is the plainest letter of a person.

import { lenientMailboxes, strictMailbox } from '../../src/mail/address.ts';
import { cleanLine } from '../../src/mail/clean.ts';
import { type Field, fieldsOf } from '../../src/mail/fields.ts';
import type { Message, Part } from '../../src/mail/message.ts';
import { messageIds } from '../../src/mail/message-id.ts';

export interface PartSketch {
  readonly contentType: string;
  /** Content; text is written as UTF-8. */
  readonly content: string | Uint8Array;
  readonly filename?: string;
  readonly disposition?: 'attachment' | 'inline';
}

export interface LetterSketch {
  /** MAIL FROM, where a desk is handed the letter; ivan@client.example where it is not said. */
  readonly mailFrom?: string;
  readonly from?: string;
  readonly to?: string;
  readonly cc?: string;
  readonly subject?: string;
  /** Without angle brackets; null for a letter without one. */
  readonly messageId?: string | null;
  readonly date?: string;
  /** Further fields in order, a name as often as one likes. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly text?: string;
  /** What stays of `text` without quotes and signature; `text` where it is not said. */
  readonly reply?: string;
  readonly html?: string;
  readonly parts?: readonly PartSketch[];
}

const PERSON = 'Ivan Petrov <ivan@client.example>';
const DATE = 'Mon, 02 Mar 2026 10:00:00 +0300';
const BOUNDARY = 'made-by-a-test';

function fieldList(sketch: LetterSketch): readonly (readonly [string, string])[] {
  const { from = PERSON, to = 'Support <support@desk.example>', subject = 'Printer does not print', cc } = sketch;
  const { messageId = 'made-by-a-test@client.example', date = DATE, headers = [] } = sketch;
  return [
    ['From', from],
    ['To', to],
    ...(cc === undefined ? [] : [['Cc', cc] as const]),
    ['Subject', subject],
    ['Date', date],
    ...(messageId === null ? [] : [['Message-ID', `<${messageId}>`] as const]),
    ...headers,
  ];
}

const bytesOf = (content: string | Uint8Array) =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;

function part(sketch: PartSketch, index: number): Part {
  return {
    path: String(index + 2),
    filename: sketch.filename ?? null,
    contentType: sketch.contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '',
    disposition: sketch.disposition ?? null,
    contentId: null,
    bytes: bytesOf(sketch.content),
    ambiguous: false,
  };
}

/** A decoded letter. */
export function letter(sketch: LetterSketch = {}): Message {
  const all: Field[] = fieldList(sketch).map(([name, value]) => ({ name, value: cleanLine(value), raw: value }));
  const fields = fieldsOf(all);
  const boxes = (name: string) => fields.every(name).flatMap((value) => lenientMailboxes(value, 100));
  const ids = (name: string) => fields.every(name).flatMap((value) => messageIds(value, 50));
  const text = sketch.text ?? 'The printer on the second floor does not print.\n';
  return {
    messageId: ids('message-id')[0] ?? null,
    references: [...new Set([...ids('references'), ...ids('in-reply-to')])],
    author: fields.every('from').length === 1 ? strictMailbox(fields.first('from') ?? '') : null,
    from: boxes('from'),
    to: boxes('to'),
    cc: boxes('cc'),
    replyTo: boxes('reply-to'),
    date: Date.parse(fields.first('date') ?? '') || null,
    subject: fields.first('subject') ?? '',
    fields,
    text,
    reply: sketch.reply ?? text,
    quoted: '',
    html: sketch.html ?? null,
    parts: (sketch.parts ?? []).map(part),
    defects: [],
  };
}

const encodedWord = (value: string) =>
  /^[\x20-\x7e]*$/.test(value) ? value : `=?utf-8?B?${Buffer.from(value, 'utf8').toString('base64')}?=`;

const base64 = (content: string | Uint8Array) =>
  Buffer.from(bytesOf(content)).toString('base64').replace(/.{76}/g, '$&\r\n');

function entity(contentType: string, content: string | Uint8Array, more: readonly string[] = []): string {
  const head = [`Content-Type: ${contentType}`, 'Content-Transfer-Encoding: base64', ...more];
  return `${head.join('\r\n')}\r\n\r\n${base64(content)}\r\n`;
}

function partEntity({ contentType, content, filename, disposition }: PartSketch): string {
  const name = filename === undefined ? '' : `; filename="${encodedWord(filename)}"`;
  const said = disposition ?? (filename === undefined ? null : 'attachment');
  return entity(contentType, content, said === null ? [] : [`Content-Disposition: ${said}${name}`]);
}

/**
 * The bytes of a letter, CRLF line ends, bodies in base64, multipart/mixed where it has parts. A Content-Type among
 * `headers` replaces the letter's own and must leave the boundary to this builder.
 */
export function raw(sketch: LetterSketch = {}): Uint8Array {
  const own = fieldList(sketch).filter(([name]) => name.toLowerCase() !== 'content-type');
  const declared = sketch.headers?.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const lines = own.map(([name, value]) => `${name}: ${name === 'Subject' ? encodedWord(value) : value}`);
  const bodies = [
    ...(sketch.text === undefined && sketch.html !== undefined
      ? []
      : [entity('text/plain; charset=utf-8', letter(sketch).text)]),
    ...(sketch.html === undefined ? [] : [entity('text/html; charset=utf-8', sketch.html)]),
    ...(sketch.parts ?? []).map(partEntity),
  ];
  const single = bodies.length === 1 && declared === undefined;
  const type = `Content-Type: ${declared ?? 'multipart/mixed'}; boundary="${BOUNDARY}"\r\n\r\n`;
  const body = single
    ? bodies[0]
    : `${type}${bodies.map((one) => `--${BOUNDARY}\r\n${one}`).join('')}--${BOUNDARY}--\r\n`;
  return new TextEncoder().encode(`${lines.join('\r\n')}\r\nMIME-Version: 1.0\r\n${body}`);
}

/** A letter as the desk's server took it in from outside, with what it found out about the sender (RFC 8601). */
export function checked(result: string, sketch: LetterSketch = {}): Uint8Array {
  const stamp = [
    `Authentication-Results: mx.desk.example; ${result}`,
    'Received: from mail.client.example (mail.client.example [192.0.2.10]) by mx.desk.example with ESMTPS id made;',
    ' Mon, 02 Mar 2026 10:00:00 +0300',
  ];
  return Buffer.concat([Buffer.from(`${stamp.join('\r\n')}\r\n`), raw(sketch)]);
}

// decode: the bytes of a letter in, a Message out (RFC 5322, 2045–2049, 2231, 3676). Pure, synchronous and total:
// whatever is wrong with the bytes becomes a defect, never an exception, and text that is there is shown.

import { cleanLine } from '../mail/clean.ts';
import { type Field, fieldsOf } from '../mail/fields.ts';
import { LIMITS, type Limits } from '../mail/limits.ts';
import type { Defect, Message } from '../mail/message.ts';
import { messageIds } from '../mail/message-id.ts';
import { attached, namesOf, undecodedPart } from './attached.ts';
import { bodyText, textPart } from './body-text.ts';
import { type Decoded, decodeAs, decodePieces, type Piece } from './charset.ts';
import { authorOf, correspondents, mailbox, writers } from './correspondents.ts';
import { readDate } from './date.ts';
import { encodedWords } from './encoded-words.ts';
import { type RawField, readHeader, unfolded } from './header-block.ts';
import { layoutOf } from './layout.ts';
import { openingOf } from './opening.ts';
import { piecesOf, type Readings, settled } from './pieces.ts';
import { splitReply } from './reply.ts';
import { structureOf } from './structure.ts';

export interface DecodeOptions {
  readonly limits?: Limits;
  /** A charset that an admin chose: overrules every declared and every detected one. Unknown names are ignored. */
  readonly charset?: string;
}

/** RFC 5322 §3.6: fields that a header holds once. */
const ONCE = ['from', 'sender', 'reply-to', 'to', 'cc', 'message-id', 'in-reply-to', 'references', 'subject', 'date'];

function repeated(fields: readonly RawField[]): Defect[] {
  return ONCE.filter((name) => fields.filter((field) => field.key === name).length > 1).map((name) => ({
    code: 'header-field-twice',
    detail: `the field ${name} is there more than once`,
  }));
}

function overruled({ bytes }: Piece, charset: string): Decoded | null {
  try {
    return { text: decodeAs(bytes, charset), charset, repaired: null };
  } catch {
    return null;
  }
}

const UNREAD: Decoded = { text: '\ufffd', charset: 'utf-8', repaired: null };

/** All bytes of the letter that are text, decided together. A name that stands in several fields is one voice. */
function readingsOf(all: readonly Piece[], charset: string | undefined): Readings {
  const voices = new Map<string, number>();
  const pieces: Piece[] = [];
  const voiceOf = all.map((piece) => {
    const key = piece.bytes.length < 500 ? `${piece.declared}\n${Buffer.from(piece.bytes).toString('latin1')}` : null;
    const known = key === null ? undefined : voices.get(key);
    if (known !== undefined) return known;
    if (key !== null) voices.set(key, pieces.length);
    return pieces.push(piece) - 1;
  });
  const chosen = charset === undefined ? [] : pieces.map((piece) => overruled(piece, charset));
  const decoded = chosen.length > 0 && chosen.every((one) => one !== null) ? chosen : decodePieces(pieces);
  return new Map(all.map((piece, index) => [piece, decoded[voiceOf[index] ?? -1] ?? UNREAD]));
}

function distinct(defects: Iterable<Defect>): Defect[] {
  return [...new Map(Array.from(defects, (defect) => [`${defect.code}\n${defect.detail}`, defect])).values()];
}

/** Takes a letter as it arrived; gives what every later station reads. Never throws. */
export function decode(raw: Uint8Array, options: DecodeOptions = {}): Message {
  const limits = options.limits ?? LIMITS;
  const opening = openingOf(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const header = readHeader(opening.bytes, opening.start, limits);
  const structure = structureOf(header.fields, opening.bytes.subarray(header.end), limits);
  const layout = layoutOf(structure.root);

  const values = header.fields.map((field) => encodedWords(unfolded(field.raw)));
  const author = opening.sound ? authorOf(header.fields) : null;
  const people = {
    from: writers(header.fields, limits),
    to: correspondents(header.fields, 'to', limits),
    cc: correspondents(header.fields, 'cc', limits),
    replyTo: correspondents(header.fields, 'reply-to', limits),
  };
  const texts = layout.slots
    .flatMap(({ plain, rich }) => [...new Set([...plain, ...rich])])
    .map((one) => textPart(one, limits));
  const files = layout.attached.map((entity) => undecodedPart(entity, limits));
  const named = Object.values(people).flatMap((list) => list.map(({ name }) => name));
  const readings = readingsOf(
    piecesOf([...texts.map((text) => text.undecoded), ...values, ...named, ...files.flatMap(namesOf)]),
    options.charset,
  );

  const fields = fieldsOf(
    header.fields.map(
      ({ name, raw: value }, index): Field => ({
        name,
        value: cleanLine(settled(values[index] ?? [], readings)),
        raw: value,
      }),
    ),
  );
  const body = bodyText(layout.slots, new Map(texts.map((text) => [text.entity, text])), readings, limits);
  const attachments = files.map((file) => attached(file, readings, limits));
  const from = people.from.map((one) => mailbox(one, readings));
  const references = [...fields.every('references'), ...fields.every('in-reply-to')].join(' ');
  const date = fields.first('date');
  return {
    messageId: messageIds(fields.first('message-id') ?? '', 10)[0] ?? null,
    references: messageIds(references, limits.references),
    author: author === null ? null : { name: from[0]?.name ?? '', address: author },
    from,
    to: people.to.map((one) => mailbox(one, readings)),
    cc: people.cc.map((one) => mailbox(one, readings)),
    replyTo: people.replyTo.map((one) => mailbox(one, readings)),
    date: date === null ? null : readDate(date),
    subject: fields.first('subject') ?? '',
    fields,
    text: body.text,
    ...splitReply(body.text),
    html: body.html,
    parts: attachments.map(({ part }) => part),
    defects: distinct([
      ...opening.defects,
      ...header.defects,
      ...repeated(header.fields),
      ...structure.defects,
      ...body.defects,
      ...texts.flatMap(({ entity, broken }) =>
        broken ? [{ code: 'transfer-encoding', detail: `part ${entity.path}: ${broken}` }] : [],
      ),
      ...attachments.flatMap((one) => one.defects),
      ...Array.from(readings.values()).flatMap(({ repaired }) =>
        repaired ? [{ code: 'charset', detail: repaired }] : [],
      ),
    ]),
  };
}

// decode: the bytes of a letter in, a Message out (RFC 5322, 2045–2049, 2231, 3676). Pure, synchronous and total:
// whatever is wrong with the bytes becomes a defect, never an exception, and text that is there is shown.

import { cleanLine } from '../mail/clean.ts';
import { type Field, fieldsOf } from '../mail/fields.ts';
import { LIMITS, type Limits } from '../mail/limits.ts';
import type { Defect, Message } from '../mail/message.ts';
import { messageIds } from '../mail/message-id.ts';
import { attached, filenamesOf, undecodedPart } from './attached.ts';
import { markedBelowSignature } from './below-signature.ts';
import { bodyText, textPart, textParts } from './body-text.ts';
import { isCalendar, withCalendarText } from './calendar.ts';
import { correspondentsOf, introduced, namesOf } from './correspondents.ts';
import { readDate } from './date.ts';
import { embeddedParts } from './embedded.ts';
import { encodedWords } from './encoded-words.ts';
import { ENCRYPTED_PGP } from './envelope.ts';
import { type RawField, readHeader, unfolded } from './header-block.ts';
import { type Layout, layoutOf, spareSlots, withStray } from './layout.ts';
import { openingOf } from './opening.ts';
import { piecesOf, type Readings, settled } from './pieces.ts';
import { readingsOf } from './readings.ts';
import { answersOne, isForwardSubject, splitReply } from './reply.ts';
import { type Entity, structureOf } from './structure.ts';
import { unpacked, withWinmailText } from './winmail.ts';

export interface DecodeOptions {
  readonly limits?: Limits;
  /** A charset that an admin chose: overrules every declared and every detected one. An unknown name is ignored. */
  readonly charset?: string;
}

/** Defects that are told of one letter; a thousand broken parts need no thousand sentences. */
const MOST_DEFECTS = 100;

const OUTSIDE_PARTS: Defect = {
  code: 'text-outside-parts',
  detail: 'the only words stand before the first or behind the last delimiter of a multipart',
};

const IN_A_FILE: Defect = {
  code: 'text-in-file',
  detail: 'the letter has no words but those of a text file, which are shown',
};

const isOutside = ({ slots }: Layout, stray: readonly Entity[]): boolean =>
  slots.some(({ plain, rich }) => [...plain, ...rich].some((entity) => stray.includes(entity)));

/** PGP in the text itself, without MIME. */
const ARMOUR = /^-----BEGIN PGP MESSAGE-----\s*$/m;

/** RFC 5322 §3.6: fields that a header holds once. */
const ONCE = ['from', 'sender', 'reply-to', 'to', 'cc', 'message-id', 'in-reply-to', 'references', 'subject', 'date'];

function repeated(fields: readonly RawField[]): Defect[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { key } of fields) {
    if (seen.has(key)) twice.add(key);
    seen.add(key);
  }
  return ONCE.filter((key) => twice.has(key)).map((key) => ({
    code: 'header-field-twice',
    detail: `the field ${key} is there more than once`,
  }));
}

const PLAIN = /^[\t\r\n -~]*$/;

/** A value in ASCII without encoded words has nothing that waits for a charset. */
function isPlain({ raw }: RawField): boolean {
  return !raw.includes('=?') && PLAIN.test(raw);
}

function repairs(readings: Readings): Defect[] {
  return Array.from(readings.values()).flatMap(({ repaired }) =>
    repaired === null ? [] : [{ code: 'charset', detail: repaired }],
  );
}

function distinct(defects: readonly Defect[]): Defect[] {
  const told = new Map(defects.map((defect) => [`${defect.code}\n${defect.detail}`, defect]));
  return [...told.values()].slice(0, MOST_DEFECTS);
}

/** Takes a letter as it arrived; gives what every later station reads. Never throws. */
export function decode(raw: Uint8Array, options: DecodeOptions = {}): Message {
  const limits = options.limits ?? LIMITS;
  const opening = openingOf(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const header = readHeader(opening.bytes, opening.start, limits);
  const structure = structureOf(header.fields, opening.bytes.subarray(header.end), limits);
  const laid = layoutOf(structure.root);
  const layout = withStray(laid, structure.stray);

  // First everything that waits for its charset, then one decision on all of it, then the message.
  const values = header.fields.map((field) => (isPlain(field) ? null : encodedWords(unfolded(field.raw))));
  const people = correspondentsOf(header.fields, opening.sound, limits);
  const texts = textParts(
    layout.slots.flatMap((slot) => [...slot.plain, ...slot.rich]),
    limits,
  );
  const spare = spareSlots(layout);
  const spareTexts = textParts(
    spare.flatMap((slot) => [...slot.plain, ...slot.rich]),
    limits,
  );
  const calendars = layout.attached.filter(isCalendar).map((one) => textPart(one, limits));
  const files = layout.attached.map((entity) => undecodedPart(entity, limits));
  const waiting = [
    ...[...texts, ...spareTexts, ...calendars].map((text) => text.undecoded),
    ...values.filter((value) => value !== null),
    ...namesOf(people),
    ...files.flatMap(filenamesOf),
    ...texts.flatMap(({ cut }) => cut.files.map(({ name }) => name)),
  ];
  const readings = readingsOf(piecesOf(waiting), options.charset);

  const fields = fieldsOf(
    header.fields.map((field, index): Field => {
      const waiting = values[index] ?? null;
      const value = waiting === null ? unfolded(field.raw) : settled(waiting, readings);
      return { name: field.name, value: cleanLine(value), raw: field.raw };
    }),
  );
  const listed = files.map((file) => attached(file, readings, limits));
  const inside = unpacked(
    listed.map(({ part }) => part),
    limits,
  );
  const embedded = texts.map(({ entity, cut }) => embeddedParts(entity, cut, readings, limits));
  const written = withWinmailText(bodyText(layout.slots, texts, readings, limits), inside.opened, limits);
  const invitations = calendars.map(({ undecoded }) => settled(undecoded, readings));
  const told = withCalendarText(written, invitations, limits);
  const inFile = told.text.trim() === '' && spare.length > 0;
  const body = inFile ? bodyText(spare, spareTexts, readings, limits) : told;
  const subject = fields.first('subject') ?? '';
  const referred = [...fields.every('references'), ...fields.every('in-reply-to')].join(' ');
  const references = messageIds(referred, limits.references);
  return {
    messageId: messageIds(fields.first('message-id') ?? '', 10)[0] ?? null,
    references,
    ...introduced(people, readings),
    date: readDate(fields.first('date') ?? ''),
    subject,
    fields,
    text: body.text,
    ...splitReply(body.text, { answers: answersOne(references, subject), forwards: isForwardSubject(subject) }),
    html: body.html,
    parts: markedBelowSignature([...inside.parts, ...embedded.flatMap(({ parts }) => parts)], body.html, limits),
    defects: distinct([
      ...opening.defects,
      ...header.defects,
      ...repeated(header.fields),
      ...structure.defects,
      ...(isOutside(layout, structure.stray) ? [OUTSIDE_PARTS] : []),
      ...(inFile ? [IN_A_FILE] : []),
      ...(ARMOUR.test(body.text) ? [ENCRYPTED_PGP] : []),
      ...body.defects,
      ...listed.flatMap(({ defects }) => defects),
      ...inside.defects,
      ...embedded.flatMap(({ defects }) => defects),
      ...repairs(readings),
    ]),
  };
}

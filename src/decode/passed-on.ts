// A letter that somebody passes on: attached as a letter (message/rfc822), or set into the text by his mail client, below a
// divider or a block of header fields, with `>` or without, Russian or English. Who wrote it, and what, comes out.

import { lenientMailboxes, type Mailbox } from '../mail/address.ts';
import { cleanLine, cleanName } from '../mail/clean.ts';
import type { Message } from '../mail/message.ts';
import { forwardedLetter } from './forwarded.ts';
import { attributionAt } from './reply/attribution.ts';
import { dividerAt } from './reply/divider.ts';
import { type Fields, fieldsAt, fieldsOnLineAt } from './reply/header-block.ts';
import { isBlank, isQuoted } from './reply/mark.ts';
import { answersOne, isForwardSubject, splitReply, withoutForward } from './reply.ts';

export interface PassedOn {
  /** Who wrote it, by the words of who passed it on: a claim. */
  readonly writer: Mailbox;
  readonly subject: string;
  /** What its writer added, and the history below it. */
  readonly reply: string;
  readonly quoted: string;
  /** Message-ID where the letter itself is attached. */
  readonly messageId: string | null;
  /** The part that holds it; null where it stands in the text. */
  readonly path: string | null;
  /** What stands above it: words of who passed it on. */
  readonly above: string;
}

/** The first letter that is passed on, or null. Never throws. */
export function passedOn(message: Message): PassedOn | null {
  return attachedIn(message) ?? inText(message);
}

function attachedIn(message: Message): PassedOn | null {
  for (const part of message.parts) {
    const inner = forwardedLetter(part, 1);
    const writer = inner && (inner.author ?? inner.from[0]);
    if (!writer?.address.includes('@')) continue;
    const { subject, reply, quoted, messageId } = inner!;
    return { writer, subject, reply, quoted, messageId, path: part.path, above: message.reply };
  }
  return null;
}

/** The divider and the fields below it lie close together. */
const NEAR = 3;

function inText({ text, subject }: Message): PassedOn | null {
  const lines = text.split('\n');
  const plain = lines.map(unquoted);
  const isForward = isForwardSubject(subject);
  for (let at = 0; at < lines.length; at++) {
    const divider = dividerAt(plain, at);
    if (divider?.kind === 'forwarded' || (isForward && divider)) {
      const found = openingAt(lines, at, fieldsOnLineAt) ?? openingNear(lines, at + divider.length);
      if (found) return letterAt(lines, at, found, subject);
    } else if (isForward) {
      const found = openingAt(lines, at) ?? openingAt(lines, at, fieldsOnLineAt);
      if (found) return letterAt(lines, at, found, subject);
    }
  }
  return null;
}

interface Opening {
  readonly writer: Mailbox;
  readonly subject: string | null;
  /** First line of the letter's own text. */
  readonly body: number;
}

function openingNear(lines: readonly string[], from: number): Opening | null {
  let skipped = 0;
  for (let at = from; at < lines.length && skipped < NEAR; at++) {
    const found =
      openingAt(lines, at) ?? openingAt(lines, at, fieldsOnLineAt) ?? yandexAt(lines, at) ?? attributedAt(lines, at);
    if (found) return found;
    if (!isBlank(unquoted(lines[at]!))) skipped++;
  }
  return null;
}

type FieldRule = (lines: readonly string[], at: number) => Fields | null;

function openingAt(lines: readonly string[], at: number, fields: FieldRule = fieldsAt): Opening | null {
  if (lines[at] === undefined || !/[:：]/.test(lines[at]!.slice(0, 100))) return null;
  const plain = lines.slice(at, at + 30).map(unquoted);
  const block = fields(plain, 0);
  const writer = block && mailboxIn(block.values.get('from') ?? '');
  return writer ? { writer, subject: block.values.get('subject') ?? null, body: at + block.length } : null;
}

/** Яндекс: `10.03.2026, 12:00, "Иван Петров" <ivan@example.org>:` on a line of its own. */
const YANDEX = /^\s*\d{1,2}\.\d{1,2}\.\d{2,4},?\s+\d{1,2}:\d{2}(?::\d{2})?,?\s+(.{1,300}):\s*$/;

function yandexAt(lines: readonly string[], at: number): Opening | null {
  const writer = mailboxIn(YANDEX.exec(unquoted(lines[at]!))?.[1] ?? '');
  return writer && { writer, subject: null, body: at + 1 };
}

/** Yahoo on a telephone, and Apple's «Begin forwarded message» there: the line of a reply below the divider of a forward. */
function attributedAt(lines: readonly string[], at: number): Opening | null {
  const plain = lines.slice(at, at + 5).map(unquoted);
  const mark = attributionAt(plain, 0);
  const writer = mark && mailboxIn(plain.slice(0, mark.length).join(' '));
  return (
    writer && { writer: { ...writer, name: writer.name.replace(MOMENT, '') }, subject: null, body: at + mark.length }
  );
}

/** What stands before the name: «On Tuesday, March 3, 2026, 11:53 AM GMT+3,». */
const MOMENT =
  /^.{0,200}\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?:\s?(?:GMT|UTC|MSK)?(?:[+-]\d{1,2}:?\d{0,2})?)?,?\s+(?:пользователь |от )?["']?/iu;

/** An address as mail clients show it: in brackets of either kind, with `mailto:`, or twice. */
const ADDRESS = /[^\s<>()[\]"',;:]{1,64}@[^\s<>()[\]"',;:]{1,255}/u;

function mailboxIn(shown: string): Mailbox | null {
  const value = shown.slice(0, 400);
  const found = ADDRESS.exec(value);
  if (!found) return null;
  const address = lenientMailboxes(found[0], 1)[0]?.address ?? '';
  if (address === '') return null;
  const name = value
    .slice(0, found.index)
    .replace(/mailto:/gi, '')
    .replace(/[<([\s"'*]+$/u, '')
    .replace(/^[\s"'*]+/u, '');
  return { name: cleanName(name), address };
}

/** Where a mail client says that the letter ends. */
const END =
  /^\s*(?:={2,}8<)?[-=]{2,}\s?(?:завершение|конец|end of) .{0,40}(?:сообщения|message(?: text)?)\s?[-=]{2,}\s*$/iu;
/** The Bat! draws a line with scissors above the letter as well. */
const SCISSORS = /^\s*={2,}8<=+[^=]{1,60}=+\s*$/;

function letterAt(lines: readonly string[], from: number, opening: Opening, outer: string): PassedOn {
  const body = lines.slice(opening.body);
  const cut = body.findIndex((line) => !isBlank(unquoted(line)));
  const below = SCISSORS.test(unquoted(body[cut] ?? '')) ? body.slice(cut + 1) : body;
  const end = below.findIndex((line) => END.test(unquoted(line)));
  const whole = (end < 0 ? below : below.slice(0, end)).join('\n');
  // Apple quotes the letter that it passes on
  const own = below.filter((line) => !isBlank(line)).every(isQuoted)
    ? whole.split('\n').map(unquoted).join('\n')
    : whole;
  const subject = cleanLine(opening.subject ?? withoutForward(outer)).trim();
  return {
    writer: opening.writer,
    subject,
    ...splitReply(own.trim(), { answers: answersOne([], subject), forwards: isForwardSubject(subject) }),
    messageId: null,
    path: null,
    above: splitReply(lines.slice(0, from).join('\n')).reply.trim(),
  };
}

const unquoted = (line: string): string => line.replace(/^\s?>\s?/, '');

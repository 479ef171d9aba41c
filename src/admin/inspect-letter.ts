// What would become of one letter and why: a file goes in; what was read and decided comes out. Nothing is touched.

import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { authorOf, type Letter, type Rules } from '../decide/case.ts';
import { decide } from '../decide/decide.ts';
import type { Decision } from '../decide/decision.ts';
import { knownToNobody } from '../decide/operator/standing.ts';
import { passedOn as findPassedOn } from '../decode/passed-on.ts';
import type { Read } from '../ingest/readers.ts';
import { weightOf } from '../mail/classification.ts';
import { tracedArrival, tracedEnvelope } from '../sources/trace.ts';
import { tagsIn } from '../thread/tags.ts';
import { inWords } from './system-error.ts';

/** What a letter is looked at with. `repeated`: how often it came before in this run. */
export interface Desk {
  readonly read: Read;
  readonly rules: Rules;
  readonly repeated: (letter: Letter) => number;
}

/**
 * Counts how often a letter of the same writer, words and files came before in this run. Letters of a pile may lie days
 * apart, so of the caps on acknowledgements only what a robot repeats can be told here.
 */
export function countRepeats(): Desk['repeated'] {
  const seen = new Map<string, number>();
  return ({ message, attachments }) => {
    const files = attachments.map(({ sha256 }) => sha256);
    const what = createHash('sha256')
      .update(JSON.stringify([message.author?.address, message.text, files]))
      .digest('hex');
    const before = seen.get(what) ?? 0;
    seen.set(what, before + 1);
    return before;
  };
}

export type Inspected = Awaited<ReturnType<typeof inspectRaw>>;

/** What would become of the letter in a file, or why it can't be read. Never rejects. */
export async function inspectFile(
  file: string,
  desk: Desk,
): Promise<({ file: string } & Inspected) | { file: string; error: string }> {
  let raw: Buffer;
  try {
    raw = fs.readFileSync(file === '-' ? 0 : file);
  } catch (error) {
    return { file, error: inWords(error) };
  }
  try {
    return { file, ...(await inspectRaw(raw, desk)) };
  } catch (error) {
    return { file, error: inWords(error) };
  }
}

async function inspectRaw(raw: Buffer, { read, rules, repeated }: Desk) {
  const receivedAt = tracedArrival(raw) ?? Date.now();
  const envelope = tracedEnvelope(raw);
  const { letter, passedOn } = await read(
    { envelope, receivedAt, size: raw.byteLength, oversize: null, silent: null },
    () => Uint8Array.from(raw),
  );
  const { message, classification, report } = letter;
  const author = authorOf(message);
  const operator = rules.operators.find((one) => one.identity === author?.identity);
  const passed = passedOn === undefined ? findPassedOn(message) : passedOn;
  const decision = decide({
    letter,
    author,
    match: null,
    client: null,
    unsubscribes: null,
    answeredAt: null,
    sent: { toAddressHour: repeated(letter), toAddressDay: 0, toDomainHour: 0, onTicketHour: 0 },
    bouncedTo: [],
    bouncedAnswer: null,
    suspended: false,
    toldEnough: new Set(),
    desk: operator ? knownToNobody(operator) : null,
    noticed: null,
    passed: null,
    sentFolder: null,
    released: null,
    rules,
    now: receivedAt,
  });
  return {
    subject: message.subject,
    from: message.from[0] ?? { name: '', address: '' },
    to: message.to,
    text: message.text,
    reply: message.reply,
    quoted: message.quoted,
    ...(passed ? { passedOn: { writer: passed.writer.address, reply: passed.reply } } : {}),
    html: message.html,
    attachments: letter.attachments,
    classification: { ...classification, weight: weightOf(classification) },
    ...(letter.via ? { via: letter.via } : {}),
    ...(report ? { report } : {}),
    tags: tagsIn(message.subject),
    ...ticketFrom(decision, tagsIn(message.subject)),
    ...answerTo(decision, tagsIn(message.subject)),
    defects: message.defects,
  };
}

/** Whether a ticket would open, and what would become of the letter where none does. */
function ticketFrom({ disposition, because }: Decision, tags: readonly string[]): { opens: boolean; ticket: string } {
  const [tag] = tags;
  if (disposition === 'opened')
    return {
      opens: true,
      ticket: tag === undefined ? 'a new ticket would open' : `an entry of [#${tag}], or a new ticket beside it`,
    };
  return { opens: false, ticket: `no ticket would open: ${because}` };
}

/** Whether a new ticket from this letter would be acknowledged; a letter that claims a ticket makes a new one only for a stranger. */
function answerTo(decision: Decision, tags: readonly string[]): { acknowledge: boolean; because: string } {
  if (decision.silence !== null) return { acknowledge: false, because: decision.silence };
  const [tag] = tags;
  if (tag === undefined) return { acknowledge: true, because: decision.because };
  return {
    acknowledge: false,
    because: `names [#${tag}]: a reply to a ticket, of which only the data folder knows more`,
  };
}

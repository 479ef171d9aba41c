// Whether a letter gets an acknowledgement (RFC 3834 §2, regulation §5). One reason for silence a row, first hit decides;
// the reason is written on the letter, for a silence that nobody can explain is the worst kind.

import type { Language } from '../desk/tickets.ts';
import { unnamedFile } from '../desk/unnamed-file.ts';
import { identity } from '../mail/address.ts';
import { hasWordsOfMachine, weightOf } from '../mail/classification.ts';
import { isOwnAddress } from '../mail/own-address.ts';
import { sameOwner } from '../proof/organisation.ts';
import { stripReplyPrefixes } from '../thread/tags.ts';
import type { Case } from './case.ts';
import { believedClient } from './client.ts';
import type { Acknowledgement, AttachmentFacts, TicketRef } from './decision.ts';
import { isKnownWriter, ownSubject } from './own-subject.ts';

const HOUR = 3_600_000;

type Form = Acknowledgement['form'];

const CAPPED = {
  hour: 'the address has had its letters for this hour',
  day: 'the address has had its letters for this day',
  domain: 'the domain has had its letters for this hour',
} as const;

/** Whether it was a limit that silenced an answer: somebody writes more than people do, and an admin should look. */
export const isCapped = (silence: string | null): boolean => Object.values<string | null>(CAPPED).includes(silence);

/** What the letter does to its ticket: a brief answer an hour is enough, unless it opens the ticket again. */
export type Effect = 'added' | 'reopened';

const SILENCES: readonly ((c: Case, form: Form, effect: Effect) => string | null)[] = [
  ({ letter: { via } }) =>
    via?.kind === 'reply-to' ? `only Reply-To names the writer, and nothing proves it (${via.sender})` : null,
  (c) => (isUnprovenByGroup(c) ? 'it came through a group of ours, and nothing proves the writer' : null),
  ({ letter: { classification } }) => {
    const weight = weightOf(classification);
    if (weight === 'none') return null;
    const asks = weight === 'weak' && !hasWordsOfMachine(classification);
    const seen = asks ? 'it asks for no automatic answer' : 'its words look automatic';
    return `${seen} (${classification.rule})`;
  },
  (c) => c.letter.silent,
  (c) => (c.letter.envelope.from === '' ? 'the return path is null' : null),
  (c, form) =>
    form === 'brief' && c.match?.ticket.state === 'spam' ? 'the desk has closed this ticket as spam' : null,
  (c) => (c.author === null && c.letter.via !== null ? `nobody is named as the writer (${c.letter.via.sender})` : null),
  (c) => (c.author === null ? 'From holds no single valid address' : null),
  (c) => (isLocal(c) ? 'the domain of From has no dot, and is not ours' : null),
  (c) =>
    c.author !== null && isOwnAddress(c.rules.ownAddresses, c.author.identity) ? 'From is an address of ours' : null,
  (c) => (isToItself(c) ? 'From is the address it was sent to' : null),
  (c) => (wentInACircle(c) ? 'Delivered-To names one mailbox twice in a row: it goes in a circle' : null),
  (c) => (c.letter.proof.result === 'fail' ? `From is not proven: ${c.letter.proof.evidence}` : null),
  (c) => (isForeignPath(c) ? 'the return path belongs to another organisation, and nothing proves From' : null),
  (c) => {
    const hours = Math.floor((c.now - c.letter.receivedAt) / HOUR);
    return hours >= c.rules.acknowledge.notOlderThanHours ? `the letter arrived ${hours} hours ago` : null;
  },
  (c, form) =>
    form === 'brief' && !hasRefusals(c) && !c.rules.acknowledge.replies ? 'replies are not acknowledged here' : null,
  // whoever writes that it is broken again must know that somebody looks again
  (c, form, effect) =>
    form === 'brief' && effect === 'added' && !hasRefusals(c) && c.sent.onTicketHour > 0
      ? 'this ticket was acknowledged within the hour'
      : null,
  (c) => (c.sent.toAddressHour >= capsOf(c).hour ? CAPPED.hour : null),
  (c) => (c.sent.toAddressDay >= capsOf(c).day ? CAPPED.day : null),
  (c) => (c.sent.toDomainHour >= c.rules.acknowledge.perDomainHour ? CAPPED.domain : null),
];

/** A client has more to say than a stranger, whose address anybody may have put into From. */
function capsOf(c: Case): { readonly hour: number; readonly day: number } {
  const { perAddressHour, perAddressDay, perClientHour, perClientDay } = c.rules.acknowledge;
  return believedClient(c) === null
    ? { hour: perAddressHour, day: perAddressDay }
    : { hour: perClientHour, day: perClientDay };
}

/** Files that the writer would say he sent. */
const filesOf = (c: Case) => c.letter.attachments.filter((file) => !file.inlined).slice(0, MAX_FILES_NAMED);
const MAX_FILES_NAMED = 20;

const refusalOf = (file: AttachmentFacts) => (file.verdict === 'accepted' ? null : (file.reason ?? 'other'));

/** Neither words nor a file, though all of it was read: a picture that did not come along, or a slip of the hand. */
const isEmpty = (c: Case): boolean =>
  c.letter.oversize === null && c.letter.message.text.trim() === '' && c.letter.attachments.length === 0;

/** A refused file is always told, or it would never be sent again. */
const hasRefusals = (c: Case) => filesOf(c).some((file) => refusalOf(file) !== null);

/** `cron@localhost`, `ivan@pc-12`: a name that only its own network knows. */
const isLocal = ({ author, rules }: Case): boolean =>
  author !== null &&
  !domainOf(author.identity).includes('.') &&
  domainOf(author.identity) !== domainOf(rules.deskAddress.toLowerCase());

/** A letter whose only recipient is its author: an answer would come back as the next letter. */
function isToItself({ author, letter: { message } }: Case): boolean {
  const [only, ...others] = message.to;
  return author !== null && only !== undefined && others.length === 0 && identity(only.address) === author.identity;
}

/** Two equal Delivered-To lines with no other trace between them: a mailbox that forwards to itself. */
function wentInACircle({ letter: { message } }: Case): boolean {
  const trace = message.fields.all.filter(({ name }) => /^(delivered-to|received)$/i.test(name));
  return trace.some((field, i) => {
    const next = trace[i + 1];
    return /^d/i.test(field.name) && next !== undefined && /^d/i.test(next.name) && field.value === next.value;
  });
}

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1);

/** A group's own server speaks for whatever it passes on: what it passes is anybody's. */
const isUnprovenByGroup = ({ letter: { via, proof } }: Case): boolean =>
  via?.kind === 'group' && proof.result !== 'pass';

/**
 * RFC 3834 §4 by organisation: From and return path of one address, domain or organisation, or proof, or no answer. The return
 * path of a form's letter is the site's, and the configuration stands for it.
 */
function isForeignPath({ author, letter: { envelope, proof, via } }: Case): boolean {
  const path = envelope.from ? identity(envelope.from) : null;
  const own = path === null || author === null || sameOwner(path, author.identity);
  return !own && proof.result !== 'pass' && via?.kind !== 'form';
}

/** The acknowledgement for a letter, or why there is none. It goes to From; to Reply-To only for a form that is listed and believed. */
export function acknowledgementFor(
  c: Case,
  ticket: TicketRef,
  form: Form,
  language: Language,
  values: Acknowledgement['values'] = {},
  effect: Effect = 'added',
): { readonly response: Acknowledgement } | { readonly silence: string } {
  for (const silenceOf of SILENCES) {
    const silence = silenceOf(c, form, effect);
    if (silence !== null) return { silence };
  }
  const { message } = c.letter;
  const files = filesOf(c);
  const named = isKnownWriter(c);
  return {
    response: {
      kind: 'acknowledgement',
      form,
      ticket,
      to: c.author!,
      language,
      inReplyTo: message.messageId,
      references: message.references.slice(-10),
      files: files.map((file, i) => ({
        name: named ? file.filename : unnamedFile(i + 1, file.type, file.filename, language),
        refused: refusalOf(file),
      })),
      values: { matter: ownSubject(c), empty: isEmpty(c), ...values },
    },
  };
}

/**
 * What a person hears whose new tickets are more than an address has acknowledgements for in an hour: one letter at its end with all
 * their numbers. A letter that answers anything gets none, for a robot that answers ours would never hear the end of it; the
 * share of the day bounds this letter too.
 */
export function gatheredFor(
  c: Case,
  answer: ReturnType<typeof acknowledgementFor>,
  language: Language,
): readonly Acknowledgement[] {
  if (!('silence' in answer) || answer.silence !== CAPPED.hour || c.author === null) return [];
  const domainFull = c.sent.toDomainHour >= c.rules.acknowledge.perDomainHour;
  if (domainFull || c.sent.toAddressDay >= capsOf(c).day || answersSomething(c)) return [];
  const values = { matter: ownSubject(c) };
  const thread = { inReplyTo: null, references: [] };
  return [
    {
      kind: 'acknowledgement',
      form: 'gathered',
      ticket: 'opened',
      to: c.author,
      language,
      ...thread,
      files: [],
      values,
    },
  ];
}

/** A reply to whatever it is: by its thread, by the ticket that it names, or by what mail programs put before a subject. */
function answersSomething({ match, letter: { message } }: Case): boolean {
  const { subject, references, fields } = message;
  return (
    match !== null ||
    fields.first('in-reply-to') !== null ||
    references.length > 0 ||
    stripReplyPrefixes(subject) !== subject.trim()
  );
}

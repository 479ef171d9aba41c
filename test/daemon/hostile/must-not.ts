// What a hostile letter must not bring about, one row each: evidence in, what went wrong out, or null. The names are those of
// the manifest; a name that has no row fails its letter, so that no expectation is passed over in silence.

import { identity } from '../../../src/mail/address.ts';
import { sequenceOf } from '../../../src/thread/damm.ts';
import { tagsIn } from '../../../src/thread/tags.ts';
import { type Evidence, wire } from './evidence.ts';
import { isSoft, SEEDED_STATE, type SeededTicket, secretsOf } from './manifest.ts';

type Verdict = (evidence: Evidence, argument: string) => string | null;

const MB = 1024 * 1024;
const headOf = (raw: Buffer) => raw.toString('latin1').split('\r\n\r\n', 1)[0]!;
const same = (a: string, b: string) => identity(a) !== null && identity(a) === identity(b);

/** Whoever the letter comes from by its envelope and, where there is one, by its single valid From. */
const writers = ({ letter, message }: Evidence): readonly string[] => [
  letter.envelope.from,
  ...(message.author ? [message.author.address] : []),
];
const isWriter = (evidence: Evidence, address: string) => writers(evidence).some((one) => same(one, address));

/** Seeded tickets of other people than the envelope sender. */
const foreign = ({ desk, letter }: Evidence): readonly SeededTicket[] =>
  desk.tickets.filter(({ owner }) => !same(owner, letter.envelope.from));

const recipients = (evidence: Evidence) => evidence.answers.flatMap((answer) => answer.to);
const first = <T>(items: readonly T[], say: (item: T) => string): string | null =>
  items.length > 0 ? say(items[0]!) : null;
const texts = (answer: { readonly raw: Buffer }) => answer.raw.toString('utf8');

const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/;

/** The fields a letter of ours has; whatever else stands in a header block was written there by somebody else. */
const OUR_FIELDS = new Set(
  [
    ['from', 'to', 'subject', 'date', 'message-id', 'reply-to', 'in-reply-to', 'references', 'mime-version'],
    ['content-type', 'content-transfer-encoding', 'content-language', 'auto-submitted', 'x-auto-response-suppress'],
  ].flat(),
);

/** Entries that stand for what a writer or a machine said; an operator's would be another kind. */
const NOT_OPERATOR = new Set(['customer', 'thanks', 'automatic', 'bounce']);

const MUST_NOT: Readonly<Record<string, Verdict>> = {
  crash: () => null, // the daemon lives: asked once for all letters
  hang: ({ pause }) => (pause > 10_000 ? `the daemon said nothing for ${pause} ms` : null),
  oom: ({ grown }) => (grown > 300 * MB ? `grew by ${grown} bytes` : null),
  'block-queue': () => null, // the good letter behind all of them is answered: asked once
  lose: ({ rows, kept, given }) => {
    if (!kept || rows.every((row) => row.disposition === null)) return 'it is nowhere';
    return wire(kept) === wire(given) ? null : 'other bytes were kept';
  },

  ack: (evidence) => (isSoft(evidence.letter) ? null : first(recipients(evidence), (to) => `${to} got a letter`)),
  'ack-to': (evidence, address) =>
    first(
      recipients(evidence).filter((to) => same(to, address)),
      (to) => `${to} got a letter`,
    ),
  'multi-ack': (evidence) => (recipients(evidence).length > 1 ? `${recipients(evidence)} got letters` : null),
  'relay-to-customer': (evidence) =>
    first(
      recipients(evidence).filter((to) => foreign(evidence).some(({ owner }) => same(owner, to))),
      (to) => `the owner ${to} got a letter`,
    ),
  'relay-to-stranger': (evidence) =>
    first(
      recipients(evidence).filter((to) => !isWriter(evidence, to)),
      (to) => `${to} got a letter`,
    ),
  'relay-raw': ({ answers, given }) => {
    const body = given.toString('latin1').split('\r\n\r\n').slice(1).join('').trim();
    return answers.some((answer) => body !== '' && answer.raw.includes(body)) ? 'the bytes were sent on' : null;
  },
  'send-mdn': ({ answers }) =>
    answers.some((answer) => /disposition-notification/i.test(texts(answer))) ? 'a read receipt went out' : null,
  'argument-injection': (evidence) => strayRecipient(evidence),
  'command-injection': (evidence) => strayRecipient(evidence),

  'header-injection': ({ answers, rows, entries }) => {
    const stored = [...rows.map((row) => row.subject ?? ''), ...entries.map(({ authorName }) => authorName)];
    if (stored.some((value) => CONTROLS.test(value))) return 'a stored field has more than one line';
    const names = answers.flatMap((answer) =>
      headOf(answer.raw)
        .split('\r\n')
        .flatMap((line) => /^([^\s:]+):/.exec(line)?.[1] ?? []),
    );
    const strange = names.filter((name) => !OUR_FIELDS.has(name.toLowerCase()));
    return first(strange, (name) => `a field ${name} that is not ours`);
  },
  'template-injection': (evidence) =>
    evidence.answers.some(
      (answer) => !/^Subject: (?:\[#\d+\]|=\?)/m.test(headOf(answer.raw)) || repeats(evidence, answer),
    )
      ? 'the answer holds what the letter said'
      : null,
  'reflect-body': (evidence) =>
    evidence.answers.some((answer) => repeats(evidence, answer)) ? 'the answer repeats the letter' : null,
  'log-injection': ({ lines }) =>
    CONTROLS.test(lines.flatMap((line) => Object.values(line)).join('')) ? 'controls in the log' : null,
  'csv-injection': () => null, // nothing is exported by mail; exports clean their own cells
  'accept-attachment': ({ files }, name) =>
    files.some((file) => file.filename === name && file.verdict === 'accepted') ? `${name} was accepted` : null,
  'overwrite-attachment': ({ files, message }) =>
    files.length < message.parts.length ? `${files.length} of ${message.parts.length} files are there` : null,
  'write-outside': () => null, // what lies in the daemon's folder is asked once
  'local-file-read': (evidence) => (fromOutside(evidence) ? 'the answer holds a file of the machine' : null),
  'decompress-over-limit': ({ grown }) => (grown > 300 * MB ? `grew by ${grown} bytes` : null),
  // nothing but SMTP and IMAP to the two servers is spoken; what pages show is their own tests'
  'remote-fetch': () => null,
  xss: (evidence) => markup(evidence),
  'relay-html-unsanitised': (evidence) => markup(evidence),
  'rate-foreign': ({ before, after }) =>
    JSON.stringify(before.tickets) === JSON.stringify(after.tickets) ? null : 'a seeded ticket is another',

  'proto-pollution': (evidence) => strayRecipient(evidence),

  'second-message': ({ rows, entries }) =>
    rows.length > 1 || entries.length > 1 ? `${rows.length} letters, ${entries.length} entries` : null,
  append: ({ entries }) => (entries.length > 0 ? 'it stands in a ticket' : null),
  'append-foreign': (evidence) =>
    first(
      evidence.entries.filter(({ ticket }) => foreign(evidence).some(({ number }) => sequenceOf(number) === ticket)),
      ({ ticket }) => `it stands in ticket ${ticket} of somebody else`,
    ),
  'treat-as-operator': ({ entries }) =>
    first(
      entries.filter(({ kind }) => !NOT_OPERATOR.has(kind)),
      ({ kind }) => `filed as ${kind}`,
    ),
  'new-ticket': ({ rows }) => (rows.some((row) => row.disposition === 'opened') ? 'it opened a ticket' : null),
  'new-ticket-silent': ({ rows, lines }) =>
    rows.some((row) => row.disposition === 'opened') && !lines.some((line) => line.msg === 'ticket opened')
      ? 'a ticket was opened and nobody told'
      : null,
  'reopen-ticket': (evidence) => {
    const touched = new Set(evidence.entries.map(({ ticket }) => ticket));
    for (const number of tagsIn(evidence.message.subject)) touched.add(sequenceOf(number)!);
    const moved = evidence.desk.tickets.filter(({ number, state }) => {
      const now = evidence.after.tickets.find(({ id }) => id === sequenceOf(number));
      return touched.has(sequenceOf(number)!) && now?.state !== SEEDED_STATE[state];
    });
    return first(moved, ({ number }) => `ticket ${number} is in another state`);
  },
  'add-participant': ({ before, after, letter, desk }) => {
    const grown = after.tickets.filter(
      ({ participants }, i) => participants.length !== before.tickets[i]?.participants.length,
    );
    return first(grown, ({ id }) => `the people of ticket ${id} of ${desk.support} changed by ${letter.id}`);
  },
  'disable-customer': ({ desk, after }) =>
    first(
      after.suspended.filter((address) => desk.tickets.some(({ owner }) => same(owner, address))),
      (address) => `${address} is suspended`,
    ),
  'reveal-foreign': (evidence) => {
    const secrets = foreign(evidence).flatMap((ticket) => [ticket.number, ...Object.values(secretsOf(ticket))]);
    // what the letter said itself is no news to its writer: References come back in the answer
    const news = secrets.filter((secret) => !evidence.given.includes(secret));
    const told = news.filter((secret) => evidence.answers.some((answer) => texts(answer).includes(secret)));
    return first(told, (secret) => `the answer says ${secret}`);
  },
};

/** An answer that goes anywhere but to the one address of From, letter for letter. */
function strayRecipient(evidence: Evidence): string | null {
  const author = evidence.message.author?.address;
  return first(
    recipients(evidence).filter((to) => to !== author),
    (to) => `${to} got a letter`,
  );
}

/** Markup of the letter in an answer. */
function markup({ message, answers }: Evidence): string | null {
  const tags = [...(message.html ?? '').matchAll(/<[a-z][^<>]{10,}>/gi)].map(([tag]) => tag);
  return first(
    tags.filter((tag) => answers.some((answer) => texts(answer).includes(tag))),
    (tag) => `the answer holds ${tag}`,
  );
}

const fromOutside = ({ answers }: Evidence) =>
  answers.some((answer) => /root:x?:0:0|BEGIN [A-Z ]*KEY/.test(texts(answer)));

/** Whether an answer holds a line of the letter's body, or its subject. */
function repeats({ message }: Evidence, answer: { readonly raw: Buffer }): boolean {
  const said = [...message.text.split('\n'), message.subject].map((line) => line.trim());
  return said.some((line) => line.length >= 20 && texts(answer).includes(line));
}

/** What the letter brought about that its manifest forbids. */
export function broken(evidence: Evidence): readonly string[] {
  return evidence.letter.expect.mustNot.flatMap((rule) => {
    const [name, argument = ''] = rule.split(/:(.*)/s);
    const verdict = MUST_NOT[name!];
    const wrong = verdict ? verdict(evidence, argument) : 'nobody knows how to check this';
    return wrong === null ? [] : [`${rule}: ${wrong}`];
  });
}

// An operator's letter with commands: each is carried out on paper; where one can't be, nothing is done and nothing is sent;
// what is left of the letter goes to the customer or stays with the desk. A transcript tells of every line.

import { type CarriedOut, carryOut } from '../../desk/commands/carry-out.ts';
import type { Parsed } from '../../desk/commands/parse.ts';
import { LEVEL_WORDS, momentWords } from '../../desk/deadline-words.ts';
import { deferralOf, deferralWords } from '../../desk/deferrals.ts';
import { dateOf, dayAt, zoneOf } from '../../desk/zone.ts';
import type { Mailbox } from '../../mail/address.ts';
import { decideCall, NOTHING_SENT } from '../call.ts';
import type { Case } from '../case.ts';
import type { Change, Decision, EntryFacts } from '../decision.ts';
import { notificationsFor } from '../notify.ts';
import { SILENCE, sendAnswer } from './answer.ts';
import { type Draft, draftOf } from './draft.ts';
import { findingsOn } from './guards.ts';
import { tellAccess, tellColleagues } from './handed-over.ts';
import { holdAnswer } from './hold.ts';
import type { Conversation, DeskStanding } from './standing.ts';
import { transcriptOf } from './transcript.ts';

/** Decides on a letter with commands. `proven`: why it is believed. */
export const decideCommands = (c: Case, standing: DeskStanding, written: Parsed, proven: string): Decision =>
  followCommands(c, standing, carriedOut(c, standing, written), { rest: written.rest, proven });

/** The commands on paper. */
export function carriedOut({ letter, rules, now }: Case, standing: DeskStanding, written: Parsed): CarriedOut {
  return carryOut(written.commands, {
    by: standing.operator,
    ticket: standing.conversation?.ticket ?? null,
    text: written.rest,
    // a logo that is new to us makes no answer of a bare command
    files: letter.attachments.some((file) => !file.inlined && !file.logoSized),
    operators: rules.operators,
    answers: rules.readyAnswers,
    known: standing.known,
    ownAddresses: rules.ownAddresses,
    moment: (at) => momentWords(at, rules.timeZone, rules.language),
    today: dateOf(dayAt(now, zoneOf(rules.timeZone))),
    now,
  });
}

/** What follows from commands that were carried out on paper. */
export function followCommands(
  c: Case,
  standing: DeskStanding,
  done: CarriedOut,
  { rest, proven }: { readonly rest: string; readonly proven: string },
): Decision {
  const { operator, conversation } = standing;
  const typed = done.lines.map((line) => line.typed).join(' ');
  const told: Decision = {
    disposition: 'command',
    because: `${operator.name}: ${typed}`,
    changes: [],
    responses: [],
    silence: SILENCE,
  };
  const nothing = { rest, sent: null, acknowledged: false };
  if (done.held)
    return { ...told, because: `held, ${told.because}`, responses: [transcriptOf(c, standing, done, nothing)] };
  if (done.call) {
    const decision = opened(c, standing, done.call, told);
    const transcript = transcriptOf(c, standing, done, { ...nothing, acknowledged: decision.silence === null });
    return { ...decision, responses: [...decision.responses, { ...transcript, ticket: 'opened' }] };
  }
  const apart = splitOff(c, standing, done);
  const acknowledged = apart.some(({ kind }) => kind === 'acknowledgement');
  const noted = noteOf(c, standing, done);
  const handed = [...tellColleagues(c, standing, done), ...tellAccess(c, standing, done)];
  if (done.answer === null || conversation === null)
    return {
      ...told,
      changes: [...done.changes, ...noted, ...remembered(c, done)],
      responses: [transcriptOf(c, standing, done, { ...nothing, acknowledged }), ...apart, ...handed],
    };
  const draft = answerDraft(c, standing, conversation, done, done.answer);
  const findings = findingsOn(draft, c);
  if (findings.length > 0)
    return holdAnswer(
      c,
      draft,
      findings,
      done.lines.map(({ typed: one }) => one),
    );
  const sent = sendAnswer(c, draft, {
    form: done.answer.form,
    from: done.answer.text === '' ? null : operator.name,
    because: proven,
    decided: done.decided,
  });
  return {
    ...sent,
    because: `${sent.because}; ${typed}`,
    changes: [...done.changes, ...noted.map((change) => ({ ...change, apart: true }) as const), ...sent.changes],
    responses: [
      ...sent.responses,
      transcriptOf(c, standing, done, { rest, sent: draft, acknowledged }),
      ...apart,
      ...handed,
    ],
  };
}

/** The answer, to the people that the commands left on the ticket; a deferral says its reason in the regulation's words. */
function answerDraft(
  c: Case,
  standing: DeskStanding,
  conversation: Conversation,
  { ticket }: CarriedOut,
  { text, reason }: NonNullable<CarriedOut['answer']>,
): Draft {
  const before = conversation.ticket;
  const now = ticket ?? before;
  const deferral = reason === null ? undefined : deferralOf(reason);
  const said = deferral ? [text, deferralWords(deferral, now.language)].filter(Boolean).join('\n\n') : text;
  const people = now.participants.map(
    (address): Mailbox => conversation.people.find((one) => one.address === address) ?? { name: '', address },
  );
  const requesterFirst = people.toSorted(
    (a, b) => Number(b.address === now.requester) - Number(a.address === now.requester),
  );
  // a ticket that was merged is named in the letter by right
  const named = standing.named.filter(({ id }) => now.id === before.id || id !== before.id);
  return draftOf(c, { ...standing, named }, { ...conversation, ticket: now, people: requesterFirst }, said);
}

/** What stays with the desk, as an entry. */
function noteOf(
  { letter: { message, receivedAt, attachments } }: Case,
  { operator }: DeskStanding,
  { internal, ticket }: CarriedOut,
): readonly Extract<Change, { kind: 'append-entry' }>[] {
  if (internal === null || ticket === null) return [];
  const entry: EntryFacts = {
    kind: internal.entry,
    author: operator.identity,
    authorName: operator.name,
    at: receivedAt,
    subject: message.subject,
    reply: internal.text,
    quoted: message.quoted,
    proof: '',
    attachments,
  };
  return [{ kind: 'append-entry', ticket: ticket.id, entry }];
}

const remembered = ({ letter: { message } }: Case, { ticket }: CarriedOut): readonly Change[] =>
  message.messageId && ticket ? [{ kind: 'remember-message-id', ticket: ticket.id, messageId: message.messageId }] : [];

/** Of a letter that became a ticket of its own its writer gets the number, and every operator concerned a notification. */
function splitOff(c: Case, { known }: DeskStanding, { changes, ticket }: CarriedOut): Decision['responses'] {
  const split = changes.find((change) => change.kind === 'split');
  const letter = known.letters.find(({ entry }) => entry === split?.entry);
  if (!letter || ticket === null) return [];
  const { level, language } = ticket;
  return [
    {
      kind: 'acknowledgement',
      form: 'full',
      ticket: 'split',
      to: letter,
      language,
      inReplyTo: null,
      references: [],
      files: [],
      values: { level: LEVEL_WORDS[language][level], due: null, missing: [] },
    },
    ...notificationsFor({ ...c, author: null }, { ticket: 'split', assignee: null, level, requester: letter.identity }),
  ];
}

/** A call of somebody who has no ticket. */
function opened(
  c: Case,
  { known }: DeskStanding,
  { address, identity, text }: NonNullable<CarriedOut['call']>,
  told: Decision,
): Decision {
  const { subject } = c.letter.message;
  const decision = decideCall({
    caller: { name: '', address, identity },
    client: known.clients.get(identity) ?? null,
    subject,
    text,
    attachments: c.letter.attachments,
    kind: 'phone',
    sent: NOTHING_SENT,
    rules: c.rules,
    now: c.now,
  });
  return { ...decision, because: `${decision.because}: ${told.because}` };
}

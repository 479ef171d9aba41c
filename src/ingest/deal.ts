// One prepared letter inside the transaction that deals with it: look up, decide, apply, one disposition.

import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Count } from '../config/count.ts';
import type { Fault } from '../config/fault.ts';
import type { Log } from '../config/log.ts';
import { isCapped } from '../decide/acknowledgement.ts';
import { authorOf, type Rules } from '../decide/case.ts';
import { decide } from '../decide/decide.ts';
import type { Disposition, Step } from '../decide/decision.ts';
import type { DeskStanding } from '../decide/operator/standing.ts';
import { passedOn as findPassedOn } from '../decode/passed-on.ts';
import { companyOf } from '../desk/clients/company.ts';
import { isMachine, kindInWords, weightOf } from '../mail/classification.ts';
import { isSentFolder } from '../mail/envelope.ts';
import type { Message } from '../mail/message.ts';
import { isOnlyNamed } from '../mail/via.ts';
import { isDisowned } from '../proof/sender-proof.ts';
import { type ApplyContext, apply } from '../store/apply.ts';
import { findClient } from '../store/clients.ts';
import { type ClaimedLetter, closeLetter, type Outcome } from '../store/letters.ts';
import {
  answerSentAs,
  isSuspended,
  lastHeard,
  leftAt,
  lookUpThread,
  recipientsOf,
  sentLately,
} from '../store/lookup.ts';
import { findSame, type Same, supersede } from '../store/same-letter.ts';
import type { Tables } from '../store/schema.ts';
import { filedAnswerOf } from '../store/sent-answers.ts';
import { toldEnough } from '../store/told-enough.ts';
import { chooseThread } from '../thread/choose.ts';
import { ticketNumber } from '../thread/damm.ts';
import { type Marks, threadKeys } from '../thread/keys.ts';
import { countedFor } from './counted.ts';
import { withoutLogos } from './logos.ts';
import { noticedOf, standingOf } from './operator.ts';
import { lookUpPassedOn } from './passed-on.ts';
import { readAs } from './read-as.ts';
import type { ReadLetter } from './reader.ts';
import { tally } from './tally.ts';
import { unsubscribing } from './unsubscribing.ts';

export interface DealDeps extends Pick<ApplyContext, 'messageIdFor' | 'replyAddressFor'> {
  readonly rules: Rules;
  readonly marks: Marks;
  readonly log: Log;
  readonly now: () => number;
  readonly count?: Count | undefined;
  readonly fault?: Fault | undefined;
}

export interface Dealt {
  readonly queued: number;
  /** Says in the log what became of the letter; called after the commit. */
  readonly report: () => void;
}

/** Deals with one letter. Throws where the database does; the caller undoes all of it. */
export async function deal(
  deps: DealDeps,
  trx: Kysely<Tables>,
  spooled: ClaimedLetter,
  { letter, stemmed, passedOn }: ReadLetter,
): Promise<Dealt> {
  const { message, classification } = letter;
  const { messageIdFor, replyAddressFor } = deps;
  const now = deps.now();
  const author = authorOf(message);
  const messageId = message.messageId ?? madeId(spooled.digest, message);
  const readSo = readAs(message);
  const known = { messageId, author: author?.identity ?? null, subject: message.subject };
  const way: Step[] = [
    { step: 'decode', what: message.defects.length ? 'mended' : 'sound', defects: message.defects },
    {
      step: 'classify',
      what: `${kindInWords(classification)} ${classification.evidence}`.trim(),
    },
    { step: 'prove', what: `sender ${letter.proof.result} ${letter.proof.evidence}`.trim() },
  ];
  const close = (outcome: Omit<Outcome, 'path' | 'classification'>) =>
    closeLetter(trx, spooled.id, { ...known, classification, readAs: readSo, ...outcome, path: way }, now);

  const copy = await findSame(trx, { ...spooled, messageId, readAs: readSo });
  const sent = isSentFolder(spooled.source);
  // an answer that came to the inbox as well, as a copy of its writer's, opened a ticket there and is still an answer
  const same = copy && !(sent && copy.disposition === 'opened') ? copy : null;
  const closeAsCopy = async (of: Same): Promise<Dealt> => {
    const because = `the same letter as ${of.id}`;
    way.push({ step: 'decide', what: because });
    await close({ disposition: 'duplicate', because, ticket: of.ticket, sameAs: of.id, silence: because });
    const ended = { disposition: 'duplicate', silence: because, defects: message.defects } as const;
    const report = () => {
      tally(deps.count, ended);
      deps.log.info({ letter: spooled.id, same: of.id }, 'seen before, filed once');
    };
    return { queued: 0, report };
  };
  const machine = isMachine(classification) && spooled.released === null;
  if (same && (machine || !same.givesWay)) return closeAsCopy(same);

  const bounced = letter.report?.original.messageId ?? null;
  const keys = threadKeys({ message, envelope: letter.envelope, bounced }, deps.marks);
  const client = await findClient(trx, known.author);
  const company = companyOf(known.author, deps.rules.companies, client);
  const hits = await lookUpThread(trx, keys);
  const onlyNamed = isOnlyNamed(letter.via, letter.proof);
  // whom a letter only names has no right to a ticket by his name
  const writer = onlyNamed ? { identity: null, company: new Set<string>() } : { identity: known.author, company };
  const match = chooseThread(keys, hits, {
    ...writer,
    machine,
    // a report is no person's, and is believed by what it reports on
    disowned: isDisowned(letter.proof) && letter.report === null,
  });
  const operator = deps.rules.operators.find((one) => one.identity === known.author);
  const { confirmed } = spooled;
  // nor is he an operator by it: no token counts, and he is asked
  const tokens = onlyNamed ? [] : keys;
  const desk = operator
    ? await standingOf(trx, { operator, message, keys: tokens, hits, match, confirmed, marks: deps.marks, now })
    : null;
  const decision = decide({
    letter: await withoutLogos(trx, letter, { desk, match, id: spooled.id }),
    author,
    match,
    client,
    unsubscribes: await unsubscribing(trx, message, keys, { author: known.author, marks: deps.marks }),
    answeredAt: match && weightOf(classification) === 'weak' ? await leftAt(trx, keys, match.ticket.id) : null,
    sentFolder: sent
      ? {
          heardAt: await lastHeard(trx, match?.ticket.id ?? null),
          filedAnswerOf: await filedAnswerOf(trx, message, letter.receivedAt),
        }
      : null,
    sent: await sentLately(trx, countedFor(known.author, match?.ticket.id ?? null), now),
    bouncedTo: await recipientsOf(trx, bounced),
    bouncedAnswer: await answerSentAs(trx, bounced),
    suspended: await isSuspended(trx, known.author),
    toldEnough: await toldEnough(trx, deps.rules, now),
    desk,
    noticed:
      desk || onlyNamed || isDisowned(letter.proof) || confirmed
        ? null
        : await noticedOf(trx, { author, keys, match, now }),
    passed:
      desk &&
      (await lookUpPassedOn(
        trx,
        message,
        () => (passedOn === undefined ? findPassedOn(message) : passedOn),
        deps.rules,
        {
          answers: desk.conversation !== null,
          now,
        },
      )),
    released: spooled.released,
    rules: deps.rules,
    now,
  });
  // the copy that was in before stays what it is, where this one is not a person's either
  if (same && !PERSONS.includes(decision.disposition)) return closeAsCopy(same);
  const gathered = decision.responses.filter((one) => one.kind === 'notification' && one.form === 'gathered').length;
  const { ticket, queued } = await apply(trx, decision, {
    messageIdFor,
    replyAddressFor,
    timetable: deps.rules.timetable,
    letter: spooled.id,
    stemmed,
    now,
  });
  deps.fault?.('applied');
  way.push(
    {
      step: 'thread',
      what: match
        ? `[#${match.ticket.number}] by ${match.by} ${match.evidence} (${match.entitled ?? 'no proof'})`
        : unmatched(keys.length),
    },
    ...(desk ? [{ step: 'operator', what: standsFor(desk) } as const] : []),
    ...(spooled.released === null ? [] : [{ step: 'decide', what: `released by ${spooled.released}` } as const]),
    ...(same ? [{ step: 'decide', what: `supersedes letter ${same.id}, which was ${same.disposition}` } as const] : []),
    { step: 'decide', what: `${decision.disposition}: ${decision.because}${later(gathered)}` },
    { step: 'acknowledge', what: decision.silence ?? 'yes' },
  );
  const { disposition, because, silence, aside } = decision;
  await close({ disposition, because, ticket, silence, aside });
  if (same) await supersede(trx, same, { id: spooled.id, ticket });
  return {
    queued,
    report: () => {
      tally(deps.count, { ...decision, defects: message.defects });
      deps.log[isCapped(decision.silence) || decision.alarm || gathered > 0 ? 'warn' : 'info'](
        {
          letter: spooled.id,
          event: decision.alarm,
          ...(ticket === null ? {} : { ticket: ticketNumber(ticket) }),
          from: known.author ?? undefined,
          silence: decision.silence ?? undefined,
          toldLater: gathered || undefined,
          supersedes: same?.id,
          releasedBy: spooled.released ?? undefined,
          // a new ticket is what a letter becomes unless something speaks against it: no need to say why
          ...(match || decision.disposition !== 'opened' ? { because: decision.because } : {}),
        },
        ticket === null && isAutomatic(decision.disposition)
          ? `set aside: ${SAID[decision.disposition]}`
          : SAID[decision.disposition],
      );
    },
  };
}

/** Ends in which a letter is before a person, or was done as he said. */
const PERSONS: readonly Disposition[] = ['opened', 'appended', 'command'];

/**
 * The Message-ID by which a letter without a usable one is known again. It differs from every other id: a letter without
 * one must not swallow those of the same words that have one.
 */
const madeId = (digest: string, { fields }: Message): string =>
  `${createHash('sha256')
    .update(`${digest}\0${fields.first('message-id') ?? ''}`)
    .digest('hex')}@no-message-id.invalid`;

function unmatched(claims: number): string {
  if (claims === 0) return 'names no ticket';
  return `names ${claims === 1 ? 'something' : `${claims} things`} that no ticket of ours is known by`;
}

function standsFor({ operator, tokens, confirmed }: DeskStanding): string {
  const by = tokens.map((token) => token.by).join(', ') || 'no token';
  return `${operator.name}: ${confirmed ? 'confirmed' : by}`;
}

/** Operators who had their letters for the hour. */
const later = (people: number): string => (people === 0 ? '' : `; operators told at the end of the hour: ${people}`);

const isAutomatic = (disposition: Disposition): boolean => disposition === 'automatic' || disposition === 'bounce';

const SAID: Readonly<Record<Disposition, string>> = {
  opened: 'ticket opened',
  appended: 'filed on its ticket',
  elsewhere: 'sent past kvitok, no answer on a ticket',
  automatic: 'automatic mail',
  bounce: 'delivery report',
  own: 'our own letter came back',
  duplicate: 'seen before, filed once',
  command: 'done as the operator said',
  quarantined: 'set aside',
  'answers-notice': 'set aside, its writer is asked',
};

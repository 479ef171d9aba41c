// What is said to an MTA at MAIL FROM, at RCPT TO and behind the final dot (RFC 2033, 5321). In: a way to keep letters and
// the desk's recipients; out: handlers for smtp-server. 250 stands for "kept", for nothing less.

import { createHash } from 'node:crypto';
import type {
  SMTPServerAddress,
  SMTPServerDataResult,
  SMTPServerDataStream,
  SMTPServerEnvelope,
  SMTPServerOptions,
  SMTPServerSession,
} from 'smtp-server';
import type { Fault } from '../../config/fault.ts';
import type { Log } from '../../config/log.ts';
import type { ListenerConfig } from '../../config/schema.ts';
import type { Keep } from '../../ingest.ts';
import type { Envelope } from '../../mail/envelope.ts';
import { errorWords } from '../../mail/error-words.ts';
import type { Budget } from './budget.ts';
import { receive } from './receive.ts';
import type { Recipients } from './recipients.ts';
import {
  CLOSING,
  isSuccess,
  NO_ROOM,
  NOT_NOW,
  type Reply,
  replyError,
  replyTo,
  TOO_LARGE,
  TOO_SLOW,
  UNKNOWN_RECIPIENT,
} from './reply.ts';

export interface ConversationDeps {
  readonly protocol: ListenerConfig['protocol'];
  readonly recipients: Recipients;
  readonly keep: Keep;
  readonly log: Log;
  readonly now: () => number;
  readonly letterBytes: number;
  readonly budget: Budget;
  /** Milliseconds from the 354 to the final dot. */
  readonly letterMs: number;
  /** Ends a connection with these words. */
  readonly hangUp: (session: SMTPServerSession, reply: Reply) => void;
  readonly stopping: () => boolean;
  /** No letter may be kept any more. */
  readonly closed: () => boolean;
  readonly fault?: Fault | undefined;
}

export interface Conversation {
  readonly handlers: Required<Pick<SMTPServerOptions, 'onMailFrom' | 'onRcptTo' | 'onData'>>;
  /** Whether a letter is under way there. */
  busy(session: SMTPServerSession): boolean;
  counts(): { readonly kept: number; readonly refused: number };
}

/** The handlers of one listener, and what they counted. */
export function conversation(deps: ConversationDeps): Conversation {
  const { recipients, budget, log } = deps;
  const lmtp = deps.protocol === 'lmtp';
  let kept = 0;
  let refused = 0;
  /** As often as RCPT was answered with 250: LMTP owes each a reply, those of one address too (RFC 2033 §4.2). */
  const accepted = new WeakMap<SMTPServerEnvelope, string[]>();
  const underWay = new Set<SMTPServerSession>();

  const refusal = (reply: Reply, about: object): Error => {
    refused += 1;
    log.warn({ event: 'refused', ...about, reply: reply.status }, reply.text);
    return replyError(reply);
  };

  const received = async (stream: SMTPServerDataStream, session: SMTPServerSession) => {
    underWay.add(session);
    const late = setTimeout(() => deps.hangUp(session, TOO_SLOW), deps.letterMs);
    try {
      return await receive(stream, deps.letterBytes, budget);
    } finally {
      clearTimeout(late);
      underWay.delete(session);
    }
  };

  const keepOne = async (raw: Buffer, envelope: Envelope): Promise<Reply> => {
    // once it is kept the bytes may be given away to the thread that reads them
    const { byteLength } = raw;
    try {
      if (deps.closed()) return CLOSING;
      deps.fault?.('lmtp-received');
      const [answer] = await deps.keep([deliveryOf(raw, envelope, deps)]);
      deps.fault?.('lmtp-kept');
      if (answer?.kind === 'accepted') kept += 1;
      return replyTo(answer ?? { kind: 'tryLater', reason: 'the store said nothing' });
    } catch (error) {
      // what nobody thought of is temporary: the MTA has the letter still
      log.error({ error: errorWords(error) }, 'a letter could not be kept');
      return NOT_NOW;
    } finally {
      budget.give(byteLength);
    }
  };

  const onData = async (stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): Promise<void> => {
    const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
    const to = accepted.get(session.envelope) ?? [];
    const came = await received(stream, session);
    if (came.kind === 'cut-off') return log.warn({ event: 'cut-off', from }, 'the sender left before the final dot');
    const reply =
      came.kind === 'letter' ? await keepOne(came.raw, { from, to: [...new Set(to)] }) : REFUSALS[came.kind];
    const result = isSuccess(reply) ? reply.text : refusal(reply, { from });
    done(null, lmtp ? to.map(() => result) : [result]);
    if (deps.stopping()) deps.hangUp(session, CLOSING);
  };

  return {
    handlers: {
      onMailFrom: (from, _session, done) => {
        // a letter that would not fit now is not sent in vain
        const fits = statedSize(from) <= budget.free();
        done(fits ? null : refusal(NO_ROOM, { from: from.address }));
      },
      onRcptTo: (to, session, done) => {
        const ours = recipients(to.address);
        if (ours === null) return done(refusal(UNKNOWN_RECIPIENT, { to: to.address }));
        accepted.set(session.envelope, [...(accepted.get(session.envelope) ?? []), ours]);
        done();
      },
      onData: (stream, session, done) => void onData(stream, session, done),
    },
    busy: (session) => underWay.has(session),
    counts: () => ({ kept, refused }),
  };
}

type Done = (error: Error | null, results?: SMTPServerDataResult[]) => void;

const REFUSALS = { 'too-large': TOO_LARGE, 'no-room': NO_ROOM } as const;

/** The SIZE parameter of MAIL FROM (RFC 1870 §4), 0 where it is not stated. */
function statedSize({ args }: SMTPServerAddress): number {
  return args ? Number(args.SIZE ?? 0) || 0 : 0;
}

/** The same bytes to the same recipient are the same hand-over: an MTA that missed our 250 sends them again. */
function deliveryOf(raw: Buffer, envelope: Envelope, { protocol, now }: ConversationDeps) {
  const digest = createHash('sha256').update(raw).digest('hex');
  return { source: protocol, key: `lmtp:${digest}:${envelope.to[0] ?? ''}`, receivedAt: now(), envelope, raw };
}

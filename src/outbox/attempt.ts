// One attempt to send a letter: put together, handed over, and where that fails in a way that can be mended at once, once more.
// What the desk must read leaves in some form: without files where the server takes no letter so large (RFC 1870, RFC 3463
// X.3.4) or of such a kind, from the support address where it refuses the null path, as a bare notice where the letter can't be
// put together or the server takes nothing of it.

import { OUTGOING } from '../desk/outgoing.ts';
import type { OutgoingLetter } from '../store/outbox.ts';
import type { Reduced } from '../store/schema.ts';
import { isTrouble } from '../store/trouble.ts';
import { bareNotice } from './bare.ts';
import { type ComposedLetter, compose, dressed, type Extent, type Material, NOTHING, type Sender } from './compose.ts';
import { type Failure, isLasting, isTooLarge } from './retry.ts';
import type { Templates } from './templates.ts';
import type { Sent, Transport } from './transport.ts';

export interface AttemptDeps {
  readonly transport: Transport;
  readonly templates: Templates;
  readonly sender: Sender;
  /** Reads what a letter says beside its row; rejects where the database is in trouble. */
  readonly material: (letter: OutgoingLetter, extent?: Extent) => Promise<Material>;
}

export type Attempted =
  /** `passing`: the database is in trouble, and the letter is not to blame. */
  | { readonly kind: 'uncomposed'; readonly error: string; readonly passing: boolean }
  | {
      readonly kind: 'tried';
      readonly result: Sent;
      readonly composed: Reduced | null;
      /** Why it is not as it should be. */
      readonly error: string | null;
    };

/** Tries to send a letter; rejects only where nobody knows how far it got. */
export async function attempt(deps: AttemptDeps, letter: OutgoingLetter): Promise<Attempted> {
  const { transport, sender } = deps;
  const toDesk = OUTGOING[letter.kind].reader === 'desk';
  let made = await put(deps, letter, 'whole');
  if (made.kind === 'uncomposed' && toDesk && !made.passing) made = bare(letter, sender, made.error, 'uncomposed');
  if (made.kind === 'uncomposed') return made;
  let result = await transport.send(made.mail);
  for (const remedy of toDesk ? REMEDIES : []) {
    if (result.ok) break;
    const other = await remedy(made, result.failure, deps, letter);
    if (other === null) continue;
    result = await transport.send(other.mail);
    made = other;
  }
  return { kind: 'tried', result, composed: made.composed, error: result.ok ? made.error : null };
}

/** What is sent in place of a letter that was refused like this; null where it would change nothing. */
type Remedy = (
  made: Made,
  failure: Failure,
  deps: AttemptDeps,
  letter: OutgoingLetter,
) => Promise<Made | null> | Made | null;

const withoutFiles: Remedy = async (made, { message }, deps, letter) => {
  if (!made.mail.mail.attachments) return null;
  const smaller = await put(deps, letter, 'without-files');
  if (smaller.kind !== 'made') return null;
  const { mail, envelope } = smaller.mail;
  const from = made.mail.envelope.from;
  return {
    ...smaller,
    mail: { ...smaller.mail, mail, envelope: { ...envelope, from } },
    composed: 'without-files',
    error: message,
  };
};

const fromSupport: Remedy = (made, { message }, { sender }) =>
  made.mail.envelope.from === ''
    ? {
        ...made,
        mail: { ...made.mail, envelope: { ...made.mail.envelope, from: sender.address } },
        error: made.error ?? `the null return path was refused: ${message}`,
      }
    : null;

/** A filter refuses what it reads: a file of a kind it does not like, or the customer's very words. */
const asNotice: Remedy = (made, { message, reached }, { sender }, letter) => {
  if (reached !== 'after-dot') return null;
  const notice = bare(letter, sender, message, 'refused');
  return { ...notice, mail: { ...notice.mail, envelope: made.mail.envelope } };
};

const when =
  (holds: (failure: Failure) => boolean, remedy: Remedy): Remedy =>
  (made, failure, deps, letter) =>
    holds(failure) ? remedy(made, failure, deps, letter) : null;

/** In this order, each once: what a server refuses for one reason it may refuse again for the next. */
const REMEDIES: readonly Remedy[] = [
  when(isTooLarge, withoutFiles),
  when(isLasting, fromSupport),
  when((failure) => isTooLarge(failure) || isLasting(failure), withoutFiles),
  when(isLasting, asNotice),
];

interface Made {
  readonly kind: 'made';
  readonly mail: ComposedLetter;
  readonly composed: Reduced | null;
  readonly error: string | null;
}

type Put = Made | Extract<Attempted, { kind: 'uncomposed' }>;

async function put({ material, sender, templates }: AttemptDeps, letter: OutgoingLetter, extent: Extent): Promise<Put> {
  try {
    const read = await material(letter, extent);
    // several letters are put together at once, each in its own turn of the loop, so that others have theirs in between
    await new Promise(setImmediate);
    const mail = compose(letter, read, sender, templates);
    return { kind: 'made', mail, composed: null, error: null };
  } catch (error) {
    return { kind: 'uncomposed', error: (error as Error).message, passing: isTrouble(error) };
  }
}

function bare(letter: OutgoingLetter, sender: Sender, error: string, why: 'uncomposed' | 'refused'): Made {
  const notice = bareNotice(letter.ticket, { why, error }, letter.model.language);
  return { kind: 'made', mail: dressed(letter, NOTHING, sender, notice), composed: 'bare', error };
}

// One attempt to send a letter: put together, handed over, and where that fails in a way that can be mended at once, once more.
// What the desk must read leaves in some form: without files where the server takes no letter so large (RFC 1870, RFC 3463
// X.3.4), as a bare notice where it can't be put together, from the support address where the server refuses the null path.

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
  if (made.kind === 'uncomposed' && toDesk && !made.passing) made = bare(letter, sender, made.error);
  if (made.kind === 'uncomposed') return made;
  let result = await transport.send(made.mail);
  if (toDesk && made.mail.mail.attachments && failsFor(result, isTooLarge)) {
    const smaller = await put(deps, letter, 'without-files');
    if (smaller.kind === 'made') {
      made = { ...smaller, composed: 'without-files', error: wordsOf(result) };
      result = await transport.send(made.mail);
    }
  }
  if (toDesk && made.mail.envelope.from === '' && failsFor(result, isLasting)) {
    const again = await transport.send({ ...made.mail, envelope: { ...made.mail.envelope, from: sender.address } });
    if (again.ok) made = { ...made, error: made.error ?? `the null return path was refused: ${wordsOf(result)}` };
    result = again;
  }
  return { kind: 'tried', result, composed: made.composed, error: made.error };
}

interface Made {
  readonly kind: 'made';
  readonly mail: ComposedLetter;
  readonly composed: Reduced | null;
  readonly error: string | null;
}

type Put = Made | Extract<Attempted, { kind: 'uncomposed' }>;

async function put({ material, sender, templates }: AttemptDeps, letter: OutgoingLetter, extent: Extent): Promise<Put> {
  try {
    const mail = compose(letter, await material(letter, extent), sender, templates);
    return { kind: 'made', mail, composed: null, error: null };
  } catch (error) {
    return { kind: 'uncomposed', error: (error as Error).message, passing: isTrouble(error) };
  }
}

function bare(letter: OutgoingLetter, sender: Sender, error: string): Made {
  const notice = bareNotice(letter.ticket, error, letter.model.language);
  return { kind: 'made', mail: dressed(letter, NOTHING, sender, notice), composed: 'bare', error };
}

const failsFor = (result: Sent, holds: (failure: Failure) => boolean): boolean => !result.ok && holds(result.failure);

const wordsOf = (result: Sent): string => (result.ok ? '' : result.failure.message);

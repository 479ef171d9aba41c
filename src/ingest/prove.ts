// What stands for the sender of a letter: what the desk's own mail server stated of it, or, where the desk asks for it, our
// own check of its signatures. A statement by the server goes first: it saw the connection. Where it does not show that a
// signature covers the whole letter our own check does, which knows which of them holds.

import { resolve } from 'node:dns/promises';
import type { Envelope } from '../mail/envelope.ts';
import type { Message } from '../mail/message.ts';
import { proveByMailauth, type Resolver } from '../proof/mailauth.ts';
import { isHeaderCut, type SenderProof, senderProof } from '../proof/sender-proof.ts';

export type Prove = (raw: Uint8Array, message: Message, envelope: Envelope) => Promise<SenderProof>;

/** As in the configuration's `threading`. */
export interface ProofSettings {
  readonly authservId: string | null;
  readonly belowReceived: boolean;
  readonly checkSignatures: boolean;
}

/** The proof a desk's configuration asks for. Looks up names of signers only where `checkSignatures` is on. */
export function proveBy({ checkSignatures, ...settings }: ProofSettings): Prove {
  return async (raw, message, envelope) => {
    const stated = senderProof(message, envelope, settings, raw);
    if (stated.result !== 'none' || !checkSignatures) return stated;
    return proveByMailauth(raw, {
      fields: message.fields,
      cut: isHeaderCut(message),
      author: message.author?.address ?? null,
      // which client spoke to our border is not known for a letter out of a mailbox, so DKIM has to do without SPF
      ip: null,
      helo: null,
      mailFrom: envelope.from,
      resolver: within(LOOK_UPS_MS, (name, type) => resolve(name, type) as Promise<string[] | string[][]>),
    });
  };
}

/** All look-ups of one letter together: the system waits twenty seconds and more for one name server that is silent. */
const LOOK_UPS_MS = 8_000;

/** The resolver for so many milliseconds from now on; what has no answer by then is rejected with ETIMEOUT. */
export function within(ms: number, resolver: Resolver): Resolver {
  const { promise: over, reject } = Promise.withResolvers<never>();
  over.catch(() => {});
  setTimeout(() => reject(Object.assign(new Error('the name servers are too slow'), { code: 'ETIMEOUT' })), ms).unref();
  return (name, type) => Promise.race([resolver(name, type), over]);
}

/** For reading without a desk: nothing is trusted, nothing is looked up. */
export const PROVE_NOTHING: ProofSettings = { authservId: null, belowReceived: false, checkSignatures: false };

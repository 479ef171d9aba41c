// What stands for the sender of a letter: what the desk's own mail server stated of it, or, where the desk asks for it, our
// own check of its signatures. A statement by the server goes first: it saw the connection.

import { resolve } from 'node:dns/promises';
import type { Config } from '../config/schema.ts';
import type { Envelope } from '../mail/envelope.ts';
import type { Message } from '../mail/message.ts';
import { proveByMailauth } from '../proof/mailauth.ts';
import { type SenderProof, senderProof } from '../proof/sender-proof.ts';

export type Prove = (raw: Uint8Array, message: Message, envelope: Envelope) => Promise<SenderProof>;

/** The proof a desk's configuration asks for. Looks up names of signers only where `checkSignatures` is on. */
export function proveBy({ authservId, belowReceived, checkSignatures }: Config['threading']): Prove {
  const settings = { authservId: authservId ?? null, belowReceived };
  return async (raw, message, envelope) => {
    const stated = senderProof(message, envelope, settings);
    if (stated.result !== 'none' || !checkSignatures) return stated;
    return proveByMailauth(raw, {
      author: message.author?.address ?? null,
      // which client spoke to our border is not known for a letter out of a mailbox, so DKIM has to do without SPF
      ip: null,
      helo: null,
      mailFrom: envelope.from,
      resolver: (name, type) => resolve(name, type) as Promise<string[] | string[][]>,
    });
  };
}

/** For reading without a desk: nothing is trusted, nothing is looked up. */
export const proveNothing: Prove = async (_raw, message, envelope) =>
  senderProof(message, envelope, { authservId: null });

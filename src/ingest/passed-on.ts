// What is looked up of a letter that an operator passes on: who wrote it, and what the store knows of that person.

import type { Kysely } from 'kysely';
import type { OnBehalf, Rules } from '../decide/case.ts';
import type { PassedOn } from '../decode/passed-on.ts';
import { isForwardSubject } from '../decode/reply.ts';
import { identity } from '../mail/address.ts';
import type { Message } from '../mail/message.ts';
import { isOwnAddress } from '../mail/own-address.ts';
import { findClient } from '../store/clients.ts';
import { isSuspended, sentLately } from '../store/lookup.ts';
import type { Tables } from '../store/schema.ts';
import { countedFor } from './counted.ts';

/**
 * What is known of a letter that is passed on, where that is what the operator's letter is for: `answers` says that it is about
 * a ticket, and then only its subject tells. Null where its writer is unknown, or of the desk.
 */
export async function lookUpPassedOn(
  trx: Kysely<Tables>,
  { subject }: Pick<Message, 'subject'>,
  passedOn: () => PassedOn | null,
  rules: Pick<Rules, 'ownAddresses' | 'operators'>,
  { answers, now }: { readonly answers: boolean; readonly now: number },
): Promise<OnBehalf | null> {
  const letter = answers && !isForwardSubject(subject) ? null : passedOn();
  const known = letter && identity(letter.writer.address);
  if (!known || isOwnAddress(rules.ownAddresses, known) || rules.operators.some((one) => one.identity === known))
    return null;
  return {
    letter,
    writer: { ...letter.writer, identity: known },
    client: await findClient(trx, known),
    sent: await sentLately(trx, countedFor(known, null), now),
    suspended: await isSuspended(trx, known),
  };
}

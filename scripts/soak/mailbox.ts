// The customers' side of a soak: their letters go into the desk's mailbox, and they read what comes back.

import { decode } from '../../src/decode/decode.ts';
import { tagsIn } from '../../src/thread/tags.ts';
import type { Dovecot } from '../../test/support/dovecot.ts';
import type { SmtpSink } from '../../test/support/smtp-sink.ts';
import { type Acknowledged, type Customer, type Kind, repeated, reply, type Sent, sha256 } from './letters.ts';

export interface Customers {
  readonly sent: readonly Sent[];
  /** In-Reply-To of every acknowledgement so far. */
  acknowledged(): readonly string[];
  /** Customers write their first letters. */
  write(some: readonly Customer[]): void;
  /** Those whose acknowledgement has come write again; with `anyway` the others too, without the ID they never got. */
  writeAgain(anyway: boolean): void;
}

/** Customers of the desk whose mailbox is `support`. */
export function customersOf(dovecot: Dovecot, sink: SmtpSink): Customers {
  const sent: Sent[] = [];
  const answers = new Map<string, Acknowledged>();
  const acknowledged: string[] = [];
  let waiting: Customer[] = [];

  const drop = (kind: Kind, raw: Buffer, messageId: string, opener: string) => {
    dovecot.drop('support', raw);
    sent.push({ kind, messageId, sha256: sha256(raw), opener });
  };
  const readAnswers = () => {
    for (const { raw } of sink.letters.slice(acknowledged.length)) {
      const { subject, references, messageId } = decode(raw);
      const answered = references.at(-1) ?? '';
      acknowledged.push(answered);
      answers.set(answered, { number: tagsIn(subject)[0] ?? '', messageId: messageId ?? '' });
    }
  };
  return {
    sent,
    acknowledged: () => {
      readAnswers();
      return acknowledged;
    },
    write: (some) => {
      for (const customer of some) {
        const { first, kind, next } = customer;
        drop(kind, first.raw, first.messageId, first.messageId);
        if (next === 'repeats') drop('repeats', repeated(first), first.messageId, first.messageId);
        else if (next !== 'nothing') waiting.push(withoutBytes(customer));
      }
    },
    writeAgain: (anyway) => {
      readAnswers();
      const ready = waiting.filter(({ first }) => anyway || answers.has(first.messageId));
      waiting = waiting.filter((customer) => !ready.includes(customer));
      for (const customer of ready) {
        const { raw, messageId } = reply(customer, answers.get(customer.first.messageId) ?? null);
        drop('replies', raw, messageId, customer.first.messageId);
      }
    },
  };
}

/** Thousands of customers wait for their answer at once; their pictures need not. */
function withoutBytes(customer: Customer): Customer {
  return { ...customer, first: { ...customer.first, raw: Buffer.alloc(0), file: null } };
}

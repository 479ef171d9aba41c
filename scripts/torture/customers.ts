// The customers' side of a torture: their letters go into the desk's mailbox or to its LMTP listener, and they read what
// comes back. What was written is remembered; that memory is what the desk is held to.

import { type Chance, one } from '../../bench/words.ts';
import { decode } from '../../src/decode/decode.ts';
import { tagsIn } from '../../src/thread/tags.ts';
import type { Dovecot } from '../../test/support/dovecot.ts';
import type { SmtpSink } from '../../test/support/smtp-sink.ts';
import {
  type Acknowledged,
  type Customer,
  type Kind,
  repeated,
  reply,
  type Sent,
  sha256,
  type Way,
} from './letters.ts';
import type { Mta } from './mta.ts';

export interface Customers {
  readonly sent: readonly Sent[];
  /** In-Reply-To of every acknowledgement so far. */
  acknowledged(): readonly string[];
  /** Customers write their first letters; each by a way of chance, unless one is named. */
  write(some: readonly Customer[], way?: Way): void;
  /** Customers write into the mailbox, and a person there deletes the letters, soon or later. */
  writeInVain(some: readonly Customer[]): void;
  /** Those whose acknowledgement has come write again; with `anyway` the others too, without the ID they never got. */
  writeAgain(anyway: boolean): void;
}

const WAYS: readonly Way[] = ['imap', 'imap', 'imap', 'lmtp'];

/** Customers of the desk whose mailbox is `support`. */
export function customersOf(dovecot: Dovecot, mta: Mta, sink: SmtpSink, random: Chance): Customers {
  const sent: Sent[] = [];
  const answers = new Map<string, Acknowledged>();
  const acknowledged: string[] = [];
  let waiting: Customer[] = [];

  const post = (kind: Kind, way: Way, bytes: Buffer, messageId: string, { first }: Customer) => {
    // SMTP knows no letter whose last line does not end
    const raw = bytes.toString('latin1').endsWith('\r\n') ? bytes : Buffer.concat([bytes, Buffer.from('\r\n')]);
    if (way === 'imap') dovecot.drop('support', raw);
    else mta.hand(raw, first.from.address);
    sent.push({ kind, way, messageId, sha256: sha256(raw), opener: first.messageId });
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
    write: (some, named) => {
      for (const customer of some) {
        const { first, kind, next } = customer;
        const way = named ?? one(random, WAYS);
        post(kind, way, first.raw, first.messageId, customer);
        // the same letter by the other way is the same letter
        if (next === 'repeats')
          post('repeats', way === 'imap' ? 'lmtp' : 'imap', repeated(first), first.messageId, customer);
        else if (next !== 'nothing') waiting.push(withoutBytes(customer));
      }
    },
    writeInVain: (some) => {
      for (const customer of some) post('gone', 'imap', customer.first.raw, customer.first.messageId, customer);
    },
    writeAgain: (anyway) => {
      readAnswers();
      const ready = waiting.filter(({ first }) => anyway || answers.has(first.messageId));
      waiting = waiting.filter((customer) => !ready.includes(customer));
      for (const customer of ready) {
        const { raw, messageId } = reply(customer, answers.get(customer.first.messageId) ?? null);
        post('replies', one(random, WAYS), raw, messageId, customer);
      }
    },
  };
}

/** Thousands of customers wait for their answer at once; their pictures need not. */
function withoutBytes(customer: Customer): Customer {
  return { ...customer, first: { ...customer.first, raw: Buffer.alloc(0), file: null } };
}

// Letters between people and a daemon: into its Dovecot mailbox, passed by a server that states who is proven, and out to an
// SMTP server.

import { decode } from '../../src/decode/decode.ts';
import type { Message } from '../../src/mail/message.ts';
import { until } from '../support/condition.ts';
import { mailboxOf, type PostRoom, postRoom } from '../support/daemon.ts';
import { startDovecot } from '../support/dovecot.ts';
import { isLeaving } from '../support/leaving.ts';
import { checked, type LetterSketch } from '../support/letter.ts';
import { type SmtpSink, startSmtpSink } from '../support/smtp-sink.ts';
import { type Fate, fateOf } from './fate.ts';

/** A letter that somebody writes. */
export interface Written extends LetterSketch {
  readonly from: string;
  readonly messageId: string;
}

export interface Exchange {
  readonly room: PostRoom;
  readonly sink: SmtpSink;
  /**
   * Puts a letter into the mailbox and waits until it is dealt with and what it brings has left; gives what became of it.
   * `result` is what the server says of its sender, else that DMARC passes; `arrivedAt` its INTERNALDATE, epoch milliseconds.
   */
  write(letter: Written, how?: { readonly result?: string; readonly arrivedAt?: number }): Promise<Fate>;
  /** What has left for an address, in order. */
  lettersTo(address: string): readonly Message[];
  close(): Promise<void>;
}

/** Opens the mailbox, the way out and the room between them; `values` are added to its configuration. The daemon is not started. */
export async function openExchange(values: object): Promise<Exchange> {
  const dovecot = await startDovecot();
  const sink = await startSmtpSink();
  const room = postRoom({
    mailboxes: [mailboxOf(dovecot.port, 'support')],
    smtp: { host: sink.host, port: sink.port, security: 'none' },
    ...values,
  });
  const given = new Map<string, number>();
  return {
    room,
    sink,
    write: async (letter, { result, arrivedAt } = {}) => {
      const [address, domain] = /[^<>\s]+@([^<>\s]+)/.exec(letter.from)!;
      const raw = checked(result ?? `dmarc=pass header.from=${domain}`, letter);
      const nth = (given.get(letter.messageId) ?? 0) + 1;
      given.set(letter.messageId, nth);
      dovecot.drop('support', Buffer.concat([Buffer.from(`Return-Path: <${address}>\r\n`), raw]), arrivedAt);
      const fate = await fateOf(room, letter.messageId, nth, 30_000);
      const what = `what letter ${fate.letter} brings has left`;
      await room.store((store) => until(async () => !(await isLeaving(store.db)), 30_000, what));
      return fate;
    },
    lettersTo: (address) => sink.letters.filter(({ to }) => to.includes(address)).map(({ raw }) => decode(raw)),
    close: async () => {
      await room.remove();
      await sink.stop();
      await dovecot.stop();
    },
  };
}

/** What a mail client puts into an answer to a letter. */
export const replying = ({ subject, messageId }: Message) => ({
  subject: `Re: ${subject}`,
  headers: [['In-Reply-To', `<${messageId}>`]] as const,
});

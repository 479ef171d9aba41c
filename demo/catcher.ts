// The demo's customers: an SMTP server in process that takes every letter and shows it as they would see it.

import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface CaughtLetter {
  readonly to: string;
  readonly envelopeFrom: string;
  readonly at: number;
  readonly raw: Buffer;
  readonly mail: ParsedMail;
}

export interface Catcher {
  readonly port: number;
  readonly letters: readonly CaughtLetter[];
  close(): Promise<void>;
}

/** Starts the server; `onLetter` is called for each letter it accepted. */
export async function startCatcher(onLetter: (letter: CaughtLetter) => void): Promise<Catcher> {
  const letters: CaughtLetter[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    onData: (stream, session, done) => {
      const take = async () => {
        const raw = await buffer(stream);
        const at = Date.now();
        const { mailFrom, rcptTo } = session.envelope;
        const caught = {
          to: rcptTo[0]?.address ?? '',
          envelopeFrom: mailFrom ? mailFrom.address : '',
          at,
          raw,
          mail: await simpleParser(raw),
        };
        letters.push(caught);
        onLetter(caught);
      };
      take().then(() => done(), done);
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    letters,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

// A post office for plays: whoever hands a letter over by SMTP finds it delivered into the mailboxes of a Dovecot, with the
// trace of a server that has checked the sender.

import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { Dovecot } from './dovecot.ts';

export interface PostOffice {
  readonly port: number;
  /** Every letter that passed, by envelope. */
  readonly passed: readonly { readonly from: string; readonly to: readonly string[] }[];
  stop(): Promise<void>;
}

/** The name under which the results of its checks stand. */
export const AUTHSERV_ID = 'mx.desk.example';

/** Opens it on a free port of 127.0.0.1. `mailboxes`: address without its detail to the user of the Dovecot. */
export async function openPostOffice(
  dovecot: Dovecot,
  mailboxes: Readonly<Record<string, string>>,
): Promise<PostOffice> {
  const passed: { from: string; to: readonly string[] }[] = [];
  const userOf = (address: string) => mailboxes[address.toLowerCase().replace(/\+[^@]*@/, '@')];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: ({ address }, _session, done) =>
      done(userOf(address) ? null : Object.assign(new Error(`nobody is ${address}`), { responseCode: 550 })),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        const to = envelope.rcptTo.map(({ address }) => address);
        passed.push({ from, to });
        const raw = Buffer.concat([Buffer.from(trace(from)), ...chunks]);
        Promise.all(to.map((address) => dovecot.deliver(userOf(address)!, raw, { from }))).then(
          () => done(),
          (error: Error) => done(error),
        );
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    passed,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The trace of a server that took the letter in from outside and checked its sender; of a null path it found nothing out. */
function trace(from: string): string {
  const domain = from.slice(from.lastIndexOf('@') + 1);
  const found = from === '' ? 'none' : `spf=pass smtp.mailfrom=${from}; dmarc=pass header.from=${domain}`;
  return [
    `Authentication-Results: ${AUTHSERV_ID}; ${found}`,
    `Received: from mail.example (mail.example [192.0.2.10]) by ${AUTHSERV_ID} with ESMTPS id played;`,
    ` ${new Date().toUTCString().replace('GMT', '+0000')}`,
    '',
  ].join('\r\n');
}

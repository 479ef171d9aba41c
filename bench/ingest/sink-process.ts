// An SMTP server in a process of its own, so that what it costs is nobody's else: `count` in, how many letters came and between
// which moments out. Its port is told first.

import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface SinkReport {
  readonly port: number;
  readonly letters: number;
  /** Epoch milliseconds, with fractions, of the first and last final dot. */
  readonly first: number;
  readonly last: number;
  /** Of all since the last report. */
  readonly dots: readonly number[];
}

const now = () => performance.timeOrigin + performance.now();
let dots: number[] = [];
let letters = 0;
let first = 0;
let last = 0;

const server = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  authOptional: true,
  onData: (stream, _session, done) => {
    stream.resume();
    stream.on('end', () => {
      last = now();
      if (letters === 0) first = last;
      letters += 1;
      dots.push(last);
      done();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', report);

function report(): void {
  const { port } = server.server.address() as AddressInfo;
  process.send?.({ port, letters, first, last, dots } satisfies SinkReport);
  dots = [];
}

process.on('message', (order) => {
  if (order === 'reset') letters = 0;
  report();
});
process.on('disconnect', () => process.exit());

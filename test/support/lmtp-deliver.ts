// The smallest LMTP client (RFC 2033): one letter to one recipient over a unix socket; throws the server's words when refused.

import { connect } from 'node:net';
import { createInterface } from 'node:readline';

/** Delivers the bytes; line ends become CRLF and leading dots are doubled (RFC 5321 §4.5.2). */
export async function lmtpDeliver(
  socketPath: string,
  envelope: { from: string; to: string },
  raw: Buffer,
): Promise<void> {
  const socket = connect(socketPath);
  const replies = createInterface({ input: socket })[Symbol.asyncIterator]();
  const failed = new Promise<never>((_, reject) => socket.once('error', reject));
  const expect = async (code: string) => {
    for (;;) {
      const { value, done } = await Promise.race([replies.next(), failed]);
      if (done) throw new Error('LMTP: the server hung up');
      if (value[3] === '-') continue;
      if (!value.startsWith(code)) throw new Error(`LMTP: ${value}`);
      return;
    }
  };
  const wire = raw.toString('latin1').replace(/\r?\n/g, '\r\n').replace(/^\./gm, '..');
  try {
    await expect('220');
    const steps: [string, string][] = [
      ['LHLO localhost', '250'],
      [`MAIL FROM:<${envelope.from}>`, '250'],
      [`RCPT TO:<${envelope.to}>`, '250'],
      ['DATA', '354'],
    ];
    for (const [command, code] of steps) {
      socket.write(`${command}\r\n`);
      await expect(code);
    }
    socket.write(Buffer.from(`${wire}${wire.endsWith('\r\n') || wire === '' ? '' : '\r\n'}.\r\n`, 'latin1'));
    await expect('250');
    socket.write('QUIT\r\n');
  } finally {
    failed.catch(() => {});
    socket.destroy();
  }
}

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Dovecot, startDovecot } from '../support/dovecot.ts';
import { startWire } from '../support/wire.ts';
import { desk, letter, mailboxAt } from './desk-mailbox.ts';

let dovecot: Dovecot;
beforeAll(async () => {
  dovecot = await startDovecot({ tls: true });
});
afterAll(() => dovecot.stop());

describe('a password', () => {
  test('is not sent to a server whose certificate nobody vouches for', async () => {
    for (const security of ['tls', 'starttls'] as const) {
      const port = security === 'tls' ? dovecot.tlsPort : dovecot.port;
      const { failed } = await desk(mailboxAt(port, { security })).source.passOnce();
      expect(failed).toContain('self-signed');
    }
  });

  test('is not sent where STARTTLS was stripped on the way', async () => {
    const proxy = await startWire(dovecot.port, 'imap');
    const lines: string[] = [];
    proxy.onCommand((line) => {
      lines.push(line);
      return / STARTTLS/.test(line) ? { answer: 'BAD unknown command' } : 'pass';
    });
    const { failed } = await desk(
      mailboxAt(proxy.port, { security: 'starttls', verifyCertificate: false }),
    ).source.passOnce();
    expect(failed).not.toBeNull();
    expect(lines.join('')).not.toMatch(/LOGIN|AUTHENTICATE/);
    await proxy.stop();
  });

  test('opens the mailbox over TLS and over STARTTLS where the admin vouches for the certificate', async () => {
    dovecot.drop('support', letter('one'));
    const tls = desk(mailboxAt(dovecot.tlsPort, { security: 'tls', verifyCertificate: false, startFrom: 'all' }));
    expect(await tls.source.passOnce()).toEqual({ kept: 1, failed: null });
    const starttls = desk(
      mailboxAt(dovecot.port, { security: 'starttls', verifyCertificate: false, startFrom: 'all' }),
    );
    expect(await starttls.source.passOnce()).toEqual({ kept: 0, failed: null });
  });
});

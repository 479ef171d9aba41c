// What a person is told when a server can't be reached or refuses: each error is a real one, made on this machine.

import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { SMTPServer } from 'smtp-server';
import { explainNetworkError, isRefusedLogin } from '../../src/mail/network-error.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function listening(server: Server): Promise<number> {
  closers.push(() => new Promise((done) => server.close(done)));
  return new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    }),
  );
}

function smtpServer(options: ConstructorParameters<typeof SMTPServer>[0]): Promise<number> {
  const server = new SMTPServer({ ...options, logger: false });
  server.on('error', () => {});
  closers.push(() => new Promise<void>((done) => server.close(done)));
  return new Promise((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}

async function smtpError(options: object): Promise<unknown> {
  const transport = createTransport({ host: '127.0.0.1', connectionTimeout: 2000, greetingTimeout: 300, ...options });
  const error = await transport.verify().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  transport.close();
  return error;
}

async function imapError(options: object): Promise<unknown> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: 1,
    auth: { user: 'u', pass: 'p' },
    logger: false,
    greetingTimeout: 300,
    ...options,
  });
  client.on('error', () => {});
  const error = await client.connect().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  client.close();
  return error;
}

describe('an SMTP server', () => {
  test('that is not there is told as a refused connection', async () => {
    expect(explainNetworkError(await smtpError({ port: 1 }))).toMatch(/nothing listens there/);
  });

  test('whose name does not exist is told as a misspelt name', async () => {
    const error = Object.assign(new Error('getaddrinfo ENOTFOUND smtp.exmple.org'), { code: 'EDNS' });
    expect(explainNetworkError(error)).toMatch(/no such host name/);
  });

  test('with a self-signed certificate is told so', async () => {
    const port = await smtpServer({ secure: true });
    expect(explainNetworkError(await smtpError({ port, secure: true }))).toMatch(/certificate/);
  });

  test('that refuses the log-in is told with its own words', async () => {
    const port = await smtpServer({
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('Application password required')),
    });
    const error = await smtpError({ port, ignoreTLS: true, auth: { user: 'u', pass: 'p' } });
    expect(explainNetworkError(error)).toMatch(/refuses this user name or password.*Application password required/);
    expect(isRefusedLogin(error)).toBe(true);
  });

  test('without STARTTLS is told so', async () => {
    const port = await smtpServer({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] });
    expect(explainNetworkError(await smtpError({ port, requireTLS: true }))).toMatch(/no STARTTLS/);
  });

  test('that speaks plainly where TLS was expected is told so', async () => {
    const port = await smtpServer({});
    expect(explainNetworkError(await smtpError({ port, secure: true }))).toMatch(/does not speak TLS/);
  });

  test('that says nothing is told so', async () => {
    const port = await listening(createServer((socket) => closers.unshift(async () => socket.destroy())));
    expect(explainNetworkError(await smtpError({ port }))).toMatch(/says nothing/);
  });
});

describe('an IMAP server', () => {
  test('that is not there is told as a refused connection', async () => {
    expect(explainNetworkError(await imapError({ port: 1, secure: false }))).toMatch(/nothing listens there/);
  });

  test('that closes at once is told so', async () => {
    const port = await listening(createServer((socket) => socket.end()));
    expect(explainNetworkError(await imapError({ port, secure: false }))).toMatch(/closed the connection/);
  });

  test('that says nothing is told so', async () => {
    const port = await listening(createServer((socket) => closers.unshift(async () => socket.destroy())));
    expect(explainNetworkError(await imapError({ port, secure: false }))).toMatch(/says nothing/);
  });

  test('that refuses the log-in is told with its own words', async () => {
    const port = await listening(
      createServer((socket) => {
        socket.write('* OK ready\r\n');
        socket.on('data', (data) => {
          for (const line of String(data).split('\r\n')) {
            const [tag, command] = line.split(' ');
            if (command === 'CAPABILITY') socket.write(`* CAPABILITY IMAP4rev1\r\n${tag} OK\r\n`);
            else if (command === 'LOGIN') socket.write(`${tag} NO [AUTHENTICATIONFAILED] IMAP is disabled\r\n`);
            else if (tag) socket.write(`${tag} OK\r\n`);
          }
        });
        closers.unshift(async () => socket.destroy());
      }),
    );
    const error = await imapError({ port, secure: false });
    expect(explainNetworkError(error)).toMatch(/refuses this user name or password.*IMAP is disabled/);
    expect(isRefusedLogin(error)).toBe(true);
  });

  test('without STARTTLS is told so', async () => {
    const port = await listening(
      createServer((socket) => {
        socket.write('* OK ready\r\n');
        socket.on('data', (data) => {
          const [tag, command] = String(data).split(' ');
          socket.write(`${command?.startsWith('CAPA') ? '* CAPABILITY IMAP4rev1\r\n' : ''}${tag} OK\r\n`);
        });
        closers.unshift(async () => socket.destroy());
      }),
    );
    expect(explainNetworkError(await imapError({ port, secure: false, doSTARTTLS: true }))).toMatch(/no STARTTLS/);
  });
});

describe('words', () => {
  test.each([
    ['CERT_HAS_EXPIRED', /expired/],
    ['ERR_TLS_CERT_ALTNAME_INVALID', /another host name/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /authority/],
    ['EAI_AGAIN', /name server/],
    ['EHOSTUNREACH', /no way to that host/],
    ['ETIMEDOUT', /no answer in time/],
    ['ECONNRESET', /closed the connection/],
  ])('%s is put in words also where a library wrapped it', (code, words) => {
    const inner = Object.assign(new Error('x'), { code });
    const wrapped = new AggregateError([new Error('y', { cause: inner })]);
    expect(explainNetworkError(inner)).toMatch(words);
    expect(explainNetworkError(wrapped)).toMatch(words);
  });

  test('a server that refuses for now has refused no password', () => {
    expect(isRefusedLogin(Object.assign(new Error('454 later'), { code: 'EAUTH', responseCode: 454 }))).toBe(false);
  });

  test.each([500, 502, 503, 504])('a server that takes no log-in (%d) has refused no password', (responseCode) => {
    const error = Object.assign(new Error('x'), {
      code: 'EAUTH',
      responseCode,
      response: `${responseCode} authentication not enabled`,
    });
    expect(isRefusedLogin(error)).toBe(false);
    expect(explainNetworkError(error)).toMatch(/takes no log-in on this port.*authentication not enabled/);
  });

  test('a wrong password is one at every server', () => {
    const smtp = Object.assign(new Error('x'), { code: 'EAUTH', responseCode: 535 });
    const imap = Object.assign(new Error('x'), {
      authenticationFailed: true,
      response: 'A1 NO Invalid credentials (Failure)',
    });
    expect([smtp, imap].map(isRefusedLogin)).toEqual([true, true]);
  });

  test('what a server says can forge no second line', () => {
    const error = Object.assign(new Error('x'), { response: '550 no\r\n\u001b[2Jkvitok: all is well' });
    expect(explainNetworkError(error)).not.toMatch(/[\r\n\u001b]/);
  });

  test('anything else that was thrown is still one line', () => {
    expect(explainNetworkError('odd')).toBe('odd');
    expect(explainNetworkError(undefined)).toBe('undefined');
  });
});

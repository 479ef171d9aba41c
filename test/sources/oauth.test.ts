import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { tokenSource, tokenTrouble } from '../../src/sources/oauth.ts';

let asked: URLSearchParams[] = [];
let answer: (n: number) => { status: number; body: unknown };
let url = '';
let now = 0;
const server = createServer((request, response) => {
  let text = '';
  request.on('data', (chunk) => {
    text += chunk;
  });
  request.on('end', () => {
    asked.push(new URLSearchParams(text));
    const { status, body } = answer(asked.length);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(JSON.stringify(body));
  });
});

beforeEach(async () => {
  asked = [];
  now = 1_000_000;
  answer = (n) => ({ status: 200, body: { access_token: `access-${n}`, expires_in: 3600 } });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

const source = (onRotated?: (token: string) => void) =>
  tokenSource({
    oauth2: { tokenUrl: url, clientId: 'kvitok', clientSecret: 'hush', refreshToken: 'refresh-1', scope: 'mail' },
    now: () => now,
    ...(onRotated ? { onRotated } : {}),
  });

describe('an access token', () => {
  test('is fetched once for all who ask at the same time, and used until shortly before it expires', async () => {
    const { token } = source();
    expect(await Promise.all([token(), token(), token()])).toEqual(['access-1', 'access-1', 'access-1']);
    now += 3_500_000;
    expect(await token()).toBe('access-1');
    now += 50_000;
    expect(await token()).toBe('access-2');
    expect(Object.fromEntries(asked[0]!)).toEqual({
      grant_type: 'refresh_token',
      client_id: 'kvitok',
      client_secret: 'hush',
      refresh_token: 'refresh-1',
      scope: 'mail',
    });
  });

  test('that the server did not take is replaced before its time', async () => {
    const { token } = source();
    await token();
    expect(await token(true)).toBe('access-2');
  });

  test('with a life of ten seconds is not fetched again for each letter', async () => {
    answer = (n) => ({ status: 200, body: { access_token: `access-${n}`, expires_in: '10' } });
    const { token } = source();
    await token();
    now += 4_000;
    expect(await token()).toBe('access-1');
  });
});

test('a refresh token that the provider rotates is used from then on, and told', async () => {
  answer = (n) => ({ status: 200, body: { access_token: 'a', refresh_token: `refresh-${n + 1}`, expires_in: 3600 } });
  const told: string[] = [];
  const { token } = source((rotated) => told.push(rotated));
  await token();
  await token(true);
  expect(asked.map((form) => form.get('refresh_token'))).toEqual(['refresh-1', 'refresh-2']);
  expect(told).toEqual(['refresh-2', 'refresh-3']);
});

describe('a provider that gives no token', () => {
  const trouble = async () =>
    tokenTrouble(
      await source()
        .token()
        .then(
          () => null,
          (error: unknown) => error,
        ),
    );

  test('because the refresh token was withdrawn is a refusal, said without the secret', async () => {
    answer = () => ({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'refresh-1 is revoked\r\nreally' },
    });
    const found = await trouble();
    expect(found).toMatchObject({ refused: true });
    expect(found!.reason).toMatch(/^127\.0\.0\.1:\d+ refuses a token: invalid_grant$/);
  });

  test('because it is ill, or not there, is no refusal', async () => {
    answer = () => ({ status: 503, body: 'busy' });
    expect(await trouble()).toMatchObject({ refused: false, reason: expect.stringContaining('HTTP 503') });
    url = 'http://127.0.0.1:1/token';
    expect(await trouble()).toMatchObject({
      refused: false,
      reason: expect.stringMatching(/^127\.0\.0\.1:1 gives no token: /),
    });
  });

  test('is asked again the next time', async () => {
    answer = (n) => (n === 1 ? { status: 500, body: {} } : { status: 200, body: { access_token: 'second' } });
    const { token } = source();
    await expect(token()).rejects.toThrow('HTTP 500');
    expect(await token()).toBe('second');
  });
});

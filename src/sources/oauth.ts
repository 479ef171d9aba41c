// Access tokens for OAuth2 log-in (RFC 6749 §6): in: a refresh token; out: an access token that is still good for a while.
// One refresh at a time, whoever asks; a refresh token that the provider rotates is kept. No secret gets into an error.

import type { Oauth2Config } from '../config/schema.ts';
import { cleanLine } from '../mail/clean.ts';

export interface TokenSource {
  /** An access token. `refused`: the server did not take the last one, so a fresh one is fetched whatever its expiry. */
  token(refused?: boolean): Promise<string>;
}

export interface TokenDeps {
  readonly oauth2: Oauth2Config;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Told of a new refresh token (Microsoft rotates them), so that it can be kept beyond this process. */
  readonly onRotated?: (refreshToken: string) => void;
  readonly fetch?: typeof globalThis.fetch;
}

/** A token is renewed this long before it expires: log-in and clocks need some of it. Milliseconds. */
const MARGIN = 60_000;
/** RFC 6749 §5.1 lets a provider leave `expires_in` out; an hour is what they all give. Seconds. */
const USUAL_LIFE = 3600;
const TIMEOUT = 20_000;

/** Makes a token source; nothing is fetched before the first `token()`. */
export function tokenSource({ oauth2, now, onRotated, fetch = globalThis.fetch }: TokenDeps): TokenSource {
  let refreshToken = oauth2.refreshToken;
  let current: { readonly token: string; readonly until: number } | null = null;
  let refreshing: Promise<string> | null = null;

  const refresh = async (): Promise<string> => {
    const answer = await askForToken(fetch, oauth2, refreshToken);
    const life = answer.expiresIn ?? USUAL_LIFE;
    current = { token: answer.accessToken, until: now() + life * 1000 - Math.min(MARGIN, life * 500) };
    if (answer.refreshToken && answer.refreshToken !== refreshToken) {
      refreshToken = answer.refreshToken;
      onRotated?.(refreshToken);
    }
    return answer.accessToken;
  };

  return {
    token: async (refused = false) => {
      if (refreshing) return refreshing;
      if (current && !refused && now() < current.until) return current.token;
      refreshing = refresh().finally(() => {
        refreshing = null;
      });
      return refreshing;
    },
  };
}

/**
 * Of an error that `token()` rejected with, the line for people, and whether the provider refused the refresh token or the
 * client itself, so that only a person can help; null of any other error.
 */
export function tokenTrouble(error: unknown): { readonly reason: string; readonly refused: boolean } | null {
  const code = stringOf(error, 'code');
  if (code !== 'ETOKEN' && code !== 'ETOKENREFUSED') return null;
  return { reason: stringOf(error, 'message') ?? code, refused: code === 'ETOKENREFUSED' };
}

interface Answer {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly expiresIn: number | null;
}

async function askForToken(
  fetch: typeof globalThis.fetch,
  oauth2: Oauth2Config,
  refreshToken: string,
): Promise<Answer> {
  const host = new URL(oauth2.tokenUrl).host;
  const form = new URLSearchParams({
    grant_type: 'refresh_token',
    client_id: oauth2.clientId,
    refresh_token: refreshToken,
  });
  if (oauth2.clientSecret) form.set('client_secret', oauth2.clientSecret);
  if (oauth2.scope) form.set('scope', oauth2.scope);
  const signal = AbortSignal.timeout(TIMEOUT);
  const headers = { accept: 'application/json' };
  const response = await fetch(oauth2.tokenUrl, {
    method: 'POST',
    body: form,
    headers,
    signal,
    redirect: 'error',
  }).catch((error: unknown) => {
    throw tokenError(`${host} gives no token: ${reasonOf(error)}`, 'ETOKEN');
  });
  const body: unknown = await response.json().catch(() => null);
  const accessToken = stringOf(body, 'access_token');
  if (response.ok && accessToken) {
    return { accessToken, refreshToken: stringOf(body, 'refresh_token'), expiresIn: secondsOf(body) };
  }
  const error = stringOf(body, 'error');
  const said = cleanLine(error ?? `HTTP ${response.status}`).slice(0, 100);
  // a proxy's page, or a provider that is busy, refuses no consent
  const refused =
    (response.status === 400 || response.status === 401) && error !== null && !PASSING_ERRORS.has(error.toLowerCase());
  throw tokenError(`${host} refuses a token: ${said}`, refused ? 'ETOKENREFUSED' : 'ETOKEN');
}

/** Errors of a token endpoint that pass by themselves (RFC 6749 §4.1.2.1, RFC 8628 §3.5). */
const PASSING_ERRORS = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);

function tokenError(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

function reasonOf(error: unknown): string {
  if (stringOf(error, 'name') === 'TimeoutError') return 'no answer in time';
  // fetch says "fetch failed" and hides the network's own error behind it.
  const cause: unknown = typeof error === 'object' && error !== null && 'cause' in error ? error.cause : error;
  return stringOf(cause, 'code') ?? cleanLine(stringOf(cause, 'message') ?? 'unknown error').slice(0, 100);
}

function stringOf(body: unknown, name: string): string | null {
  const value: unknown = typeof body === 'object' && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
}

// Some providers write the number as a string.
function secondsOf(body: unknown): number | null {
  const value = Number(typeof body === 'object' && body !== null ? Reflect.get(body, 'expires_in') : Number.NaN);
  return Number.isFinite(value) && value > 0 ? value : null;
}

// Secrets: which keys hold one, and where it comes from (the value itself, env:NAME, file:PATH).

import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Keys whose values are never shown, whatever stands there. */
export const SECRET_KEYS: ReadonlySet<string> = new Set([
  'password',
  'clientSecret',
  'refreshToken',
  'signingKey',
  'key',
]);

/** What became of one reference. `literal` and `exposed` are for warnings: the file itself, or a secret's file, is readable by others. */
export type Secret =
  | { readonly ok: true; readonly value: string; readonly literal: boolean; readonly exposed: string | null }
  | { readonly ok: false; readonly problem: string };

/**
 * Resolves one secret. Takes the text of the configuration, the folder that relative paths start from, and the
 * environment; gives the secret (a line break at the end of its file is none of it) or what is wrong, which never
 * shows the secret.
 */
export function resolveSecret(reference: string, dir: string, env: Environment): Secret {
  const [, kind, where] = /^(env|file):(.*)$/s.exec(reference) ?? [];
  if (kind === 'env') return fromEnvironment(where ?? '', env);
  if (kind === 'file') return fromFile(where ?? '', dir);
  return { ok: true, value: reference, literal: true, exposed: null };
}

function fromEnvironment(name: string, env: Environment): Secret {
  const value = env[name];
  if (value) return { ok: true, value, literal: false, exposed: null };
  const what = value === undefined ? 'is not set' : 'is empty';
  return { ok: false, problem: `the environment variable ${name || '(no name)'} ${what}` };
}

function fromFile(where: string, dir: string): Secret {
  const path = resolve(dir, where);
  try {
    const value = readFileSync(path, 'utf8').replace(/[\r\n]+$/, '');
    if (value === '') return { ok: false, problem: `the file ${path} is empty` };
    return { ok: true, value, literal: false, exposed: isOpenToOthers(path) ? path : null };
  } catch (error) {
    return { ok: false, problem: `the file ${path} ${whyUnreadable(error)}` };
  }
}

/** Whether group or others may do anything with the file. */
export function isOpenToOthers(path: string): boolean {
  return (statSync(path).mode & 0o077) !== 0;
}

/** Why a file can't be read, in words that follow its path. */
export function whyUnreadable(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'may not be read by this user';
  if (code === 'EISDIR') return 'is a folder';
  return `can't be read (${String(code ?? error)})`;
}

// A path goes in; the frozen configuration comes out, or every mistake of the file at once, one line each.
// The only reader of files and environment: JSON with comments, secrets from env:NAME and file:PATH.

import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { configJsonSchema } from './json-schema.ts';
import { type Problem, pathText, problemsOf, valueAt } from './problems.ts';
import { type Config, configSchema } from './schema.ts';
import { type Environment, isOpenToOthers, resolveSecret, SECRET_KEYS, whyUnreadable } from './secrets.ts';

export type Loaded =
  | {
      readonly ok: true;
      readonly config: Config;
      /** Folder of the file, absolute: where its relative paths start. */
      readonly dir: string;
      /** What is allowed and not wise, one line each: a secret that others on this machine can read. */
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Whether references to secrets (env:NAME, file:PATH) are followed, or stay what they are for work that uses none. */
export type SecretsAre = 'resolved' | 'left';

/**
 * Reads and checks a configuration.
 * Takes the path as the person wrote it, the environment, and what becomes of secrets; gives the deeply frozen
 * configuration with paths absolute, or all problems, each `file:line: path: what is wrong`. Never throws, shows no secret.
 */
export function loadConfig(path: string, env: Environment, secretsAre: SecretsAre = 'resolved'): Loaded {
  const text = readText(path);
  if (!text.ok) return { ok: false, problems: [`${path} ${text.problem}`] };
  const errors: ParseError[] = [];
  const tree = parseTree(text.value, errors, { allowTrailingComma: true });
  if (errors[0] || !tree) return { ok: false, problems: [syntaxProblem(path, text.value, errors[0])] };

  const dir = dirname(resolve(path));
  const written: unknown = getNodeValue(tree);
  const secrets = secretsAre === 'left' ? withoutSecrets(written) : withSecrets(written, [], dir, env);
  const checked = configSchema.safeParse(secrets.value);
  const schemaProblems = checked.success ? [] : problemsOf(checked.error.issues, written, configJsonSchema());
  const problems = [...repeatedKeys(tree, []), ...schemaProblems, ...secrets.problems];
  if (!checked.success || problems.length > 0) {
    return { ok: false, problems: inFileOrder(problems, tree, written, text.value, path) };
  }
  const warnings = [...secrets.warnings, ...(secrets.literal ? openFile(path) : [])];
  return { ok: true, config: frozen(withAbsolutePaths(checked.data, dir)), dir, warnings };
}

type Text = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };

function readText(path: string): Text {
  try {
    const bytes = readFileSync(path);
    const other = otherEncoding(bytes);
    if (other !== null) return { ok: false, problem: `is written in ${other}; save it as UTF-8` };
    // Notepad and PowerShell put a byte order mark in front.
    const value = bytes.toString('utf8').replace(/^\uFEFF/, '');
    if (value.trim() === '') return { ok: false, problem: 'is empty; run `kvitok init` to make a configuration' };
    return { ok: true, value };
  } catch (error) {
    const why = whyUnreadable(error);
    const cure =
      why === 'is a folder' ? 'name the file in it' : 'run `kvitok init` to make one, or name yours with --config';
    return { ok: false, problem: why.startsWith('may not') ? why : `${why}; ${cure}` };
  }
}

/** What a file is written in that is not UTF-8: its names would be read as other letters, and be in every answer. */
function otherEncoding(bytes: Buffer): string | null {
  const [first = 0, second = 0] = bytes;
  const isUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (isUtf16 || bytes.subarray(0, 200).includes(0)) return 'UTF-16 (which Notepad calls Unicode)';
  return isUtf8(bytes) ? null : 'another encoding than UTF-8 (windows-1251, which Notepad calls ANSI?)';
}

function syntaxProblem(path: string, text: string, error: ParseError | undefined): string {
  const before = text.slice(0, error?.offset ?? 0).split('\n');
  const what = error
    ? printParseErrorCode(error.error)
        .replace(/([a-z])([A-Z])/g, '$1 $2')
        .toLowerCase()
    : 'no value';
  return `${path}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: the JSON is broken here: ${what}`;
}

/** JSON takes the last of two equal keys without a word; whoever wrote both meant one of them. */
function repeatedKeys(node: Node, path: readonly (string | number)[]): readonly Problem[] {
  const children = node.children ?? [];
  if (node.type === 'array') return children.flatMap((child, index) => repeatedKeys(child, [...path, index]));
  if (node.type !== 'object') return [];
  const seen = new Set<string>();
  return children.flatMap((property) => {
    const [key, value] = property.children ?? [];
    const name = String(key?.value);
    const here = [...path, name];
    const again: Problem[] = seen.has(name)
      ? [{ path: here, text: 'is given twice; keep one of them', offset: property.offset }]
      : [];
    seen.add(name);
    return value ? [...again, ...repeatedKeys(value, here)] : again;
  });
}

interface WithSecrets {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  /** True when the file itself holds a secret. */
  readonly literal: boolean;
}

const withoutSecrets = (value: unknown): WithSecrets => ({ value, problems: [], warnings: [], literal: false });

function withSecrets(value: unknown, path: readonly (string | number)[], dir: string, env: Environment): WithSecrets {
  const key = path.at(-1);
  if (typeof value === 'string' && typeof key === 'string' && SECRET_KEYS.has(key) && value !== '') {
    const secret = resolveSecret(value, dir, env);
    if (!secret.ok) return { value, problems: [{ path, text: secret.problem }], warnings: [], literal: false };
    const warnings = secret.exposed
      ? [`others on this machine can read ${secret.exposed}; run: chmod 600 ${secret.exposed}`]
      : [];
    return { value: secret.value, problems: [], warnings, literal: secret.literal };
  }
  if (typeof value !== 'object' || value === null) return withoutSecrets(value);
  const entries: [string, WithSecrets][] = Object.entries(value).map(([name, inner]) => [
    name,
    withSecrets(inner, [...path, Array.isArray(value) ? Number(name) : name], dir, env),
  ]);
  const parts = entries.map(([, part]) => part);
  return {
    value: Array.isArray(value)
      ? parts.map((part) => part.value)
      : Object.fromEntries(entries.map(([name, part]) => [name, part.value])),
    problems: parts.flatMap((part) => part.problems),
    warnings: parts.flatMap((part) => part.warnings),
    literal: parts.some((part) => part.literal),
  };
}

function openFile(path: string): readonly string[] {
  return isOpenToOthers(path)
    ? [`${path} holds a password and others on this machine can read it; run: chmod 600 ${path}`]
    : [];
}

function withAbsolutePaths(config: Config, dir: string): Config {
  const { smtp, templates, listeners } = config;
  return {
    ...config,
    data: resolve(dir, config.data),
    ...(templates === undefined ? {} : { templates: resolve(dir, templates) }),
    listeners: listeners.map((one) => ('path' in one.at ? { ...one, at: { path: resolve(dir, one.at.path) } } : one)),
    smtp: 'directory' in smtp ? { directory: resolve(dir, smtp.directory) } : smtp,
  };
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

function inFileOrder(
  problems: readonly Problem[],
  tree: Node,
  written: unknown,
  text: string,
  file: string,
): readonly string[] {
  const line = (offset: number) => text.slice(0, offset).split('\n').length;
  return problems
    .map((problem) => ({ problem, offset: offsetOf(problem, tree, written) }))
    .toSorted((a, b) => a.offset - b.offset)
    .map(({ problem, offset }) => {
      const where = [`${file}:${line(offset)}`, pathText(problem.path)].filter(Boolean).join(': ');
      return `${where}: ${problem.text}`;
    });
}

/** Where the value stands; of something missing, where the group begins that should hold it. */
function offsetOf(problem: Problem, tree: Node, written: unknown): number {
  if (problem.offset !== undefined) return problem.offset;
  let path = problem.path;
  while (path.length > 0 && valueAt(written, path) === undefined) path = path.slice(0, -1);
  const steps = path.map((key) => (typeof key === 'number' ? key : String(key)));
  return findNodeAtLocation(tree, steps)?.offset ?? 0;
}

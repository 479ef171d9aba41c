// zod's issues go in; problems in a person's words come out: where, what was found, what is allowed, and for a
// misspelt key the one that was probably meant. No secret is ever repeated.

import type { z } from 'zod';
import { descriptionAt, nodesAt, type SchemaNode } from './json-schema.ts';
import { SECRET_KEYS } from './secrets.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** One mistake. `path` may name something that is not in the file (a missing key). */
export interface Problem {
  readonly path: Path;
  readonly text: string;
  /** Where it stands in the file, where the path can't tell: characters from its beginning. */
  readonly offset?: number;
  /** The value is missing. */
  readonly missing?: boolean;
  /** Of a misspelt key: the path of the setting that was probably meant. */
  readonly meant?: string;
}

/** Words every issue. Takes the issues, the value as it stood in the file, and the published schema. */
export function problemsOf(issues: readonly Issue[], value: unknown, schema: SchemaNode): readonly Problem[] {
  const problems = issues.flatMap((issue) => problemsOfIssue(issue, [], value, schema));
  // A misspelt key is one mistake, not a missing key and a strange one.
  const meant = new Set(problems.map((problem) => problem.meant).filter((path) => path !== undefined));
  return problems.filter((problem) => !(problem.missing && meant.has(pathText(problem.path))));
}

/** `mailboxes[0].port` */
export function pathText(path: Path): string {
  return path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    '',
  );
}

function problemsOfIssue(issue: Issue, above: Path, value: unknown, schema: SchemaNode): readonly Problem[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, value, schema));
  if (issue.code === 'invalid_union') {
    const branch = likelyBranch(issue);
    if (branch) return branch.flatMap((inner) => problemsOfIssue(inner, path, value, schema));
  }
  if (issue.code === 'invalid_key')
    return [{ path, text: `is not what may stand here; allowed: ${issue.issues[0]?.message}` }];
  if (issue.code === 'custom' && issue.params?.sentence) return [{ path, text: issue.message }];
  const found = valueAt(value, path);
  if (found === undefined) return [{ path, text: `is missing; ${needed(path, schema)}`, missing: true }];
  return [{ path, text: `found ${shown(found, path, schema)}; allowed: ${allowed(issue, path, schema)}` }];
}

/**
 * The alternative of a union that a person most likely meant: the one whose keys fit best.
 * Null where all of them fail at once, so that only the union as a whole can be described.
 */
function likelyBranch(issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] | null {
  const opened = issue.errors.filter((branch) => !branch.some((inner) => inner.path.length === 0 && isRootMiss(inner)));
  const cost = (branch: readonly Issue[]) =>
    branch.reduce((sum, inner) => sum + (inner.code === 'unrecognized_keys' ? inner.keys.length : 1), 0);
  return opened.toSorted((a, b) => cost(a) - cost(b))[0] ?? null;
}

function isRootMiss(issue: Issue): boolean {
  return issue.code !== 'unrecognized_keys';
}

function unknownKey(path: Path, key: string, value: unknown, schema: SchemaNode): Problem {
  const nodes = nodesAt(schema, path).filter((node) => node.properties);
  const known = [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
  const near = nearest(key, known);
  const present = valueAt(value, path);
  const free = known.filter((name) => !(typeof present === 'object' && present !== null && name in present));
  const hint = near ? `did you mean ${near}?` : free.length > 0 ? `allowed here: ${free.join(', ')}` : 'take it out';
  return { path: [...path, key], text: `is no setting; ${hint}`, ...(near && { meant: pathText([...path, near]) }) };
}

function needed(path: Path, schema: SchemaNode): string {
  const description = descriptionAt(schema, path);
  const what = [...new Set(nodesAt(schema, path).map(describeNode))].join(', or ');
  return [what && `needed: ${what}`, description && `(${description})`].filter(Boolean).join(' ');
}

function allowed(issue: Issue, path: Path, schema: SchemaNode): string {
  // A format's message in the schema already says what is allowed; so does that of a union of formats.
  if (issue.code === 'invalid_format' || issue.code === 'custom') return issue.message;
  if (issue.code === 'invalid_union' && issue.message !== 'Invalid input') return issue.message;
  const words = [...new Set(nodesAt(schema, path).map(describeNode))].join(', or ');
  return words || issue.message;
}

function describeNode(node: SchemaNode): string {
  if (node.enum) return `one of ${node.enum.join(', ')}`;
  switch (node.type) {
    case 'integer':
    case 'number':
      return `a${node.type === 'integer' ? ' whole' : ''} number${range(node)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return node.minItems ? 'a list in [ ] with at least one entry' : 'a list in [ ]';
    case 'object':
      return node.properties ? `a group in { } with ${Object.keys(node.properties).join(', ')}` : 'a group in { }';
    default:
      return 'a text in quotes, not empty';
  }
}

function range(node: SchemaNode): string {
  // JavaScript's own largest whole number is no limit that a person set.
  const top = node.maximum !== undefined && node.maximum < Number.MAX_SAFE_INTEGER ? node.maximum : undefined;
  if (node.exclusiveMinimum !== undefined)
    return ` above ${node.exclusiveMinimum}${top === undefined ? '' : `, at most ${top}`}`;
  const bottom = node.minimum !== undefined && node.minimum > Number.MIN_SAFE_INTEGER ? node.minimum : undefined;
  if (bottom !== undefined && top !== undefined) return ` from ${bottom} to ${top}`;
  return bottom === undefined ? '' : `, ${bottom} or more`;
}

/** What stands in the file, unless it is or may hold a secret. */
function shown(found: unknown, path: Path, schema: SchemaNode): string {
  if (Array.isArray(found)) return 'a list';
  if (typeof found === 'object' && found !== null) return 'a group in { }';
  const takesGroup = nodesAt(schema, path).some((node) => node.type === 'object' || node.type === 'array');
  const secret = path.some((key) => SECRET_KEYS.has(String(key)));
  const hidden = secret || takesGroup || /:.*@/.test(String(found));
  if (typeof found === 'string') return hidden ? 'a text' : JSON.stringify(found.slice(0, 60));
  return secret && found !== null ? `a ${typeof found}` : String(found);
}

/** The value at a path; undefined where there is none. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    value,
  );
}

/** The known word at the smallest Damerau-Levenshtein distance, if it is near enough to be a slip of the hand. */
function nearest(word: string, known: readonly string[]): string | null {
  const best = known
    .map((name) => ({ name, distance: distance(word.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null;
}

function distance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swap = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? before[j - 2] : undefined;
      next[j] = Math.min(
        (row[j - 1] ?? 0) + (same ? 0 : 1),
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (swap ?? 99) + 1,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 99;
}

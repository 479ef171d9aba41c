// What taking in lines does to the register: clients come and change by key, and no address or domain may be two clients'.
// Pure; nothing is taken in where one line is wrong.

import { isDeepStrictEqual } from 'node:util';
import type { ClientFacts } from './client.ts';
import type { ClientValues } from './values.ts';

/** A line that was read without a fault. What it does not say stays as the register has it. */
export interface ReadLine {
  /** As an editor counts lines. */
  readonly line: number;
  readonly values: ClientValues & { readonly key: string };
}

export interface LineProblem {
  readonly line: number;
  readonly problem: string;
}

export interface Plan {
  readonly created: readonly ClientFacts[];
  readonly updated: readonly ClientFacts[];
  readonly unchanged: number;
  readonly problems: readonly LineProblem[];
}

const NOBODY: Omit<ClientFacts, 'key'> = {
  name: '',
  category: 'free',
  edition: null,
  version: null,
  contractEnd: null,
  addresses: [],
  domains: [],
};

/** Takes the register as it is, and the lines in order. */
export function planLines(register: readonly ClientFacts[], lines: readonly ReadLine[]): Plan {
  const before = new Map(register.map(({ ...client }) => [client.key, client]));
  const after = new Map<string, { readonly line: number; readonly client: ClientFacts }>();
  const problems: LineProblem[] = [];
  for (const { line, values } of lines) {
    const first = after.get(values.key);
    if (first)
      problems.push({ line, problem: `line ${first.line} has the key ${values.key} already; leave one of them` });
    else after.set(values.key, { line, client: named({ ...NOBODY, ...before.get(values.key), ...values }) });
  }
  problems.push(
    ...clashes(
      register.filter(({ key }) => !after.has(key)),
      [...after.values()],
    ),
  );
  const saved = [...after.values()].map(({ client }) => client);
  const created = saved.filter(({ key }) => !before.has(key));
  const updated = saved.filter((client) => {
    const old = before.get(client.key);
    return old !== undefined && !isDeepStrictEqual(factsOf(old), factsOf(client));
  });
  return {
    created,
    updated,
    unchanged: saved.length - created.length - updated.length,
    problems: problems.toSorted((a, b) => a.line - b.line),
  };
}

/** A client without a name is shown by its key. */
const named = (client: ClientFacts): ClientFacts => (client.name === '' ? { ...client, name: client.key } : client);

/** Without what the store adds. */
const factsOf = ({
  key,
  name,
  category,
  edition,
  version,
  contractEnd,
  addresses,
  domains,
}: ClientFacts): ClientFacts => ({
  key,
  name,
  category,
  edition,
  version,
  contractEnd,
  addresses,
  domains,
});

/** Addresses and domains that would be two clients'. */
function clashes(
  staying: readonly ClientFacts[],
  lines: readonly { readonly line: number; readonly client: ClientFacts }[],
): readonly LineProblem[] {
  const owner = new Map<string, string>();
  for (const client of staying) for (const mark of marksOf(client)) owner.set(mark, `client ${client.key}`);
  const problems: LineProblem[] = [];
  for (const { line, client } of lines) {
    for (const mark of marksOf(client)) {
      const other = owner.get(mark);
      if (other !== undefined) problems.push({ line, problem: `${mark} belongs to ${other} already; leave it at one` });
      else owner.set(mark, `line ${line}, client ${client.key}`);
    }
  }
  return problems;
}

const marksOf = ({ addresses, domains }: ClientFacts): readonly string[] => [...addresses, ...domains];

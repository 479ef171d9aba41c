// The people of the desk: each has an address of their own, which is not the desk's.

import { isOwnAddress } from '../mail/own-address.ts';
import { listOf, type Report, type Values, valuesOf } from './raw-values.ts';

/** Reports operators whose letters could not be told apart from the desk's or from one another's. */
export function operatorChecks({ operators, desk, mailboxes }: Values, report: Report): void {
  const { address, aliases } = valuesOf(desk);
  const ours = new Set(
    [address, ...listOf(aliases), ...listOf(mailboxes).map((one) => valuesOf(one).user)].flatMap(plain),
  );
  const seen = new Map<string, number>();
  for (const [index, operator] of listOf(operators).entries()) {
    const where = ['operators', index, 'address'];
    for (const own of plain(valuesOf(operator).address)) {
      const first = seen.get(own);
      if (isOwnAddress(ours, own))
        report(where, 'letters to it come to the desk itself; an operator needs a mailbox of their own');
      if (first !== undefined) report(where, `operators[${first}] has the same address; each operator is known by one`);
      seen.set(own, first ?? index);
    }
  }
}

const plain = (value: unknown): readonly string[] => (typeof value === 'string' ? [value.toLowerCase()] : []);

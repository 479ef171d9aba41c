// The people who answer, and which of them hear of a ticket.

import type { Level } from './tickets.ts';

export type Role = 'operator' | 'lead' | 'developer';

export interface Operator {
  /** The normalised address, by which an operator is named everywhere. */
  readonly identity: string;
  readonly address: string;
  /** Shown to customers. */
  readonly name: string;
  readonly role: Role;
  /** Whether letters on tickets that are nobody's yet go there. */
  readonly notify: boolean;
}

/** What of a ticket says whom it concerns. */
export interface Concern {
  /** Normalised address of the operator whose ticket it is. */
  readonly assignee: string | null;
  readonly level: Level;
  /** Normalised addresses of those who must not hear of it as operators: the customer, and who just wrote. */
  readonly except: readonly (string | null)[];
}

/**
 * Who hears of a letter: the assignee while it is still an operator, else all who want to; at the development level the
 * developers as well, and at no other one. An operator who is the customer of a ticket is none on it.
 */
export function concerned(operators: readonly Operator[], { assignee, level, except }: Concern): readonly Operator[] {
  const others = operators.filter(({ identity }) => !except.includes(identity));
  const owner = others.find(({ identity }) => identity === assignee);
  return others.filter((operator) => {
    if (operator === owner) return true;
    if (operator.role === 'developer') return level === 'development' && operator.notify;
    return owner === undefined && operator.notify;
  });
}

/**
 * Whether anybody sees what comes in: an operator who is told of new tickets, or a lead, who hears of their deadlines; else people
 * who share the desk's account, whose sent letters are read. Developers see only what is handed to them.
 */
export const isStaffed = (operators: readonly Pick<Operator, 'role' | 'notify'>[], sharesAccount: boolean): boolean =>
  sharesAccount || operators.some(({ role, notify }) => role === 'lead' || (role === 'operator' && notify));

/** Who is warned of a deadline: the assignee while it is still an operator, and all leads. */
export const warned = (operators: readonly Operator[], assignee: string | null): readonly Operator[] =>
  operators.filter(({ identity, role }) => identity === assignee || role === 'lead');

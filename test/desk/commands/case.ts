// A ticket and an operator for commands that are carried out on paper.

import { type CarriedOut, carryOut } from '../../../src/desk/commands/carry-out.ts';
import type { CommandCase } from '../../../src/desk/commands/command.ts';
import { type Known, NOTHING_KNOWN } from '../../../src/desk/commands/known.ts';
import { parseCommands } from '../../../src/desk/commands/parse.ts';
import { NO_READY_ANSWERS } from '../../../src/desk/commands/ready-answers.ts';
import type { Ticket } from '../../../src/desk/tickets.ts';

export const OLGA = { identity: 'olga@desk.example', name: 'Ольга Смирнова' };
export const PETR = { identity: 'petr@desk.example', name: 'Пётр Иванов' };

/** A ticket of Ivan's, open. */
export const ticketOf = (change: Partial<Ticket> = {}): Ticket => ({
  id: 1042,
  number: '10429',
  state: 'open',
  stateSince: 0,
  subject: 'Не открывается корзина',
  requester: 'ivan@client.example',
  language: 'ru',
  participants: ['ivan@client.example'],
  level: 'free',
  critical: 'no',
  assignee: null,
  dueAt: null,
  ...change,
});

/** Carries out a letter of Olga's; the rest as `change` says. */
export function letterOf(
  reply: string,
  { known = {}, ...change }: Partial<Omit<CommandCase, 'known'>> & { known?: Partial<Known> } = {},
): CarriedOut {
  const { commands, rest } = parseCommands(reply);
  return carryOut(commands, {
    by: { identity: OLGA.identity, role: 'operator' },
    ticket: ticketOf(),
    text: rest,
    files: false,
    operators: [OLGA, PETR],
    answers: NO_READY_ANSWERS,
    known: { ...NOTHING_KNOWN, ...known },
    ownAddresses: new Set(['support@desk.example']),
    moment: (at) => new Date(at).toISOString(),
    today: '2026-11-25',
    now: 1000,
    ...change,
  });
}

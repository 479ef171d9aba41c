// #status: the ticket at a glance, for the operator who asks.

import type { DeskCommand, TicketCase } from './command.ts';

const EVENTS_SHOWN = 10;

export const status: DeskCommand = {
  name: 'status',
  words: ['status', 'статус', 'состояние'],
  argument: { ru: '', en: '' },
  help: { ru: 'состояние, уровень, срок и история обращения', en: 'state, level, deadline and history of the ticket' },
  onlyTells: true,
  needs: () => ({ history: true }),
  carryOut: (_argument, c) => ({
    done: true,
    says: { ru: `обращение [#${c.ticket.number}]`, en: `ticket [#${c.ticket.number}]` },
    shows: { ru: page(c, RU), en: page(c, EN) },
  }),
};

type Labels = Readonly<
  Record<
    'state' | 'level' | 'critical' | 'assignee' | 'due' | 'people' | 'nobody' | 'yes' | 'proposed' | 'no' | 'none',
    string
  >
>;

const EN: Labels = {
  state: 'state',
  level: 'level',
  critical: 'critical',
  assignee: 'assignee',
  due: 'answer due',
  people: 'gets the answers',
  nobody: 'nobody',
  yes: 'yes',
  proposed: 'perhaps, by its words',
  no: 'no',
  none: 'nothing waits',
};
const RU: Labels = {
  state: 'состояние',
  level: 'уровень',
  critical: 'срочное',
  assignee: 'ведёт',
  due: 'ответить до',
  people: 'получают ответы',
  nobody: 'никто',
  yes: 'да',
  proposed: 'судя по словам',
  no: 'нет',
  none: 'ничто не ждёт',
};

function page({ ticket, known, operators, moment }: TicketCase, say: Labels): string {
  const nameOf = (identity: string) => operators.find((one) => one.identity === identity)?.name ?? identity;
  const facts: readonly (readonly [string, string])[] = [
    [say.state, ticket.state],
    [say.level, ticket.level],
    [say.critical, say[ticket.critical]],
    [say.assignee, ticket.assignee === null ? say.nobody : nameOf(ticket.assignee)],
    [say.due, known.dueAt === null ? say.none : moment(known.dueAt)],
    [say.people, ticket.participants.join(', ')],
  ];
  const history = known.history.slice(-EVENTS_SHOWN).map(({ at, by, kind, was, became, because }) => {
    const change = [was, became].filter((value) => value !== null).join(' → ');
    return `${moment(at)}  ${nameOf(by)}: ${kind} ${change}${because ? ` (${because})` : ''}`;
  });
  return [...facts.map(([label, value]) => `${label}: ${value}`), ...(history.length ? ['', ...history] : [])].join(
    '\n',
  );
}

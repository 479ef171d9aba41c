// #status: the ticket at a glance, for the operator who asks.

import { LEVEL_WORDS } from '../deadline-words.ts';
import { criticalWords, eventLine } from '../history-words.ts';
import { STATE_WORDS } from '../state-words.ts';
import type { Language } from '../tickets.ts';
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
    shows: { ru: page(c, 'ru'), en: page(c, 'en') },
  }),
};

type Labels = Readonly<
  Record<'state' | 'level' | 'critical' | 'assignee' | 'due' | 'people' | 'nobody' | 'none', string>
>;

const EN: Labels = {
  state: 'state',
  level: 'level',
  critical: 'critical',
  assignee: 'assignee',
  due: 'answer due',
  people: 'gets the answers',
  nobody: 'nobody',
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
  none: 'ничто не ждёт',
};

const LABELS: Readonly<Record<Language, Labels>> = { ru: RU, en: EN };

function page({ ticket, known, operators, moment }: TicketCase, language: Language): string {
  const say = LABELS[language];
  const nameOf = (identity: string) => operators.find((one) => one.identity === identity)?.name ?? identity;
  const facts: readonly (readonly [string, string])[] = [
    [say.state, STATE_WORDS[language][ticket.state]],
    [say.level, LEVEL_WORDS[language][ticket.level]],
    [say.critical, criticalWords(ticket.critical, language)],
    [say.assignee, ticket.assignee === null ? say.nobody : nameOf(ticket.assignee)],
    [say.due, known.dueAt === null ? say.none : moment(known.dueAt)],
    [say.people, ticket.participants.join(', ')],
  ];
  const history = known.history
    .slice(-EVENTS_SHOWN)
    .map((event) => `${moment(event.at)}  ${eventLine(event, language, { nameOf, moment })}`);
  return [...facts.map(([label, value]) => `${label}: ${value}`), ...(history.length ? ['', ...history] : [])].join(
    '\n',
  );
}

// #status: the ticket at a glance, for the operator who asks.

import { LEVEL_WORDS } from '../deadline-words.ts';
import { criticalWords, eventLine } from '../history-words.ts';
import { STATE_WORDS } from '../state-words.ts';
import type { Language } from '../tickets.ts';
import { type CommandCase, type DeskCommand, fails, type Outcome, type TicketCase } from './command.ts';
import { numberIn } from './number.ts';

const EVENTS_SHOWN = 10;

export const status: DeskCommand = {
  name: 'status',
  words: ['status', 'статус', 'состояние'],
  argument: { ru: '[номер обращения]', en: '[ticket number]' },
  help: { ru: 'состояние, уровень, срок и история обращения', en: 'state, level, deadline and history of the ticket' },
  onlyTells: true,
  needs: (argument) => ({ history: true, tickets: numberIn(argument) ?? [] }),
  carryOut: (argument, c) => (argument === '' ? shown(c) : byNumber(argument, c)),
  withoutTicket: (argument, c) =>
    argument === '' ? fails('какое обращение? #статус 10429', 'which ticket? #status 10429') : byNumber(argument, c),
};

const shown = (c: TicketCase): Outcome => ({
  done: true,
  says: { ru: `обращение [#${c.ticket.number}]`, en: `ticket [#${c.ticket.number}]` },
  shows: { ru: page(c, 'ru'), en: page(c, 'en') },
});

/** The ticket that a number names, of which only what stands on it is told. */
function byNumber(argument: string, c: CommandCase): Outcome {
  const [number] = numberIn(argument) ?? [];
  if (number === undefined)
    return fails('нужен номер обращения: #статус 10429', 'it takes a ticket number: #status 10429');
  const ticket = c.known.tickets.get(number);
  if (!ticket)
    return fails(`обращения ${number} нет; проверьте цифры`, `there is no ticket ${number}; are its digits right?`);
  if (ticket.id === c.ticket?.id) return shown({ ...c, ticket });
  return shown({ ...c, ticket, known: { ...c.known, history: [], dueAt: ticket.dueAt } });
}

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

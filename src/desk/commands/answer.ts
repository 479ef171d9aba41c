// #answer: a ready answer goes to the customer, before the operator's own words where there are some.

import type { Ticket } from '../tickets.ts';
import { type DeskCommand, fails, type Outcome } from './command.ts';
import { nearest } from './nearest.ts';
import type { ReadyAnswers } from './ready-answers.ts';

export const answer: DeskCommand = {
  name: 'answer',
  words: ['answer', 'ответ', 'ответить', 'шаблон'],
  argument: { ru: '<имя ответа>', en: '<name>' },
  help: {
    ru: 'готовый ответ; ваш текст, если он есть, — под ним',
    en: 'a ready answer; your own text, where there is some, under it',
  },
  carryOut: (argument, { ticket, answers }) => {
    if (ticket.state === 'spam')
      return fails('обращение помечено как спам; сначала #открыть', 'the ticket is marked as spam; #reopen it first');
    return written(argument.toLowerCase().replaceAll('ё', 'е'), ticket, answers);
  },
};

function written(named: string, ticket: Ticket, answers: ReadyAnswers): Outcome {
  const names = [...new Set(answers.list().flatMap(({ name, also }) => (also === null ? [name] : [name, also])))];
  if (names.length === 0) return fails('готовых ответов нет', 'there are no ready answers');
  const found = answers.write(named, ticket);
  if (found === null) {
    const near = nearest(named, names);
    return near === null
      ? fails(`нет такого ответа; есть ${names.join(', ')}`, `there is no such answer; there are ${names.join(', ')}`)
      : fails(`нет такого ответа; может быть, ${near}?`, `there is no such answer; ${near} perhaps?`);
  }
  if ('fault' in found)
    return fails(`этот ответ не составить: ${found.fault}`, `this answer can’t be written: ${found.fault}`);
  const { title } = found.answer;
  return {
    done: true,
    says: { ru: `клиенту уходит ответ «${title}»`, en: `the customer gets the answer “${title}”` },
    shows: { ru: found.text, en: found.text },
    effect: { kind: 'ready', text: found.text },
  };
}

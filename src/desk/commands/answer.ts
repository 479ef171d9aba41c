// #answer: a ready answer goes to the customer, before the operator's own words where there are some.

import type { Language, Ticket } from '../tickets.ts';
import { type DeskCommand, fails, type Outcome } from './command.ts';
import { nearest } from './nearest.ts';
import type { ReadyAnswers } from './ready-answers.ts';

export const answer: DeskCommand = {
  name: 'answer',
  words: ['answer', 'ответ', 'ответить', 'шаблон'],
  argument: { ru: '<имя ответа>[?]', en: '<name>[?]' },
  help: {
    ru: 'готовый ответ; ваш текст, если он есть, — под ним; с «?» только показать, без имени — перечислить',
    en: 'a ready answer; your own text, where there is some, under it; with a ? it is only shown, without a name all are listed',
  },
  carryOut: (argument, { ticket, answers }) => {
    if (ticket.state === 'spam')
      return fails('обращение помечено как спам; сначала #открыть', 'the ticket is marked as spam; #reopen it first');
    const named = argument.toLowerCase().replaceAll('ё', 'е');
    return named.endsWith('?') && named !== '?'
      ? seen(written(named.slice(0, -1).trim(), ticket, answers))
      : written(named, ticket, answers);
  },
};

/** A ready answer that its giver wants to see first: nothing of his letter is done. */
const seen = (outcome: Outcome): Outcome =>
  outcome.done && outcome.shows
    ? fails(
        `готовый ответ, пока не отправлен; отправит его та же команда без «?»:\n${outcome.shows.ru}`,
        `the ready answer, not sent yet; the same command without the ? sends it:\n${outcome.shows.en}`,
      )
    : outcome;

/** The answers of a language, with their titles; each by the name that is typed there. */
function listed(answers: ReadyAnswers, language: Language): string {
  const own = answers.list().filter((one) => one.language === language);
  const lines = (own.length > 0 ? own : answers.list()).map(
    ({ name, also, title }) => `${language === 'ru' ? (also ?? name) : name} – ${title}`,
  );
  const head = language === 'ru' ? 'какой ответ? есть:' : 'which answer? there are:';
  return [head, ...lines].join('\n');
}

function written(named: string, ticket: Ticket, answers: ReadyAnswers): Outcome {
  const names = [...new Set(answers.list().flatMap(({ name, also }) => (also === null ? [name] : [name, also])))];
  if (names.length === 0) return fails('готовых ответов нет', 'there are no ready answers');
  if (named === '' || named === '?') return fails(listed(answers, 'ru'), listed(answers, 'en'));
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

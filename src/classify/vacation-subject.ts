// Vacation notices told by the mark that mail systems put before the subject they answer. Only at its very start, and with
// its colon or nothing behind: «Автоответ не настраивается» is a customer, «Re: Автоответ: …» a person who answers one. And
// only where the letter answers something or speaks of an absence: «Автоответчик: не приходят письма» is a customer as well.

import { finding, type Rule } from './finding.ts';
import { speaksOfAbsence } from './vacation-words.ts';

const MARKS = [
  'автоответ(?:чик)?',
  'автоматический ответ',
  'автоматическое уведомление',
  'автоматична відповідь',
  'автовідповідь',
  'нет на (?:рабочем )?месте',
  'отсутствую',
  'меня нет в офисе',
  'вне офиса',
  'нет в офисе',
  'auto(?:matic)?[ -]?(?:reply|response|answer)',
  'auto',
  'out of (?:the )?office(?: (?:auto[ -]?reply|reply|response|message|notification))?',
  'vacation (?:reply|response|message|notice)',
  'on vacation',
  'away from (?:my mail|the office|office)',
  'automatische antwort',
  'abwesenheitsnotiz',
  'réponse automatique',
  'respuesta automática',
  'risposta automatica',
  'automatisch antwoord',
  'resposta automática',
  'odpowiedź automatyczna',
];
const MARK = new RegExp(`^\\s{0,5}[\\[(]?(?:${MARKS.join('|')})[\\])]?\\s{0,3}(?::|$)`, 'iu');

/** Whether a subject begins with such a mark. */
export const hasVacationMark = (subject: string): boolean =>
  MARK.test(subject.slice(0, 200)) && !/^\s*auto\s*$/i.test(subject);

/** The number of a ticket as our letters have it in their subject: behind a mark it is the subject that is answered. */
const TAG = /\[#\d{3,12}\]/;

export const vacationSubject: Rule = ({ message }) => {
  if (!hasVacationMark(message.subject)) return null;
  const answers = message.references.length > 0 || TAG.test(message.subject.slice(0, 300));
  const behind = message.subject.slice(0, 200).replace(MARK, '');
  return answers || speaksOfAbsence(behind) || speaksOfAbsence(message.reply)
    ? finding('auto-replied', 'vacation-subject', `Subject: ${message.subject}`)
    : null;
};

// Vacation notices told by the mark that mail systems put before the subject they answer. Only at its very start, and with
// its colon or nothing behind: «Автоответ не настраивается» is a customer, «Re: Автоответ: …» a person who answers one.

import { finding, type Rule } from './finding.ts';

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

export const vacationSubject: Rule = ({ message }) =>
  hasVacationMark(message.subject) ? finding('auto-replied', 'vacation-subject', `Subject: ${message.subject}`) : null;

// Vacation notices that show no mark at all, told by their words in Russian or English: a short letter that calls itself
// automatic AND speaks of an absence, or whose writer is away, says until when AND whom to ask instead; and asks nothing.
// The words only mute the acknowledgement: the letter stays a person's.

import { finding, type Rule } from './finding.ts';

const MAX_CHARS = 1500;

const words = (...alternatives: string[]) => new RegExp(alternatives.join('|').replaceAll(' ', '\\s{1,3}'), 'iu');

const CALLS_ITSELF_AUTOMATIC = words(
  '(?:письмо|сообщение|уведомление|ответ)(?: было)? (?:создано?|сформирован[оа]?|отправлен[оа]?|сгенерирован[оа]?) (?:автоматически|автоответчиком|роботом)',
  'это (?:мой )?(?:автоматическ|автоответ)',
  'this is an auto(?:matic|mated|-)',
  '(?:was|is) (?:generated|sent) automatically',
);

const ABSENCE = words(
  'в (?:\\p{L}{3,20} )?(?:отпуске|командировке|декрете|отъезде)',
  'на больничном',
  'вне офиса',
  'отсутству(?:ю|ет)',
  'буду отсутствовать',
  'у (?:відпустці|відрядженні)',
  'out of (?:the )?office',
  'on (?:annual |parental |maternity |paternity |sick )?(?:leave|vacation|holiday)',
);

const WRITER_IS_AWAY = words(
  '(?:нахожусь|нахожуся|буду|сейчас|я)(?: сейчас| временно| находиться| ещё| еще| уже){0,2} (?:в (?:(?:ежегодном|очередном|декретном|учебном) )?(?:отпуске|командировке|отъезде|декрете)|на больничном|вне офиса)',
  'буду отсутствовать',
  'меня (?:нет|не будет) (?:на (?:рабочем )?месте|в офисе)',
  'отсутствую (?:на рабочем месте|в офисе)',
  '(?:перебуваю|буду) у (?:відпустці|відрядженні)',
  "\\bI(?:'m| am| will be| shall be)(?: currently| now)? (?:(?:away|out) (?:of|from) (?:the |my )?(?:office|desk|mail)|on (?:(?:annual|parental|maternity|sick|paternity) leave|vacation|holiday|leave|a business trip))",
);

const UNTIL = words(
  '(?:^|\\s)(?:до|по|вернусь|выйду|буду на (?:месте|связи)) (?:\\S{1,15} ){0,2}\\d{1,2}',
  '\\b(?:until|till|back on|return(?:ing)? on|through) (?:\\S{1,15} ){0,2}(?:\\d{1,2}|monday|tuesday|wednesday|thursday|friday)',
);

const INSTEAD = words(
  'по(?: всем)?(?: срочным| неотложным| важным| рабочим| возникающим)? вопросам[\\s,][\\s\\S]{0,60}?(?:обращайтесь|обращаться|пишите|звоните|свяжитесь)',
  '(?:for|in case of) (?:any )?(?:urgent|immediate|emergenc)[\\s\\S]{0,80}?(?:contact|call|write|e-?mail)',
);

const BACK = words(
  '(?:по|после)(?: моём| моем| моего)? возвращени',
  '(?:вернусь|выйду|буду) (?:на (?:работу|связи|месте) )?(?:\\S{1,15} ){0,2}\\d{1,2}',
  '(?:upon|after|on) my return',
  "I(?:'ll| will)(?: be)? (?:back|return)",
);

/** What notices say in the languages whose marks of the subject are known. */
const ABSENCE_ELSEWHERE = words(
  '(?:abwesend|nicht im (?:büro|haus)|im urlaub)',
  '(?:absente?|en (?:congés?|vacances))',
  '(?:fuera de (?:la )?oficina|de vacaciones|ausente)',
  '(?:fuori (?:ufficio|sede)|in ferie|assente)',
  '(?:afwezig|met vakantie|niet op kantoor)',
  '(?:fora do escritório|de férias)',
  '(?:nieobecn|na urlopie|poza biurem)',
);

const SPOKEN = [ABSENCE, WRITER_IS_AWAY, CALLS_ITSELF_AUTOMATIC, BACK, ABSENCE_ELSEWHERE];

/** Whether a text speaks as an absent writer or a robot does; enough where something else of the letter does as well. */
export const speaksOfAbsence = (text: string): boolean =>
  text.length <= MAX_CHARS && !text.includes('?') && SPOKEN.some((said) => said.test(text));

export const vacationWords: Rule = ({ message }) => {
  const text = message.reply.trim();
  if (text.length > MAX_CHARS || text.includes('?')) return null;
  const absence = CALLS_ITSELF_AUTOMATIC.test(text) ? ABSENCE.exec(text) : null;
  const away = UNTIL.test(text) && INSTEAD.test(text) ? WRITER_IS_AWAY.exec(text) : null;
  const seen = absence ?? away;
  return seen ? finding('human', 'vacation-words', seen[0]) : null;
};

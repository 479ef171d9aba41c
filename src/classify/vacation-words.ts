// Vacation notices that show no mark at all, told by their words in Russian or English. A short letter that says its writer
// is away AND that a machine wrote it, or that he is away, until when AND whom to ask instead, and asks nothing itself.
// The words only mute the acknowledgement; in doubt it is a person.

import { finding, type Rule } from './finding.ts';

const MAX_CHARS = 1500;

const AWAY =
  /(?:нахожусь|нахожуся|буду|сейчас|я)\s{1,3}(?:(?:сейчас|временно|находиться|ещё|еще|уже)\s{1,3}){0,2}(?:в\s{1,3}(?:(?:ежегодном|очередном|декретном|учебном)\s{1,3})?(?:отпуске|командировке|отъезде|декрете)|на\s{1,3}больничном|вне\s{1,3}офиса)|буду\s{1,3}отсутствовать|отсутствую\s{1,3}(?:на\s{1,3}рабочем\s{1,3}месте|в\s{1,3}офисе)|(?:перебуваю|буду)\s{1,3}у\s{1,3}(?:відпустці|відрядженні)|\bI(?:'m| am| will be| shall be)\s{1,3}(?:currently\s{1,3}|now\s{1,3})?(?:(?:away|out)\s{1,3}(?:of|from)\s{1,3}(?:the\s{1,3}|my\s{1,3})?(?:office|desk|mail)|out\s{1,3}of\s{1,3}office|on\s{1,3}(?:(?:annual|parental|maternity|sick|paternity)\s{1,3}leave|vacation|holiday|leave|a\s{1,3}business\s{1,3}trip))/iu;
const MACHINE =
  /автоматическ(?:ий|ое|и)\s{1,3}(?:ответ|созданн?|сформирован|сообщени|письм|отправлен|уведомлени)|(?:создано|сформировано|отправлено|сгенерировано)\s{1,3}автоматически|автоответ|auto(?:matic|mated)?[ -]?(?:reply|response|answer|message)|automatically\s{1,3}(?:generated|sent)/iu;
const UNTIL =
  /(?:^|\s)(?:до|по|вернусь|выйду|буду\s{1,3}на\s{1,3}(?:месте|связи))\s{1,3}(?:\S{1,15}\s{1,3}){0,2}\d{1,2}|\b(?:until|till|back\s{1,3}on|return(?:ing)?\s{1,3}on|through)\s{1,3}(?:\S{1,15}\s{1,3}){0,2}(?:\d{1,2}|monday|tuesday|wednesday|thursday|friday)/iu;
const INSTEAD =
  /по\s{1,3}(?:всем\s{1,3})?(?:срочным|неотложным|важным|рабочим|возникающим)?\s{0,3}вопросам[\s,][\s\S]{0,60}?(?:обращайтесь|обращаться|пишите|звоните|свяжитесь)|(?:for|in\s{1,3}case\s{1,3}of)\s{1,3}(?:any\s{1,3})?(?:urgent|immediate|emergenc)[\s\S]{0,80}?(?:contact|call|write|e-?mail)/iu;

export const vacationWords: Rule = ({ message }) => {
  const text = message.reply.trim();
  if (text.length > MAX_CHARS || text.includes('?')) return null;
  const away = AWAY.exec(text);
  if (!away) return null;
  return MACHINE.test(text) || (UNTIL.test(text) && INSTEAD.test(text))
    ? finding('auto-replied', 'vacation-words', away[0])
    : null;
};

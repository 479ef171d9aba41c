// Vacation notices that show no mark at all, told by their words in the languages that customers write: a short letter that
// calls itself automatic AND speaks of an absence, or whose writer is away AND says whom to ask instead or that he answers
// later; and asks nothing. Until when somebody is away proves nothing: people write it beside their trouble. The words
// only mute the acknowledgement: the letter stays a person's.

import { finding, type Rule } from './finding.ts';

const MAX_CHARS = 1500;

const words = (...alternatives: string[]) => new RegExp(alternatives.join('|').replaceAll(' ', '\\s{1,3}'), 'iu');

const CALLS_ITSELF_AUTOMATIC = words(
  '(?:письмо|сообщение|уведомление|ответ)(?: было)? (?:создано?|сформирован[оа]?|отправлен[оа]?|сгенерирован[оа]?) (?:автоматически|автоответчиком|роботом)',
  'это (?:мой )?(?:автоматическ|автоответ)',
  'this is an auto(?:matic|mated|-)',
  '(?:was|is) (?:generated|sent) automatically',
  '(?:это|це) автоматичн',
  '^автомати(?:ческий ответ|ческое (?:сообщение|уведомление)|чна відповідь|чне повідомлення)[.:!]',
  '(?:лист|повідомлення) (?:створено|надіслано) автоматично',
  'dies ist eine automatische',
  'automatisch (?:erzeugt|generiert|versendet)',
);

const ABSENCE = words(
  'в (?:\\p{L}{3,20} )?(?:отпуске|командировке|декрете|отъезде)',
  'на больничном',
  'вне офиса',
  'отсутству(?:ю|ет)',
  'буду отсутствовать',
  '[ув] (?:відпустці|відрядженні)',
  'на лікарняному',
  'мене (?:немає|не буде)',
  'auf dienstreise',
  'out of (?:the )?office',
  'on (?:annual |parental |maternity |paternity |sick )?(?:leave|vacation|holiday)',
);

const WRITER_IS_AWAY = words(
  '(?:нахожусь|нахожуся|буду|сейчас|я)(?: сейчас| временно| находиться| ещё| еще| уже){0,2} (?:в (?:(?:ежегодном|очередном|декретном|учебном) )?(?:отпуске|командировке|отъезде|декрете)|на больничном|вне офиса)',
  'буду отсутствовать',
  'меня (?:нет|не будет) (?:на (?:рабочем )?месте|в офисе)',
  'отсутствую (?:на рабочем месте|в офисе)',
  '(?:я|зараз|перебуваю|буду)(?: зараз| тимчасово)? (?:[ув] (?:(?:щорічній|декретній) )?(?:відпустці|відрядженні|декреті)|на лікарняному|поза офісом)',
  'мене (?:немає|не буде) (?:на (?:робочому )?місці|в офісі)',
  '\\bich (?:bin|befinde mich|werde)(?: \\S{1,20}){0,8}? (?:nicht (?:im (?:büro|haus)|am (?:arbeits)?platz|erreichbar)|abwesend|außer haus|im (?:\\p{L}{3,12})?urlaub|auf (?:\\p{L}{3,12}reise)|in (?:elternzeit|mutterschutz)|krank)',
  '\\bich bin (?:erst )?(?:ab|am) (?:\\S{1,15} ){1,3}wieder (?:im büro|erreichbar|da(?!\\p{L}))',
  '\\bje (?:suis|serai)(?: actuellement)? (?:absente?|en (?:congés?|vacances|déplacement))',
  '\\b(?:estoy|estaré)(?: actualmente)? (?:fuera|de (?:vacaciones|viaje|baja)|ausente)',
  '\\b(?:sono|sarò)(?: attualmente)? (?:fuori|in (?:ferie|trasferta)|assente)',
  '\\b(?:jestem|będę|przebywam)(?: obecnie)? (?:na (?:urlopie|zwolnieniu)|nieobecn|poza biurem)',
  "\\bI(?:'m| am| will be| shall be)(?: currently| now)? (?:(?:away|out) (?:of|from) (?:the |my )?(?:office|desk|mail)|away(?= with|[.,;]| (?:until|till|from))|travell?ing|on (?:(?:annual|parental|maternity|sick|paternity) leave|vacation|holiday|leave|a business trip))",
);

/** Whom to ask instead. */
const INSTEAD = words(
  'по(?: \\p{L}{3,15})? вопросам(?:[\\s,][\\s\\S]{0,60}?(?:обращайтесь|обращаться|пишите|писать|звоните|свяжитесь)|[^.!]{0,40}?[—–:-] ?\\p{Lu})',
  '(?:срочн|неотложн)\\p{L}{0,4}[^.!]{0,60}?(?:обращайтесь|обратитесь|пишите|напишите|звоните|позвоните|свяжитесь)',
  '(?:for|in(?: case of)?) (?:any )?(?:urgent|immediate|emergenc)[\\s\\S]{0,80}?(?:contact|call|write|e-?mail)',
  'urgent[^.!]{0,30}?(?:contact|call|write|e-?mail)',
  'please (?:contact|call|write to|e-?mail) \\p{L}{2,20} ',
  'for (?:anything|any (?:questions|matters)|questions|matters)[^.!]{0,60}?(?:contact|call|write|e-?mail)',
  '(?:з|із|по) (?:\\p{L}{3,15} )?питань[\\s\\S]{0,60}?(?:звертайтес|пишіть|телефонуйте)',
  'терміно\\p{L}{1,4} питан',
  '(?:обращайтесь|звертайтес[ья]) (?:к|до) (?:(?:моим|моїх) )?кол+ег',
  'in dringenden (?:fällen|angelegenheiten)',
  '(?:meine |die )?vertretung(?: \\p{L}{3,12})?(?::| (?:übernimmt|ist|hat))',
  'wenden sie sich[^.!]{0,60}? an',
  "en cas d['’]urgence",
  'en caso de urgencia|para (?:asuntos|temas) urgentes',
  'per (?:urgenze|questioni urgenti)',
  'w (?:pilnych|nagłych) sprawach',
);

/** That he will answer, but not now. */
const LATER = words(
  'отве(?:чу|т)(?!\\p{L})[^.!]{0,60}?(?:возвращени|после|как только|когда|позже)',
  'доступ к (?:\\p{L}{3,12} )?почте[^.!]{0,20}? ограничен',
  '(?:reply|respond|answer|get back)[^.!]{0,60}?(?:return|am back|as soon as|when I)',
  "I(?:'ll| will) be back (?:on|in)",
  '(?:limited|no) access to (?:my )?e-?mail',
  'and (?:returning|will return|back) (?:on )?(?:\\d|\\p{L}{3,9}day)',
  'відповім[^.!]{0,60}?(?:після|коли|щойно|пізніше)',
  '(?:antworte|melde mich|beantworte)[^.!]{0,60}?(?:rückkehr|zurück|sobald|danach)',
  '(?:nach meiner rückkehr|wieder erreichbar|(?:nicht|werden nicht) weitergeleitet)',
  'répondrai[^.!]{0,60}?(?:retour|dès)',
  'responderé[^.!]{0,60}?(?:vuelta|regreso)',
  'risponderò[^.!]{0,60}?(?:rientro|ritorno)',
  'odpowiem[^.!]{0,60}?(?:powrocie|powrotu)',
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
  const away = INSTEAD.test(text) || LATER.test(text) ? WRITER_IS_AWAY.exec(text) : null;
  const seen = absence ?? away;
  return seen ? finding('human', 'vacation-words', seen[0]) : null;
};

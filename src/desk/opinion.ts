// What people say of a desk's work beside a mark: praise, or blame of how they were served. What says that something does not
// work, or asks for something, is neither, whatever else stands beside it. In doubt it is neither.

import { isThanks } from './thanks.ts';

const PRAISE =
  /(?:отличн|прекрасн|замечательн|великолепн|превосходн|супер|класс(?:но)?(?![\p{L}])|молодц|быстр|оперативн|вежлив|грамотн|профессионал|понравил|довол[ье]н|устро(?:ил|ен)|рекоменд|на высоте|лучш|хорош|качествен|подробн|понятно|выручил|помогл[аи]|реш(?:ил|ен|ён)|всё (?:ок|супер|чётко)|ч[её]тк|без замечаний|так держать|спасибо|благодар|excellent|great|good|nice|fast|quick|helpful|polite|perfect|amazing|awesome|satisf|happy|thank|well done|solved)/iu;
/** Of the desk and its manners, never of the shop. */
const BLAME =
  /(?:долг(?:о|ое|ий|ая)|медленн|не сразу|затян|жд(?:ал|ать|ём|ем)(?:[аи]|ся)?(?![\p{L}])|ожидани|груб|хам(?:ств|ит|ил)|невежлив|некомпетент|отписк|отписал|формальн|равнодуш|не понял[аи]? (?:вопрос|меня|нас)|плох(?:ая|о|ой|ую) (?:работ|поддержк|сервис|обслуж)|так себе|slow|too long|waited|rude|unhelpful|incompetent|poor (?:service|support)|bad (?:service|support))/iu;
/** A part of the desk's work that is named with a mark. */
const SERVICE = /(?:поддержк|сервис|обслуживани|за (?:работу|ответ|помощь)|service|support)/iu;

/** Something that may wait for the desk. */
const MATTER =
  /[?？]|(?<![\p{L}])(?:не(?!\s*(?:сразу|поддержк|сервис|служб|вежлив|компетент|понял|плох|очень (?:быстро|вежливо))(?:[\p{L}]*))|опять|снова|по-прежнему|до сих пор|так и|теперь|ещ[её] (?:один|вопрос|раз)|ошибк\p{L}*|слома\p{L}*|проблем\p{L}*|пропал\p{L}*|исчез\p{L}*|верните|исправьте|сделайте|добавьте|помогите|подскажите|посмотрите|прошу|просьба|нужно|надо|хотел\p{L}*|again|still|error|broken|fail\p{L}*|not|doesn't|isn't|can't|please|but now|problem\p{L}*)(?![\p{L}])/iu;
/** What is over is no matter any more. */
const SOLVED =
  /(?:проблем\p{L}*\s+(?:был\p{L}*\s+)?реш\p{L}*|реш\p{L}*\s+(?:\p{L}+\s+)?проблем\p{L}*|problem\p{L}* (?:was |is )?solved)/giu;

/** Things of a shop: «долго грузится сайт», «быстро кончается место» blame and praise nobody. */
const THING =
  /(?<![\p{L}])(?:корзин|сайт|касс(?!н)|заказ|товар|каталог|магазин|поиск|оплат|доставк|остат|фид(?![\p{L}])|чек(?:и|а|ов)?(?![\p{L}])|страниц|кнопк|модул|кабинет|админк|место(?![\p{L}])|cart|site|order|shop|page|checkout|catalog)/iu;

const isMatter = (text: string): boolean => MATTER.test(text.replace(SOLVED, 'решили')) || THING.test(text);

/** Whether what stands behind a bare number is a judgement, and not what the number counts: «5 отлично», «5 вопросов». */
export function isJudgement(text: string): boolean {
  const first = /\p{L}+/u.exec(text)?.[0] ?? '';
  if (/(?:ых|их)$/iu.test(first)) return false;
  const known = PRAISE.test(first) || BLAME.test(first) || isThanks(first, false);
  return (
    known ||
    first === '' ||
    /^(?:очень|вс[её]|за|не|так|плох\p{L}*|ужас\p{L}*|норм\p{L}*|very|too|all|ваш\p{L}*)$/iu.test(first)
  );
}

/** Whether a text praises, and nothing in it waits for the desk. */
export const isPraise = (text: string): boolean => (PRAISE.test(text) || isThanks(text, false)) && !isMatter(text);

/** Whether a text is about how the desk works, for good or bad, and nothing in it waits for the desk. */
export const isAboutService = (text: string): boolean => (BLAME.test(text) || SERVICE.test(text)) && !isMatter(text);

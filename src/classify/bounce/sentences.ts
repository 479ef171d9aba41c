// What the words of a notice say, sentence by sentence, in the languages that mail systems of our customers write: that a
// letter did not arrive, that it is still tried, whom to ask. Patterns are linear and see bounded sentences only.

import { anyOf } from './pattern.ts';

const SENTENCE_CHARS = 1000;
/** A notice says what it has to in fewer. */
const MOST_SENTENCES = 2000;

const NOT_ARRIVED = anyOf(
  "(?:not|n['’]t|unable to|cannot|failed to|failure to|impossible to)\\b.{0,60}?(?:deliver|\\breach)",
  'undeliver(?:able|ed)',
  "(?:did not|didn['’]t|never) (?:get through|arrive)|(?:could|can) ?not be sent|(?:was|were)(?: not|n['’]t) sent",
  '(?:permanent fatal|transient non-fatal|fatal delivery) errors',
  '\\bdeliver(?:y|ed|ing)?\\b.{0,80}?(?:fail|delay|problem|error|abort|stopped|prevented|suspended)',
  '\\b(?:was|were|is) not accepted by',
  '(?:fail(?:ed|ure)|problem|error)\\b.{0,60}?\\bdeliver',
  '\\b(?:has been|was|were) (?:blocked|rejected|refused|bounced)',
  '\\bfailed (?:recipient|address)',
  '\\bwill not (?:be )?(?:try|tried|retried|retry)\\b',
  'не (?:(?:может|могут|могло) быть |(?:был[аои]?|удалось|удаётся|удается|смогли|смог|получилось|выполнена|пока|ещё|еще) ){0,3}(?:достав|отправлен)',
  'недостав',
  '(?:сбой|ошибка|проблем[аы]|задержка)(?: с| при)? доставк',
  'доставк.{0,80}?(?:невозможн|задерж|отлож|не удал)',
  'при доставке.{0,100}?проблем',
  'не (?:дошл[оа]|достигло)',
  '(?:письм|сообщени).{0,120}?(?:отклонен|отвергнут|заблокирован|не принят|возвращ[её]н|отправлено назад)',
  'не (?:может|могут|смог(?:ли|ла)?|удалось|удаётся|удается).{0,40}?(?:передать|переслать|отправить|доставить)',
  'невозможно (?:доставить|передать|отправить)',
  'не (?:було |вдалося )?достав',
  '(?:nicht|fehler).{0,80}?(?:zugestellt|zustell|erreicht|übermittelt)',
  'zustell.{0,80}?(?:nicht|fehl|verzöger)',
  'unzustellbar',
  "(?:n['’](?:a|ont) pas|échec|impossible).{0,60}?(?:remis|remettre|livr|délivr|distribu)",
  'remise.{0,80}?(?:retard|échou)',
  "n['’](?:a|ont|est) pas (?:encore )?(?:p(?:u|arven)|été).{0,60}?(?:remis|remettre|livr|délivr|distribu|à \\S{1,128}@)",
  'no (?:se )?(?:pudo|ha podido|han podido|ha|llegó).{0,40}?(?:entreg|destin)',
  'error (?:de|en la|al) entreg',
  'impossibile (?:recapitare|consegnare)',
  'non (?:è |ha ).{0,40}?(?:recapitat|consegn)',
  '(?:recapito|consegna) non riuscit',
  '(?:errore|problema) .{0,30}?(?:consegna|recapito)',
  'nie (?:udało się|można|mogła|została|zostało)(?: \\p{L}{2,12}){0,2} (?:być )?(?:dostarcz|doręcz)',
  'nie (?:dostarczono|doręczono)',
  'niepowodzeni.{0,20}?dostarcz',
  '(?:teslim|ulaştırıl|ilet).{0,20}?(?:edilemedi|edilemiyor|ılamadı|ilemedi|başarısız)',
  'не (?:може |можуть |може бути |було |вдалося |вдається ){0,2}(?:достав|передати|надіслати)',
  '(?:помилка|збій|проблема)(?: під час| при)? доставк',
  'niet (?:worden )?(?:bezorgd|afgeleverd)',
  '(?:nepodařilo|nelze|nebylo možné)(?: \\p{L}{1,4})? doručit',
);

/** A letter by any of its names; a parcel or an order that did not arrive is none. */
const MAIL = anyOf(
  '\\b(?:e-?)?mails?\\b(?! address)|\\bmessages?\\b|\\bletters?\\b',
  'delivery status notification',
  'письм',
  'сообщени',
  'лист(?:а|и)?(?![\\p{L}])',
  '\\bnachricht',
  'mensaje',
  'correo',
  'messaggio',
  'courri(?:er|el)',
  'wiadomoś',
  '(?<!\\p{L})ileti',
  'e-?posta',
  'повідомленн',
  '\\bbericht',
  'zpráv',
);

/** What is no letter though it is a message: it fails to be delivered too. */
const OTHER_POST = anyOf('\\bsms\\b', 'смс', 'text message', 'telegram', 'whatsapp', 'viber', 'push');

/** «If your message could not be delivered …» tells of no message. */
const CONDITION = anyOf(
  '^(?:\\S{1,20} ){0,3}(?:if|when|whenever|unless|in case|если|когда|в случае|якщо|коли|wenn|falls|si|lorsque|se|cuando|jeśli|gdy|eğer|als|pokud)(?![\\p{L}])',
);

/** Whom to ask is no recipient. */
const CONTACT = anyOf(
  '\\bcontact\\b',
  '\\bwrite to',
  '\\bask\\b',
  'questions',
  'assistance',
  'feedback',
  '\\bhelp\\b',
  '\\bresend to',
  'send mail to',
  'report(?:ed)? to',
  'обратитесь',
  'обращайтесь',
  'пишите',
  'напишите',
  'вопрос(?:ам|ы)',
  'сообщите',
  'поддержк',
  'wenden sie sich',
  'fragen',
  'contactez',
  'pour toute question',
  '(?<!\\p{L})(?:assistenza|assistance|ayuda|aide|pomoc|yardım|підтримк|vragen)(?!\\p{L})',
  'звертайтеся',
);

// A mail system that goes on trying. «Try sending it again» is advice and «will not continue trying» the contrary.
const STILL_TRYING = anyOf(
  "(?<!not )(?<!n['’]t )\\b(?:will|shall|is going to|are going to|we['’]ll|i['’]ll) (?:be )?(?:(?:automatically|still|also) )?(?:retry|retried|re-?attempt|try again|try to (?:re)?deliver|trying|keep trying|keep (?:re)?attempting|keep on trying|continue (?:trying|to try|attempting|to attempt))",
  '(?:attempts?|tries).{0,40}?\\bwill (?:be )?continued?\\b',
  'will be (?:attempted|tried) again',
  'being retried',
  '\\bnot (?:yet )?been delivered (?:yet|to .{0,60}? after)',
  '\\bnot yet been delivered',
  '\\bnot (?:reached .{0,40}? yet)',
  '\\bstill (?:undelivered|in the retry queue|being tried)',
  '\\bwarning (?:message )?only',
  '\\bdeliver(?:y|ing)\\b.{0,60}?\\b(?:is|are|has been|was|been) delayed',
  '\\bmessage (?:is|has been) delayed',
  '\\bdelayed mail',
  'temporary problem',
  'попытки.{0,40}? (?:будут |будет )?(?:продолж|повтор)',
  'продолж(?:им|ит|ат)(?: свои)? попытки',
  '(?:будет|будем|будут) (?:и далее |ещё |еще )?(?:повторять|пытаться|предпринимать)',
  '(?:будет|будут) (?:повторен|предпринят|продолжен)',
  'повторит попытк',
  'до сих пор не (?:был[оа] )?доставлен',
  '(?:пока|ещё|еще)(?: что)? не (?:был[оа]? |смогли |удалось )?достав',
  'доставк.{0,80}?(?:задержива|отложена)',
  'временная проблема',
  'verzögert sich|zustellversuche.{0,40}?fortgesetzt|wird weiterhin versucht',
  'est retardée|tentatives.{0,40}?(?:vont continuer|se poursuiv)',
  '(?:nouvelles )?tentatives.{0,20}? (?:auront|seront|vont)',
  "n['’]a pas encore (?:pu|été)",
  'noch nicht (?:zugestellt|ausgeliefert)',
  'se seguirá intentando|(?:aún|todavía) no (?:se )?ha',
  'non è ancora st|continuer(?:à|emo) a tentare',
  'nie został[ao] jeszcze|nadal prób|kolejne próby',
  'henüz (?:teslim|ulaştır)',
  'ще не (?:було |вдалося )?достав|спроби.{0,40}? (?:будуть |буде )?(?:продовж|повтор)',
  'отправк.{0,40}? (?:будет|будут) (?:повтор|продолж)',
  'nog niet (?:bezorgd|afgeleverd)',
);
const DELAY_SUBJECT = anyOf(
  '\\((?:delay|delayed)\\)',
  'delayed',
  '\\bdelay\\b',
  'still being retried',
  'could not send message for past',
  'задержк',
  'отложен',
  'пока не доставлен',
  'ожидает доставки',
  'verzöger',
  'retard(?!\\p{L}{2,20} de paiement)',
  'ritardo',
  'opóźni',
  'retras',
  'gecik',
  'затримк',
);

/** A sentence and the line on which it ends. */
export interface Sentence {
  readonly text: string;
  readonly lastLine: number;
}

/** The header of a letter passed on, or of the one that a notice is about; its addresses say nothing by themselves. */
const HEADER_LINE =
  /^(?:from|to|cc|subject|date|sent|sender|от|кому|тема|дата|отправлено|від|von|an|betreff|gesendet(?: am)?|od|do|temat|oggetto|objet|asunto|konu)\s?:/iu;

/** The sentences of a notice: paragraphs, flattened, cut at their full stops and colons. */
export function sentencesOf(lines: readonly string[]): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let pending = '';
  const end = (lastLine: number) => {
    if (pending.trim() !== '' && sentences.length < MOST_SENTENCES)
      sentences.push({ text: pending.trim().slice(0, SENTENCE_CHARS), lastLine });
    pending = '';
  };
  lines.forEach((line, at) => {
    const words = line.trim().replace(/\s+/g, ' ');
    if (words === '' || HEADER_LINE.test(words)) {
      end(at - 1);
      return;
    }
    const pieces = words.split(/(?<=[.!?])\s/);
    pieces.forEach((piece, place) => {
      if (pending.length < SENTENCE_CHARS) pending += `${piece} `;
      if (place < pieces.length - 1 || /[.!?:]$/.test(words)) end(at);
    });
  });
  end(lines.length - 1);
  return sentences;
}

/** Whether a sentence says that something did not arrive, of which it speaks as a fact. */
export const saysNotArrived = (sentence: string): boolean =>
  NOT_ARRIVED.test(sentence) && !CONDITION.test(sentence) && !OTHER_POST.test(sentence);

/** Whether a sentence says that the letter is still on its way. */
export const saysTrying = (sentence: string): boolean => STILL_TRYING.test(sentence);

/** Whether a sentence says whom to ask. */
export const namesContact = (sentence: string): boolean => CONTACT.test(sentence);

/** Whether words speak of mail. */
export const speaksOfMail = (words: string): boolean => MAIL.test(words) && !OTHER_POST.test(words);

/** Whether the words before a place in its sentence make it a condition. */
export const isConditional = (sentence: string): boolean => CONDITION.test(sentence);

/** Whether a notice says that the letter is still on its way: it beats whatever else it says. */
export const saysStillTrying = (subject: string, lines: readonly string[]): boolean =>
  DELAY_SUBJECT.test(subject.slice(0, 500)) || sentencesOf(lines).some(({ text }) => saysTrying(text));

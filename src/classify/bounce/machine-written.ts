// Whether a letter whose sender looks like a person's is a mail system's all the same. People paste bounces and ask about
// them, so a subject, a code or an announcement prove nothing alone: the letter must open as a machine's, hold no word of a
// person's, and give back no letter of somebody else's.

import type { Message } from '../../mail/message.ts';
import { addressesIn } from './address.ts';
import { isAmazonBounce } from './amazon.ts';
import { isOfForm, labelsAddress } from './general.ts';
import { linesOfPart } from './lines.ts';
import type { Notice } from './notice.ts';
import { namesContact, saysNotArrived, saysTrying, sentencesOf, speaksOfMail } from './sentences.ts';
import { addresseesOf, hasBounceSubject, hasReplyCode, replyLine } from './signs.ts';
import { recipientStatuses, statusIn } from './status.ts';
import { asksAsMachine, introducesItself, speaksAsPerson, speaksOfTrade } from './vocabulary.ts';

const REPLY_PREFIX = /^\s{0,5}(?:re|fwd?|aw|wg|tr|rv|отв|ответ|ha|на|пересл)\s{0,2}(?:\[\d{1,4}\])?\s{0,2}:/iu;

const GREETING =
  /^(?:hi|hello|dear [\p{L} ]{1,40}|sorry|здравствуйте|добрый день|уважаем[\p{L} ]{1,60}|bonjour|guten tag|hallo|buongiorno|dzień dobry|hola|добрий день|вітаємо)[\s,.!]*$/iu;

/** How they address the sender. */
const YOUR_MESSAGE =
  /^(?:your (?:message|e-?mail)|(?:ваше|отправленное вами) (?:письмо|сообщение)|ihre (?:nachricht|e-?mail)|votre (?:message|courriel)|s?u mensaje|il (?:tuo|suo|vostro) messaggio|twoja wiadomość|ваш лист|ваше повідомлення)/iu;

/** The subject of our letter, known by its ticket's number: a notice that quotes it quotes our customer's words. */
const OUR_SUBJECT = /\[#\d{3,12}\][^\n'"»)]{0,200}/gu;

/** Longer ones are taken line by line, which are bounded. */
const PARAGRAPH_CHARS = 2000;

function paragraphs(lines: readonly string[]): readonly string[] {
  return lines
    .join('\n')
    .split(/\n[^\S\n]*\n/)
    .flatMap((paragraph) => (paragraph.length > PARAGRAPH_CHARS ? paragraph.split('\n') : paragraph))
    .map((paragraph) => paragraph.replace(/\s+/g, ' ').trim())
    .filter((paragraph) => /\p{L}{2}/u.test(paragraph));
}

/** Whether a paragraph asks as people ask, or speaks of him who writes. */
function isPersonal(paragraph: string): boolean {
  if (speaksAsPerson(paragraph)) return true;
  return sentencesOf([paragraph]).some(({ text }) => text.endsWith('?') && !asksAsMachine(text));
}

/** Whether a paragraph speaks of nothing that mail systems speak of: nobody's form, and nobody's announcement. */
function isOffTopic(paragraph: string): boolean {
  const isForm = addressesIn(paragraph).length > 0 || hasReplyCode(paragraph) || /^[^.!?]{1,60}[:=]/.test(paragraph);
  return !isForm && !GREETING.test(paragraph) && !speaksOfTrade(paragraph) && !saysTrying(paragraph);
}

/** The other server's answer, bare. */
const ANSWER = /^[\s<>|-]{0,12}[45]\d\d[ -]/;

/** How many paragraphs a mail system may need before it says what it writes about: «Your message», its subject. */
const BEFORE_THE_POINT = 2;

function opensAsMachine(all: readonly string[]): boolean {
  const opening = all.filter((paragraph) => !GREETING.test(paragraph)).slice(0, BEFORE_THE_POINT + 1);
  const first = opening[0] ?? '';
  if (YOUR_MESSAGE.test(first) || ANSWER.test(first) || (labelsAddress(first) && hasReplyCode(first))) return true;
  const point = opening.findIndex((text) => saysNotArrived(text) || saysTrying(text) || introducesItself(text));
  return point >= 0 && opening.slice(0, point).every((text) => /:$|^[^.!?]{1,200}$|^[\w-]{2,30}: /.test(text));
}

/** Whether the letter given back went out from whom this one came to: a person pastes letters of his own. */
function givesBackOurs(message: Message, { returned }: Notice): boolean | null {
  if (returned === null || returned.from.length === 0) return null;
  const addressees = addresseesOf(message);
  return returned.from.some((address) => addressees.has(address.toLowerCase()));
}

const HOLDS_WORDS = /^(?:text\/|message\/|application\/octet-stream$)/;

/** Whether the header of a letter comes back as a part of its own (RFC 6522 §4): no person's client makes one. */
const givesBackHeader = ({ parts }: Message): boolean =>
  parts.some(({ contentType }) => /^(?:text|message)\/(?:rfc822|global)-headers$/.test(contentType));

/** Whether a group of RFC 3464 stands in a part or in the text. */
function statesRecipients({ parts }: Message, { lines }: Notice, below: readonly string[]): boolean {
  const inParts = parts.filter(({ contentType }) => HOLDS_WORDS.test(contentType)).map(linesOfPart);
  return [lines, below, ...inParts].some((place) => recipientStatuses(place).length > 0);
}

/**
 * Whether a mail system wrote the letter, though its sender does not say so. `below` are the lines under the header of a letter given
 * back, or under the words that announce one.
 */
export function isMachineWritten(message: Message, notice: Notice, below: readonly string[]): boolean {
  const ours = givesBackOurs(message, notice);
  // James of Apache answers under the subject of the letter, and attaches it; people answer so, too, and attach nothing.
  const answers = REPLY_PREFIX.test(message.subject);
  if (answers && !(ours === true && message.parts.some(({ contentType }) => contentType.startsWith('message/'))))
    return false;
  if (ours === false && !statesRecipients(message, notice, below)) return false;
  // Below a letter of ours stand our own words.
  const all = [
    ...paragraphs(notice.lines.map((line) => line.replace(OUR_SUBJECT, ''))),
    ...(ours === true ? [] : paragraphs(below)),
  ];
  if (all.some(isPersonal) || (ours !== true && all.some(isOffTopic))) return false;
  if ((answers || ours !== true) && !opensAsMachine(all)) return false;
  // Prose alone, with an address in it, is how people tell of a bounce.
  if (ours !== true && !all.some((text) => introducesItself(text)) && !notice.lines.some(isOfForm)) return false;
  return (
    hasBounceSubject(message) ||
    (ours === true &&
      (givesBackHeader(message) ||
        replyLine(notice) !== null ||
        all.some((text) => saysNotArrived(text) || saysTrying(text))))
  );
}

/** How many sentences a notice has to name what did not arrive. */
const OPENING = 6;

/** Whether a notice tells of mail: an order and a web hook fail to be delivered too. */
export function tellsOfMail(message: Message, notice: Notice): boolean {
  if (notice.returned !== null || isAmazonBounce(notice)) return true;
  const all = sentencesOf(notice.lines).map(({ text }) => text);
  const told = all.filter((text) => (saysNotArrived(text) || saysTrying(text)) && !namesContact(text));
  const named = [...all.slice(0, OPENING), ...told].some(speaksOfMail);
  if (told.length > 0 && named) return true;
  const labelled = notice.lines.some(labelsAddress);
  // An address with a code of RFC 3463 beside it is of mail, whatever the subject calls it.
  const isOfMail = speaksOfMail(message.subject) || (labelled && statusIn(notice.lines.join('\n')) !== null);
  return (labelled || replyLine(notice) !== null) && isOfMail && hasBounceSubject(message);
}

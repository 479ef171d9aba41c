// Signs of a bounce outside its machine-readable part: who sent it, what its subject says, the codes in its text.

import type { Envelope } from '../../mail/envelope.ts';
import type { Message } from '../../mail/message.ts';
import { isDaemonAddress, isDaemonAuthor, isNoReplyAddress, reversePath } from '../sender.ts';
import { isAmazonBounce } from './amazon.ts';
import type { Notice } from './notice.ts';
import { anyOf } from './pattern.ts';

const SUBJECT = anyOf(
  'undeliver',
  'non[- ]?deliver',
  '(?:could|can) ?not be delivered',
  'deliver(?:y|ed|ing)?[\\s\\w-]{0,30}(?:fail|status|notif|problem|error|report|delay|warn)',
  'fail(?:ed|ure)[\\s\\w-]{0,20}(?:deliver|notice)',
  '(?:delayed|blocked) (?:mail|message)',
  'returned (?:mail|to sender)',
  'return(?:ed|ing) (?:to sender|message)',
  'mail (?:failed|system error|delivery)',
  'message (?:you sent blocked|(?:status|delayed|undeliver|blocked))',
  '(?:warning|notice)\\W{1,3}.{0,40}(?:mail|message|delay)',
  'error sending message',
  'postmaster notify',
  '(?:mail|message) is delayed',
  "(?:not|n['’]t) (?:be |been )?delivered",
  '(?:message|e-?mail|mail) (?:was |has been |is )?(?:rejected|refused|blocked)',
  '(?:письмо|сообщение) (?:отклонен|заблокирован|не принят|отвергнут)',
  'невозможно доставить',
  'не ?доставлен',
  'недостав',
  'сбой доставки',
  'ошибка доставки',
  'не удалось доставить',
  'не удается доставить',
  'не удаётся доставить',
  'отч[её]т о доставке',
  '(?:задержка|отложена?) доставк',
  'доставка (?:отложена|задерж)',
  'ожидает доставки',
  'возвращ[её]н',
  'возвращаем',
  'unzustellbar',
  'zustellung',
  'nicht zugestellt',
  'non remis',
  'échec de la remise',
  'remise retard',
  'zustellfehler',
  'verzögerte zustellung',
  '(?:message|courri(?:er|el)) (?:non délivré|non distribué|en échec|retardé)',
  'no (?:se ha )?entregado',
  'error (?:en|de) la entrega|mensaje devuelto',
  'manca(?:to recapito|ta consegna)',
  'non (?:recapit|consegn)',
  '(?:errore di|ritardo.{0,20}) consegna|consegna (?:in ritardo|non riuscita)',
  'nie ?dostarcz|nie ?doręcz|zwrot wiadomości|wiadomość (?:wróciła|zwrócona)',
  'opóźnienie w dostarcz',
  'teslim ed(?:ilemedi|ilemez)|ulaştırılamadı|iletilemedi',
  'помилка доставки|збій доставки|затримка доставки',
  'niet bezorgd|onbestelbaar',
  'nedoručen',
);

// `550 5.1.1 …` and `#5.1.1`, but no piece of an IP address or of a telephone number.
const REPLY_CODE = /(?<![\d.+-]|\d )[45]\d\d[ -](?!\d{2})|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![.\d])/;

/** Whether a server's answer stands in a text. */
export const hasReplyCode = (text: string): boolean => REPLY_CODE.test(text);

/** The line in which the other server's answer stands, or null. */
export const replyLine = (notice: Notice): string | null => notice.lines.find(hasReplyCode) ?? null;

/** `daemon`: a mail system by its name; `robot`: nobody who reads answers; `null`: a person, for all that is known. */
export function senderKind(message: Message, envelope: Envelope): 'daemon' | 'robot' | null {
  const path = reversePath(message, envelope);
  const daemon = path !== null && (isDaemonAddress(path) || /^(?:mailer-daemon|postmaster)$/i.test(path));
  if (daemon || isDaemonAuthor(message)) return 'daemon';
  // A site's form writes from an address that nobody reads, and names the person whose words it brings.
  if (message.replyTo.some(({ address }) => !isNoReplyAddress(address) && !isDaemonAddress(address))) return null;
  return path === '' || message.from.some(({ address }) => isNoReplyAddress(address)) ? 'robot' : null;
}

/** Who a bounce came to, in lower case: whom the letter that bounced went out from. */
export const addresseesOf = ({ to, cc }: Message): ReadonlySet<string> =>
  new Set([...to, ...cc].map(({ address }) => address.toLowerCase()));

/** Whether a subject is one that mail systems give their bounces. */
export const hasBounceSubject = (message: Message): boolean => SUBJECT.test(message.subject.slice(0, 500));

/** Whether anything but its sender says that a letter is a bounce. */
export const looksLikeBounce = (message: Message, notice: Notice): boolean =>
  notice.returned !== null ||
  message.fields.has('x-failed-recipients') ||
  hasBounceSubject(message) ||
  isAmazonBounce(notice);

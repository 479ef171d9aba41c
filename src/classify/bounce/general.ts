// Everybody whose wording no list holds: a sentence that says that mail did not arrive names the address itself, or ends
// in a colon above a list of addresses; else labels name them («Undeliverable Address: …», «Получатель: …»).

import { addressesIn } from './address.ts';
import { type FreeForm, listed, type Notice } from './notice.ts';
import { anyOf } from './pattern.ts';
import { namesContact, saysNotArrived, sentencesOf } from './sentences.ts';

const LABELS = anyOf(
  'recipients?(?:\\(s\\))?(?: address(?:es)?)?',
  'address(?:es|\\(es\\))?',
  'e-?mail',
  'rcpt(?: to)?',
  'to address',
  'addressed to',
  'получател[ьи]',
  'адресат[ы]?',
  'адрес(?: получателя)?',
  'кому не доставлено',
  'empfänger',
  'destinataires?',
  'destinatari[oi]?s?',
  'odbiorc(?:a|y)|adresa(?:t|ci)',
  'alıcı(?:lar)?',
  'отримувач[іи]?|одержувач[іи]?',
  'ontvangers?',
  'příjemc(?:e|i)',
  '(?:fehlerhafte|ungültige) adressen?',
  'waiting for',
  'your (?:message|e-?mail) to',
  'delivery failed \\d{1,4} attempts',
  'user mailbox exceeds allowed size',
  'mailbox is full',
  '(?:unknown|invalid) (?:local )?user',
  'user unknown',
  'invalid (?:final delivery userid|recipient)',
  'undeliverable to',
  'unable to deliver(?: message)? to',
);
const LABEL = new RegExp(
  `^[\\s[(*]{0,8}(?:(?:undeliverable|undelivered|failed|final|rejected|invalid|unknown|bad|intended|original|unreachable)\\s{1,3})?(?:${LABELS.source})\\s{0,3}[:=]?\\s{0,8}[["'<]{0,2}(?=[^\\s:=]{1,128}@)`,
  'iu',
);

/** Whether a line labels an address as one that was not reached. */
export const labelsAddress = (line: string): boolean => LABEL.test(line);

/** Whether a line is one of a form and not of prose: it begins with an address, labels one, or holds a server's answer. */
export const isOfForm = (line: string): boolean => ITEM.test(line) || labelsAddress(line) || ANSWER.test(line);

/** An address at the start of a line, and behind it nothing, a mark, or a code: where words follow it may be prose. */
const ITEM =
  /^[\s*•·>|-]{0,12}["'<[]?[^\s"'<>@]{1,128}@[^\s@:;,()<>]{3,255}["'>\]]{0,2}\s{0,8}(?:$|[:;,([<—–-]|\.{3}|[45]\d\d)/;
const LEADING = /^[\s*•·>|-]{0,12}["'<[]?[^\s"'<>@]{1,128}@[^\s@]{3,255}/;
const ANSWER = /^[\s<>|-]{0,12}(?:[\p{L} ]{3,40}:\s{0,8})?[45]\d\d[ -]/u;

/** «550 5.1.1 <a@b>: …», «550 a@b... no such user», «RCPT TO:<a@b>»: the dialogue of two servers. */
const DIALOGUE =
  /(?:(?<![\d.])5\d\d[ -](?:5\.\d{1,3}\.\d{1,3} )?|\brcpt to:\s?)<?(?=[^\s<>:@]{1,128}@[^\s<>:@]{1,255}(?:>|\.\.\.|:|$))/i;

const addressesOf = (text: string) => addressesIn(text).map(({ address }) => address);

const addressBehind = (pattern: RegExp) => (line: string) => {
  const found = pattern.exec(line);
  return found
    ? addressesIn(line.slice(found.index + found[0].length))
        .slice(0, 1)
        .map(({ address }) => address)
    : [];
};

/** What a notice in unknown words says; null where no sentence and no label names anybody. */
export function general({ lines }: Notice, ours: ReadonlySet<string>): FreeForm | null {
  const others = (addresses: readonly string[]) => addresses.filter((address) => !ours.has(address.toLowerCase()));
  const told = sentencesOf(lines).filter(({ text }) => saysNotArrived(text));
  const inline = told.filter(({ text }) => !namesContact(text)).flatMap(({ text }) => addressesOf(text));
  for (const { text, lastLine } of told) {
    const below = lines.slice(lastLine + 1);
    // «… to the following addresses.» ends in a full stop with some; then the list begins at once.
    const announces = text.endsWith(':') || LEADING.test(below.find((line) => line.trim() !== '') ?? '');
    const found = addressesOf(text).length > 0 ? inline : announces ? listed(below, false) : [];
    const recipients = others(found);
    if (recipients.length > 0) return { recipients, action: 'failed' };
  }
  for (const found of [lines.filter(labelsAddress).flatMap(addressesOf), lines.flatMap(addressBehind(DIALOGUE))]) {
    const recipients = others(found);
    if (recipients.length > 0) return { recipients, action: 'failed' };
  }
  return null;
}

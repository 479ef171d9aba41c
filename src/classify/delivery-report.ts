// Delivery reports (RFC 3464, 6522, 6533) and what mailers write instead: a letter goes in, who was not reached and why
// comes out. Nothing here is believed: whether the report is about a letter of ours is for the Message-ID to prove.

import type { Envelope } from '../mail/envelope.ts';
import type { Message, Part } from '../mail/message.ts';
import { addressesIn, distinct, isRoutable } from './bounce/address.ts';
import { isAmazonBounce } from './bounce/amazon.ts';
import { FAMILIES } from './bounce/families.ts';
import type { Notice } from './bounce/notice.ts';
import { cutReturned, returnedInParts } from './bounce/returned.ts';
import { type Action, type RecipientStatus, recipientStatuses, statusIn } from './bounce/status.ts';
import { mediaType, typeParameter } from './content-type.ts';
import { finding, type Rule } from './finding.ts';
import { isDaemonAddress, isDaemonAuthor, isNoReplyAddress, reversePath } from './sender.ts';

/** What a delivery report says. */
export interface Report {
  readonly recipients: readonly string[];
  readonly action: Action | null;
  /** Enhanced status code of RFC 3463, `5.1.1`. */
  readonly status: string | null;
  /** What the other server said, one line. */
  readonly diagnostic: string | null;
  readonly original: { readonly messageId: string | null };
}

const MAX_LINES = 1000;
const LINE_CHARS = 1000;
const STATUS_CHARS = 256 * 1024;
const UNKNOWN: Envelope = { from: null, to: [] };

const SUBJECT =
  /undeliver|non[- ]?deliver|deliver(?:y|ed)[\s\w-]{0,30}(?:fail|status|notif|problem|error|report|delay)|fail(?:ed|ure)[\s\w-]{0,20}(?:deliver|notice)|returned (?:mail|to sender)|returning message|mail (?:failed|system error|delivery)|не ?доставлен|сбой доставки|ошибка доставки|не удалось доставить|отчет о доставке|отчёт о доставке|возвращ[её]н/i;

const linesOf = (text: string): readonly string[] =>
  text
    .slice(0, STATUS_CHARS)
    .split(/\r\n?|\n/)
    .slice(0, 4 * MAX_LINES)
    .map((line) => line.slice(0, LINE_CHARS));

const partText = (part: Part) => new TextDecoder('utf-8').decode(part.bytes.subarray(0, STATUS_CHARS));

const isStatusPart = ({ contentType }: Part) => /^message\/(?:global-)?delivery-status$/.test(contentType);

/** Recipients of the machine-readable part; of any other text where a mailer or a gateway has put it. */
function statusesOf(message: Message): readonly RecipientStatus[] {
  const declared = message.parts.filter(isStatusPart).flatMap((part) => recipientStatuses(linesOf(partText(part))));
  if (declared.length > 0) return declared;
  const texts = message.parts.filter(({ contentType }) =>
    /^text\/plain$|^application\/octet-stream$/.test(contentType),
  );
  const strayed = texts.flatMap((part) => recipientStatuses(linesOf(partText(part))));
  return strayed.length > 0 ? strayed : recipientStatuses(cutReturned(linesOf(message.text)).notice);
}

/** How sure it is, before its words are read, that a mail system wrote the letter. */
function isFromMailSystem(message: Message, envelope: Envelope, notice: Notice): boolean {
  const path = reversePath(message, envelope);
  if (isDaemonAuthor(message) || (path !== null && isDaemonAddress(path)) || isBareDaemon(path)) return true;
  const robot = path === '' || message.from.some(({ address }) => isNoReplyAddress(address));
  if (!robot) return false;
  // A vacation notice comes from the null path too, and may well name a colleague's address.
  return (
    SUBJECT.test(message.subject) ||
    message.fields.has('x-failed-recipients') ||
    notice.returned !== null ||
    isAmazonBounce(notice)
  );
}

const isBareDaemon = (path: string | null) => path !== null && /^(?:mailer-daemon|postmaster)$/i.test(path);

const WORST: readonly (Action | null)[] = ['failed', 'delayed', 'relayed', 'expanded', 'delivered', null];

function fromStatuses(statuses: readonly RecipientStatus[]): Omit<Report, 'original'> {
  const action = WORST.find((one) => statuses.some((status) => status.action === one)) ?? null;
  const said = statuses.filter((status) => status.action === action);
  return {
    recipients: distinct(said.map(({ recipient }) => recipient)),
    action,
    status: said.find(({ status }) => status !== null)?.status ?? null,
    diagnostic: said.find(({ diagnostic }) => diagnostic !== null)?.diagnostic?.slice(0, 500) ?? null,
  };
}

const REPLY_LINE = /(?<![\d.])[45]\d\d[ -]|(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![.\d])/;

function freeForm(notice: Notice, recipients: readonly string[], action: Action): Omit<Report, 'original'> {
  const diagnostic =
    notice.lines
      .find((line) => REPLY_LINE.test(line))
      ?.trim()
      .slice(0, 500) ?? null;
  return { recipients: distinct(recipients), action, status: statusIn(notice.lines.join('\n')), diagnostic };
}

/** Who is meant where no wording is known: X-Failed-Recipients, else addresses that the notice and the letter share. */
function guessed(message: Message, notice: Notice): readonly string[] | null {
  const stated = message.fields.every('x-failed-recipients').flatMap((value) => addressesIn(value.slice(0, 10_000)));
  if (stated.length > 0) return stated.map(({ address }) => address);
  const named = notice.lines
    .flatMap((line) => addressesIn(line))
    .flatMap(({ address }) => (isRoutable(address) ? [address] : []));
  const written = new Set(notice.returned?.to.map((address) => address.toLowerCase()));
  const shared = named.filter((address) => written.has(address.toLowerCase()));
  if (shared.length > 0) return shared;
  const ours = [...message.to, ...message.from].map(({ address }) => address);
  const known = new Set([...ours, ...(notice.returned?.from ?? [])].map((address) => address.toLowerCase()));
  const others = named.filter((address) => !known.has(address.toLowerCase()));
  if (others.length > 0) return others;
  if (written.size === 1) return [...written];
  return notice.returned || SUBJECT.test(message.subject) ? [] : null;
}

/**
 * Reads a delivery report; null where the letter is none. Takes the decoded letter and, where the transport told it, the
 * envelope: a report that is no multipart/report is only believed to be one when a mail system sent it.
 */
export function readReport(message: Message, envelope: Envelope = UNKNOWN): Report | null {
  const type = typeParameter(message, 'report-type');
  if (type !== null && type !== 'delivery-status') return null;
  if (
    message.parts.some(({ contentType }) => /^message\/(?:disposition-notification|feedback-report)$/.test(contentType))
  ) {
    return null;
  }
  const isReport = mediaType(message) === 'multipart/report' && (type !== null || message.parts.some(isStatusPart));
  const cut = cutReturned(linesOf(message.text));
  const returned = returnedInParts(message.parts) ?? cut.returned;
  const notice: Notice = { lines: cut.notice.slice(0, MAX_LINES), returned };
  if (!isReport && !isFromMailSystem(message, envelope, notice)) return null;
  const original = { messageId: returned?.messageId ?? null };
  const statuses = statusesOf(message);
  if (statuses.length > 0) return { ...fromStatuses(statuses), original };
  for (const family of FAMILIES) {
    const found = family(notice);
    if (found) return { ...freeForm(notice, found.recipients, found.action), original };
  }
  // A gateway has pasted the whole report below its own words.
  const pasted = recipientStatuses(linesOf(message.text));
  if (pasted.length > 0) return { ...fromStatuses(pasted), original };
  const recipients = guessed(message, notice);
  if (recipients === null || (!isReport && !tells(message, notice))) return null;
  return { ...freeForm(notice, recipients, 'failed'), original };
}

/** Whether a notice in unknown words shows at least one sign of a bounce beside its sender. */
const tells = (message: Message, notice: Notice) =>
  notice.returned !== null ||
  message.fields.has('x-failed-recipients') ||
  SUBJECT.test(message.subject) ||
  notice.lines.some((line) => REPLY_LINE.test(line));

/** A report of delivery, whatever its outcome. */
export const deliveryReport: Rule = ({ message, envelope }) => {
  const report = readReport(message, envelope);
  if (!report) return null;
  const said = [report.action, report.status, report.recipients.slice(0, 3).join(', ')].filter(Boolean).join(' ');
  return finding('delivery-report', 'delivery-report', said || message.subject);
};

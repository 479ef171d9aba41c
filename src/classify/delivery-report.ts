// Delivery reports (RFC 3464, 6522, 6533) and what mailers write instead: a letter goes in, who was not reached and why
// comes out. Nothing here is believed: whether the report is about a letter of ours is for the Message-ID to prove.

import type { Envelope } from '../mail/envelope.ts';
import type { Message, Part } from '../mail/message.ts';
import { distinct } from './bounce/address.ts';
import { asWrittenTo, writtenTo } from './bounce/alias.ts';
import { FAMILIES } from './bounce/families.ts';
import { general } from './bounce/general.ts';
import { guessedRecipients } from './bounce/guess.ts';
import { linesOf, linesOfPart } from './bounce/lines.ts';
import { isMachineWritten, tellsOfMail } from './bounce/machine-written.ts';
import type { FreeForm, Notice } from './bounce/notice.ts';
import { cutReturned, returnedInParts } from './bounce/returned.ts';
import { saysStillTrying } from './bounce/sentences.ts';
import { looksLikeBounce, replyLine, senderKind } from './bounce/signs.ts';
import { type Action, type RecipientStatus, recipientStatuses, statusIn } from './bounce/status.ts';
import { wrappedLetter } from './bounce/wrapped.ts';
import { mediaType, typeParameter } from './content-type.ts';
import { finding, type Rule } from './finding.ts';

/** What a delivery report says. */
export interface Report {
  /** Who it is about, as the mail system that gave up knows them; each once. */
  readonly recipients: readonly string[];
  readonly action: Action | null;
  /** Enhanced status code of RFC 3463, `5.1.1`. */
  readonly status: string | null;
  /** What the other server said, one line. */
  readonly diagnostic: string | null;
  /** The letter that bounced, without angle brackets. */
  readonly original: { readonly messageId: string | null };
}

type Outcome = Omit<Report, 'original'>;

const NOTICE_LINES = 1000;
const DIAGNOSTIC_CHARS = 500;
const UNKNOWN: Envelope = { from: null, to: [] };

// The worst outcome is what the desk must know of.
const WORST: readonly (Action | null)[] = ['failed', 'delayed', 'relayed', 'expanded', 'delivered', null];

const isStatusPart = ({ contentType }: Part) => /^message\/(?:global-)?delivery-status$/.test(contentType);
const isOtherReport = ({ contentType }: Part) =>
  /^message\/(?:(?:global-)?disposition-notification|feedback-report)$/.test(contentType);
const mayHoldStatus = ({ contentType }: Part) => /^(?:text\/plain|application\/octet-stream)$/.test(contentType);

/** Recipients of the machine-readable part, or of whatever text a mailer or a gateway has put its content into. */
function statusesOf(message: Message, notice: Notice): readonly RecipientStatus[] {
  const places = [
    () => message.parts.filter(isStatusPart).map(linesOfPart),
    () => message.parts.filter(mayHoldStatus).map(linesOfPart),
    () => [notice.lines],
  ];
  for (const place of places) {
    const found = place().flatMap(recipientStatuses);
    if (found.length > 0) return found;
  }
  return [];
}

function fromStatuses(statuses: readonly RecipientStatus[], { returned }: Notice): Outcome {
  const action = WORST.find((one) => statuses.some((status) => status.action === one)) ?? null;
  const said = statuses.filter((status) => status.action === action);
  return {
    recipients: distinct(said.map((status) => writtenTo(status.recipient, status.original, returned?.to ?? []))),
    action,
    status: said.find(({ status }) => status !== null)?.status ?? null,
    diagnostic: said.find(({ diagnostic }) => diagnostic !== null)?.diagnostic?.slice(0, DIAGNOSTIC_CHARS) ?? null,
  };
}

function fromWords(message: Message, notice: Notice, { recipients, action }: FreeForm): Outcome {
  const diagnostic = replyLine(notice)?.trim().slice(0, DIAGNOSTIC_CHARS) ?? null;
  return {
    recipients: distinct(asWrittenTo(recipients, notice.lines, notice.returned?.to ?? [])),
    action: action === 'failed' && saysStillTrying(message.subject, notice) ? 'delayed' : action,
    status: statusIn(notice.lines.join('\n')),
    diagnostic,
  };
}

const addresseesOf = ({ to, cc }: Message): ReadonlySet<string> =>
  new Set([...to, ...cc].map(({ address }) => address.toLowerCase()));

/** What is said of the recipients: by machine, in words of a known mailer, in a pasted report, in words of nobody known. */
function outcome(message: Message, notice: Notice, surely: boolean): Outcome | null {
  const statuses = statusesOf(message, notice);
  if (statuses.length > 0) return fromStatuses(statuses, notice);
  for (const family of FAMILIES) {
    const found = family(notice);
    if (found) return fromWords(message, notice, found);
  }
  const pasted = recipientStatuses(linesOf(message.text));
  if (pasted.length > 0) return fromStatuses(pasted, notice);
  const told = general(notice, addresseesOf(message));
  const recipients = told?.recipients ?? guessedRecipients(message, notice);
  const bounced = surely || looksLikeBounce(message, notice) || (recipients.length > 0 && replyLine(notice) !== null);
  return bounced ? fromWords(message, notice, { recipients, action: 'failed' }) : null;
}

/** Who says that it is a report: the structure, the sender, or only the words of a letter that looks like a person's. */
type Source = 'structure' | 'sender' | 'words';

function sourceOf(message: Message, envelope: Envelope, notice: Notice, below: readonly string[]): Source | null {
  const sender = senderKind(message, envelope);
  if (sender === 'daemon') return 'sender';
  if (!looksLikeBounce(message, notice) || !tellsOfMail(message, notice)) return null;
  // A vacation notice comes from the null path too, and may well name a colleague's address.
  if (sender === 'robot') return 'sender';
  return isMachineWritten(message, notice, below) ? 'words' : null;
}

function readOne(message: Message, envelope: Envelope): (Report & { readonly source: Source }) | null {
  const type = typeParameter(message, 'report-type');
  if ((type !== null && type !== 'delivery-status') || message.parts.some(isOtherReport)) return null;
  const surely = mediaType(message) === 'multipart/report' && (type !== null || message.parts.some(isStatusPart));
  const cut = cutReturned(linesOf(message.text), addresseesOf(message));
  const returned = returnedInParts(message.parts) ?? cut.returned;
  const notice: Notice = { lines: cut.notice.slice(0, NOTICE_LINES), returned };
  const source = surely ? 'structure' : sourceOf(message, envelope, notice, cut.below);
  const found = source && outcome(message, notice, surely);
  return found && { ...found, source, original: { messageId: returned?.messageId ?? null } };
}

/** The report in a letter, or in the one that a gateway wrapped into it. */
function read(message: Message, envelope: Envelope): (Report & { readonly source: Source }) | null {
  const inner = wrappedLetter(message, senderKind(message, envelope) !== null);
  return (inner && readOne(inner, UNKNOWN)) ?? readOne(message, envelope);
}

/**
 * Reads a delivery report; null where the letter is none. Takes the decoded letter and, where the transport told it, the
 * envelope: what is no multipart/report and comes from no mail system must be a machine's from its first word to its last.
 */
export function readReport(message: Message, envelope: Envelope = UNKNOWN): Report | null {
  const found = read(message, envelope);
  if (!found) return null;
  const { source: _, ...report } = found;
  return report;
}

/** A report of delivery, whatever its outcome. */
export const deliveryReport: Rule = ({ message, envelope }) => {
  const report = readReport(message, envelope);
  if (!report) return null;
  const said = [report.action, report.status, report.recipients.slice(0, 3).join(', ')].filter(Boolean).join(' ');
  return finding('delivery-report', 'delivery-report', said || message.subject);
};

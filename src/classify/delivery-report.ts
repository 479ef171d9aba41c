// Delivery reports (RFC 3464, 6522, 6533) and what mailers write instead: a letter goes in, who was not reached and why
// comes out. Nothing here is believed: whether the report is about a letter of ours is for the Message-ID to prove.

import type { Ours } from '../mail/classification.ts';
import type { Envelope } from '../mail/envelope.ts';
import type { Message, Part } from '../mail/message.ts';
import { linesOf } from './bounce/lines.ts';
import { isMachineWritten, tellsOfMail } from './bounce/machine-written.ts';
import type { Notice } from './bounce/notice.ts';
import { isStatusPart, type Outcome, outcomeOf } from './bounce/outcome.ts';
import { cutReturned, returnedInParts } from './bounce/returned.ts';
import { addresseesOf, looksLikeBounce, senderKind } from './bounce/signs.ts';
import { wrappedLetter } from './bounce/wrapped.ts';
import { mediaType, typeParameter } from './content-type.ts';
import { finding, type Rule } from './finding.ts';

/** What a delivery report says. */
export interface Report extends Outcome {
  /** The letter that bounced, without angle brackets. */
  readonly original: { readonly messageId: string | null };
}

const NOTICE_LINES = 1000;
const UNKNOWN: Envelope = { from: null, to: [] };
const NULL_PATH: Envelope = { from: '', to: [] };

const isOtherReport = ({ contentType }: Part) =>
  /^message\/(?:(?:global-)?disposition-notification|feedback-report)$/.test(contentType);

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
  const found = source && outcomeOf(message, notice, surely);
  return found && { ...found, source, original: { messageId: returned?.messageId ?? null } };
}

/** The report in a letter, or in the one that a gateway wrapped into it. */
function read(message: Message, envelope: Envelope): (Report & { readonly source: Source }) | null {
  const byMachine = senderKind(message, envelope) !== null;
  const inner = wrappedLetter(message, byMachine);
  return (inner && readOne(inner, byMachine ? NULL_PATH : UNKNOWN)) ?? readOne(message, envelope);
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

/** Whether a report is about a letter whose Message-ID kvitok made: its recipients alone know it. */
const isOfOurs = ({ original: { messageId } }: Report, { messageIdHost }: Ours): boolean =>
  (messageId ?? '').toLowerCase().endsWith(`@${messageIdHost.toLowerCase()}`);

/**
 * A report of delivery, whatever its outcome. What only its words betray, and gives back nothing of ours, might still be a
 * person's who writes of a bounce: it is not acknowledged, and not hidden.
 */
export const deliveryReport: Rule = ({ message, envelope }, ours) => {
  const report = read(message, envelope);
  if (!report) return null;
  const said = [report.action, report.status, report.recipients.slice(0, 3).join(', ')].filter(Boolean).join(' ');
  const rule = report.source === 'words' && !isOfOurs(report, ours) ? 'bounce-words' : 'delivery-report';
  return finding('delivery-report', rule, said || message.subject);
};

// What a bounce says of its recipients, from its machine-readable part down to words that no list knows: a letter and its
// notice go in, who was not reached and why comes out.

import type { Message, Part } from '../../mail/message.ts';
import { distinct, isRoutable } from './address.ts';
import { asWrittenTo, writtenTo } from './alias.ts';
import { FAMILIES } from './families.ts';
import { general } from './general.ts';
import { guessedRecipients } from './guess.ts';
import { linesOf, linesOfPart } from './lines.ts';
import type { FreeForm, Notice } from './notice.ts';
import { saysStillTrying } from './sentences.ts';
import { addresseesOf, looksLikeBounce, replyLine } from './signs.ts';
import { type Action, type RecipientStatus, recipientStatuses, statusIn } from './status.ts';

export interface Outcome {
  /** Who it is about, as the letter was written to them; each once. */
  readonly recipients: readonly string[];
  readonly action: Action | null;
  /** Enhanced status code of RFC 3463, `5.1.1`. */
  readonly status: string | null;
  /** What the other server said, one line. */
  readonly diagnostic: string | null;
}

const DIAGNOSTIC_CHARS = 500;

// The worst outcome is what the desk must know of.
const WORST: readonly (Action | null)[] = ['failed', 'delayed', 'relayed', 'expanded', 'delivered', null];

/** Whether a part is the machine-readable one of a report. */
export const isStatusPart = ({ contentType }: Part) => /^message\/(?:global-)?delivery-status$/.test(contentType);
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

function fromStatuses(message: Message, { lines, returned }: Notice, statuses: readonly RecipientStatus[]): Outcome {
  const worst = WORST.find((one) => statuses.some((status) => status.action === one)) ?? null;
  const said = statuses.filter((status) => status.action === worst);
  // Some call a try that failed for now failed: the code is temporary, and their words say that they go on.
  const forNow = worst === 'failed' && said.every(({ status }) => status?.startsWith('4') === true);
  return {
    recipients: distinct(said.map((status) => writtenTo(status.recipient, status.original, returned?.to ?? []))),
    action: forNow && saysStillTrying(message.subject, lines) ? 'delayed' : worst,
    status: said.find(({ status }) => status !== null)?.status ?? null,
    diagnostic: said.find(({ diagnostic }) => diagnostic !== null)?.diagnostic?.slice(0, DIAGNOSTIC_CHARS) ?? null,
  };
}

function fromWords(message: Message, notice: Notice, { recipients, action }: FreeForm): Outcome {
  const routable = recipients.filter(isRoutable);
  const diagnostic = replyLine(notice)?.trim().slice(0, DIAGNOSTIC_CHARS) ?? null;
  return {
    recipients: distinct(
      asWrittenTo(routable.length > 0 ? routable : recipients, notice.lines, notice.returned?.to ?? []),
    ),
    action: action === 'failed' && saysStillTrying(message.subject, notice.lines) ? 'delayed' : action,
    status: statusIn(notice.lines.join('\n')),
    diagnostic,
  };
}

/**
 * What is said of the recipients: by machine, in words of a known mailer, in a pasted report, in words of nobody known. Null
 * where only its sender says that a letter is a bounce; `surely` where its structure does.
 */
export function outcomeOf(message: Message, notice: Notice, surely: boolean): Outcome | null {
  const statuses = statusesOf(message, notice);
  if (statuses.length > 0) return fromStatuses(message, notice, statuses);
  for (const family of FAMILIES) {
    const found = family(notice);
    if (found) return fromWords(message, notice, found);
  }
  const pasted = recipientStatuses(linesOf(message.text));
  if (pasted.length > 0) return fromStatuses(message, notice, pasted);
  const told = general(notice, addresseesOf(message));
  const recipients = told?.recipients ?? guessedRecipients(message, notice);
  const bounced = surely || looksLikeBounce(message, notice) || (recipients.length > 0 && replyLine(notice) !== null);
  return bounced ? fromWords(message, notice, { recipients, action: 'failed' }) : null;
}

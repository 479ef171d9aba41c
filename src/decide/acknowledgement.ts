// Whether a letter gets an acknowledgement (RFC 3834 §2, regulation §5). One reason for silence a row, first hit decides;
// the reason is written on the letter, for a silence that nobody can explain is the worst kind.

import type { Language } from '../desk/tickets.ts';
import type { Case } from './case.ts';
import type { Acknowledgement, TicketRef } from './decision.ts';

const HOUR = 3_600_000;

type Form = Acknowledgement['form'];

const SILENCES: readonly ((c: Case, form: Form) => string | null)[] = [
  (c) => (c.letter.classification.kind === 'human' ? null : `automatic mail (${c.letter.classification.rule})`),
  (c) => c.letter.silent,
  (c) => (c.letter.envelope.from === '' ? 'the return path is null' : null),
  (c) => (c.author === null ? 'From holds no single valid address' : null),
  (c) => (c.author !== null && c.rules.ownAddresses.has(c.author.identity) ? 'From is an address of ours' : null),
  (c) => {
    const hours = Math.floor((c.now - c.letter.receivedAt) / HOUR);
    return hours >= c.rules.acknowledge.notOlderThanHours ? `the letter arrived ${hours} hours ago` : null;
  },
  (c, form) => (form === 'brief' && !c.rules.acknowledge.replies ? 'replies are not acknowledged here' : null),
  (c, form) => (form === 'brief' && c.sent.onTicketHour > 0 ? 'this ticket was acknowledged within the hour' : null),
  (c) =>
    c.sent.toAddressHour >= c.rules.acknowledge.perAddressHour ? 'the address has had its letters for this hour' : null,
  (c) =>
    c.sent.toAddressDay >= c.rules.acknowledge.perAddressDay ? 'the address has had its letters for this day' : null,
];

/** The acknowledgement for a letter, or why there is none. It goes to From, never to Reply-To. */
export function acknowledgementFor(
  c: Case,
  ticket: TicketRef,
  form: Form,
  language: Language,
): { readonly response: Acknowledgement } | { readonly silence: string } {
  for (const silenceOf of SILENCES) {
    const silence = silenceOf(c, form);
    if (silence !== null) return { silence };
  }
  const { message } = c.letter;
  return {
    response: {
      kind: 'acknowledgement',
      form,
      ticket,
      to: c.author!,
      language,
      inReplyTo: message.messageId,
      references: message.references.slice(-10),
    },
  };
}

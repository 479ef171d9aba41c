// An outbox row becomes a letter: headers and envelope of an automatic answer (RFC 3834 §3), text and HTML from a template. Pure.

import type { Language } from '../desk/tickets.ts';
import type { OutgoingLetter } from '../store/outbox.ts';
import { ticketNumber } from '../thread/damm.ts';
import type { Templates } from './templates.ts';

/** What the desk says of itself in every letter. */
export interface Sender {
  readonly name: string;
  readonly address: string;
  readonly hours: Readonly<Record<Language, string>>;
  readonly site: string | null;
  /** Null return path, or the support address where the provider refuses it. */
  readonly envelopeFrom: 'null' | 'support';
}

/** A letter ready for nodemailer: addresses as objects, never as strings, for `"a, b"` would be two recipients. */
export interface ComposedLetter {
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly mail: {
    readonly from: { readonly name: string; readonly address: string };
    readonly to: { readonly name: string; readonly address: string };
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly date: Date;
    readonly messageId: string;
    readonly replyTo?: { readonly name: string; readonly address: string };
    readonly inReplyTo?: string;
    readonly references?: string[];
    readonly headers: Readonly<Record<string, string>>;
  };
}

/**
 * Composes a queued letter. The display name a stranger chose for himself is left out of To, and nothing of his letter is
 * repeated: an acknowledgement must be no use to a spammer. Throws where a template can't be rendered.
 */
export function compose(letter: OutgoingLetter, sender: Sender, templates: Templates): ComposedLetter {
  const { to, language, inReplyTo, references, replyTo, files } = letter.model;
  const values = {
    number: ticketNumber(letter.ticket),
    desk: sender.name,
    address: sender.address,
    hours: sender.hours[language],
    site: sender.site,
    accepted: files.flatMap(({ name, refused }) => (refused === null ? [name] : [])),
    refused: files.flatMap(({ name, refused }) =>
      refused === null ? [] : [{ name, cure: templates.cure(refused, language) }],
    ),
  };
  const { subject, text, html } = templates.render(`${letter.kind}-${letter.form}`, language, values);
  const thread = [...references.filter((id) => id !== inReplyTo), ...(inReplyTo ? [inReplyTo] : [])];
  return {
    messageId: letter.messageId,
    envelope: { from: sender.envelopeFrom === 'null' ? '' : sender.address, to: [to.address] },
    mail: {
      from: { name: sender.name, address: sender.address },
      to: { name: '', address: to.address },
      subject,
      text,
      html,
      date: new Date(letter.createdAt),
      messageId: `<${letter.messageId}>`,
      ...(replyTo ? { replyTo: { name: sender.name, address: replyTo } } : {}),
      ...(inReplyTo ? { inReplyTo: `<${inReplyTo}>` } : {}),
      ...(thread.length ? { references: thread.map((id) => `<${id}>`) } : {}),
      headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All', 'Content-Language': language },
    },
  };
}

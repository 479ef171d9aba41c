// An outbox row becomes a letter: headers and envelope by its kind (RFC 3834 §3 for what is automatic), text and HTML from a
// template. Pure.

import type { Config } from '../config/schema.ts';
import { unsubscribeSubject } from '../desk/announcements/announcement.ts';
import { deskHours } from '../desk/hours-words.ts';
import { OUTGOING } from '../desk/outgoing.ts';
import type { Language } from '../desk/tickets.ts';
import { identity } from '../mail/address.ts';
import { mailtoLink } from '../mail/mailto.ts';
import { mayBeReferredTo } from '../mail/message-id.ts';
import type { OutgoingLetter } from '../store/outbox.ts';
import { addresseesOf, type SentFile } from '../store/outbox-queue.ts';
import type { DeskSecrets } from '../thread/concealed.ts';
import { ticketNumber } from '../thread/damm.ts';
import type { SigningKeys } from '../thread/signing.ts';
import { outward } from './outward.ts';
import { type Rendered, type Templates, withoutCure } from './templates.ts';

/** What the desk says of itself in every letter. */
export interface Sender {
  readonly name: string;
  readonly address: string;
  readonly hours: Readonly<Record<Language, string>>;
  readonly site: string | null;
  /** Null return path, or the support address where the provider refuses it. */
  readonly envelopeFrom: 'null' | 'support';
  /** What no letter to people outside may hold. */
  readonly secrets: DeskSecrets;
}

/** The desk of a configuration as a sender; `keys` sign what it sends, null where nothing leaves. */
export const senderOf = (
  { desk, smtp, operators, ...hours }: Pick<Config, 'desk' | 'smtp' | 'levels' | 'calendars' | 'operators'>,
  keys: SigningKeys | null = null,
): Sender => ({
  name: desk.name,
  address: desk.address,
  hours: deskHours({ desk, ...hours }),
  site: desk.site ?? null,
  envelopeFrom: 'host' in smtp ? smtp.envelopeFrom : 'null',
  secrets: { address: desk.address, people: operators.flatMap(({ address }) => identity(address) ?? []), keys },
});

/** A letter ready for nodemailer: addresses as objects, never as strings, for `"a, b"` would be two recipients. */
export interface ComposedLetter {
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
  readonly mail: {
    readonly from: { readonly name: string; readonly address: string };
    readonly to: { readonly name: string; readonly address: string };
    readonly cc?: { readonly name: string; readonly address: string }[];
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly attachments?: { readonly filename: string; readonly contentType: string; readonly content: Buffer }[];
    readonly date: Date;
    readonly messageId: string;
    readonly replyTo?: { readonly name: string; readonly address: string };
    readonly inReplyTo?: string;
    readonly references?: string[];
    readonly headers: Readonly<Record<string, string>>;
  };
}

/** What a letter says that is read from the store when it is sent: values of its template, and the files that go along. */
export interface Material {
  readonly values: Readonly<Record<string, unknown>>;
  /** Display name of From, where it is read with the rest. */
  readonly from?: string;
  readonly attachments: readonly Attached[];
}

/** What is read for a letter of one kind; its files are still where they came from. */
export interface Readings extends Omit<Material, 'attachments'> {
  /** Files that go along besides those that were written with the letter. */
  readonly attach?: readonly SentFile[];
  /** Files that are made for this letter. */
  readonly made?: readonly Attached[];
}

/** How much of a letter is read: `without-files` where a server would not take it with them. */
export type Extent = 'whole' | 'without-files';

/** Reads what a kind of letters says; rejects where the database is in trouble, and the letter then waits. */
export type ReadMaterial = (letter: OutgoingLetter, extent: Extent) => Promise<Readings>;

export interface Attached {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** What every template may ask for; `number` is missing only where a letter is about no ticket. */
export const IN_EVERY_LETTER: readonly string[] = [
  'number',
  'desk',
  'address',
  'hours',
  'site',
  'accepted',
  'refused',
  'level',
  'due',
  'matter',
  'missing',
  'notices',
  'empty',
];

export const NOTHING: Material = { values: {}, attachments: [] };

/**
 * Composes a queued letter. Of what goes to people outside the desk unread, the display name a stranger chose for himself
 * is left out of To: an acknowledgement must be no use to a spammer. Throws where a template can't be rendered.
 */
export function compose(
  letter: OutgoingLetter,
  material: Material,
  sender: Sender,
  templates: Templates,
): ComposedLetter {
  const { language, files = [], values = {} } = letter.model;
  const rendered = templates.render(`${letter.kind}-${letter.form}`, language, {
    ...(letter.ticket === null ? {} : { number: ticketNumber(letter.ticket) }),
    desk: sender.name,
    address: sender.address,
    hours: sender.hours[language],
    site: sender.site,
    accepted: files.flatMap(({ name, refused }) => (refused === null ? [name] : [])),
    refused: files.flatMap(({ name, refused }) => {
      if (refused === null) return [];
      const cure = templates.cure(refused, language);
      return [{ name, cure, why: withoutCure(cure) }];
    }),
    level: null,
    due: null,
    matter: null,
    missing: [],
    notices: [],
    empty: false,
    ...values,
    ...material.values,
  });
  return dressed(letter, material, sender, rendered);
}

/** Gives a text the header fields, the envelope and the files of its letter. */
export function dressed(
  letter: OutgoingLetter,
  material: Omit<Material, 'values'>,
  sender: Sender,
  { subject, text, html }: Rendered,
): ComposedLetter {
  const { to, cc = [], language, inReplyTo, references, replyTo } = letter.model;
  const from = material.from ?? letter.model.from ?? sender.name;
  const { autoSubmitted, guarded } = OUTGOING[letter.kind];
  const answered = inReplyTo !== null && mayBeReferredTo(inReplyTo) ? inReplyTo : null;
  const thread = [
    ...references.filter((id) => id !== inReplyTo && mayBeReferredTo(id)),
    ...(answered ? [answered] : []),
  ];
  const nullPath = autoSubmitted !== null && sender.envelopeFrom === 'null';
  return {
    messageId: letter.messageId,
    envelope: { from: nullPath ? '' : sender.address, to: addresseesOf(letter.model) },
    mail: outward(
      letter,
      {
        from: { name: from, address: sender.address },
        to: { name: guarded ? '' : to.name, address: to.address },
        ...(cc.length ? { cc: [...cc] } : {}),
        subject,
        text,
        html,
        ...(material.attachments.length ? { attachments: material.attachments.map(attached) } : {}),
        date: new Date(letter.createdAt),
        messageId: `<${letter.messageId}>`,
        ...(replyTo ? { replyTo: { name: from, address: replyTo } } : {}),
        ...(answered ? { inReplyTo: `<${answered}>` } : {}),
        ...(thread.length ? { references: thread.map((id) => `<${id}>`) } : {}),
        headers: {
          ...(autoSubmitted === null ? {} : marks(autoSubmitted)),
          'Content-Language': language,
          ...(letter.model.unsubscribe
            ? {
                'List-Unsubscribe': `<${mailtoLink(sender.address, { subject: unsubscribeSubject(letter.messageId) })}>`,
              }
            : {}),
        },
      },
      sender.secrets,
    ),
  };
}

const marks = (autoSubmitted: string) => ({ 'Auto-Submitted': autoSubmitted, 'X-Auto-Response-Suppress': 'All' });

const attached = ({ filename, contentType, content }: Attached) => ({
  filename,
  contentType,
  content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
});

// The last look at a letter to people outside the desk: whatever put it together, no part of it holds a secret of the desk.

import { OUTGOING } from '../desk/outgoing.ts';
import type { OutgoingLetter } from '../store/outbox.ts';
import { conceal, type DeskSecrets } from '../thread/concealed.ts';

interface Named {
  readonly name: string;
  readonly address: string;
}

/** What of a letter people and their mail programs get to see, apart from addresses that it is sent by. */
export interface Parts {
  readonly from: Named;
  readonly to: Named;
  readonly cc?: Named[];
  readonly replyTo?: Named;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly attachments?: { readonly filename: string; readonly contentType: string; readonly content: Buffer }[];
  readonly inReplyTo?: string;
  readonly references?: string[];
}

/** The parts of a letter without secrets of the desk; of what goes to its own people as they are. */
export function outward<M extends Parts>(
  { kind, ticket }: Pick<OutgoingLetter, 'kind' | 'ticket'>,
  mail: M,
  secrets: DeskSecrets,
): M {
  if (OUTGOING[kind].reader === 'desk') return mail;
  const clear = (text: string, html = false) => conceal(text, secrets, { html, rated: ticket });
  const named = (person: Named): Named => ({ ...person, name: clear(person.name) });
  const { inReplyTo, references, ...rest } = mail;
  return {
    ...rest,
    from: named(mail.from),
    to: named(mail.to),
    ...(mail.cc ? { cc: mail.cc.map(named) } : {}),
    ...(mail.replyTo ? { replyTo: named(mail.replyTo) } : {}),
    subject: clear(mail.subject),
    text: clear(mail.text),
    html: clear(mail.html, true),
    ...(mail.attachments
      ? { attachments: mail.attachments.map((file) => ({ ...file, filename: clear(file.filename) })) }
      : {}),
    ...(inReplyTo === undefined || isOfDesk(inReplyTo) ? {} : { inReplyTo }),
    ...(references ? { references: references.filter((id) => !isOfDesk(id)) } : {}),
  } as M;
}

/** A Message-ID of a letter that was written to the desk; one to customers is in their hands already. */
function isOfDesk(id: string): boolean {
  const kind = /^<?kvitok\.([a-z]{1,20})\./i.exec(id)?.[1]?.toLowerCase();
  return (
    kind !== undefined && Object.entries(OUTGOING).some(([name, { reader }]) => name === kind && reader === 'desk')
  );
}

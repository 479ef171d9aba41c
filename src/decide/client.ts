// Whose letter it is by the client register, and the level of service that a new ticket gets by it.

import { type Client, categoryToday } from '../desk/clients/client.ts';
import { chooseLevel, type LevelChoice } from '../desk/level.ts';
import { dateOf, dayAt, zoneOf } from '../desk/zone.ts';
import { identity } from '../mail/address.ts';
import { isOnlyNamed } from '../mail/via.ts';
import type { Case } from './case.ts';

/**
 * The client whose address From is; null as well where From is proven false, or where a form or Reply-To only names the writer:
 * a name of theirs buys nobody their service.
 */
export const believedClient = (c: Case): Client | null => {
  const { proof, via } = c.letter;
  return proof.result === 'fail' || isOnlyNamed(via, proof) ? null : c.client;
};

/** Level of the ticket that this letter opens. `version` is the one that it names. */
export function levelFor(c: Case, version: string | null): LevelChoice {
  const { message, envelope } = c.letter;
  const client = believedClient(c);
  const today = dateOf(dayAt(c.now, zoneOf(c.rules.timeZone)));
  const recipients = [...envelope.to, ...[...message.to, ...message.cc].map(({ address }) => address)];
  return chooseLevel(
    {
      sender: isOnlyNamed(c.letter.via, c.letter.proof) ? null : (c.author?.identity ?? null),
      recipients: recipients.flatMap((address) => identity(address) ?? []),
      subject: message.subject,
      text: message.reply,
      client: client && { name: client.name, category: categoryToday(client, today) },
      version: version ?? client?.version ?? null,
      // what its words propose is no reason to let anybody wait longer; what an operator confirms is
      question: null,
    },
    c.rules.levels,
  );
}

// Who gets an announcement: once an address, in the language of the person's letters. Pure.

import { type Client, categoryToday } from '../clients/client.ts';
import type { Language } from '../tickets.ts';
import type { AnnouncementTexts, Audience } from './announcement.ts';

export interface Recipient {
  /** Normalised. */
  readonly address: string;
  readonly language: Language;
}

/** How many addresses are left out, and why. */
export interface Skipped {
  readonly suspended: number;
  readonly unsubscribed: number;
}

export interface Announcement {
  readonly audience: Audience;
  /** Nobody has to get it: who does not want to can say so. */
  readonly optional: boolean;
  readonly texts: AnnouncementTexts;
  readonly recipients: readonly Recipient[];
  readonly skipped: Skipped;
}

/** What is known of people. */
export interface Known {
  readonly register: readonly Client[];
  /** People of a client that wrote, by the client's id. */
  readonly writers: ReadonlyMap<number, readonly string[]>;
  readonly languages: ReadonlyMap<string, Language>;
  readonly suspended: ReadonlySet<string>;
  readonly unsubscribed: ReadonlySet<string>;
  /** Addresses of the desk itself. */
  readonly ours: ReadonlySet<string>;
  /** Of the desk, for those whose letters nobody knows. */
  readonly language: Language;
  readonly today: string;
}

/** The addresses of all clients of an audience; a contract that has ended makes a partner a free one. */
export function recipientsOf(
  audience: Audience,
  optional: boolean,
  known: Known,
): { readonly recipients: readonly Recipient[]; readonly skipped: Skipped } {
  const meant = known.register.filter(
    (client) => audience === 'all' || (audience === 'partners') === (categoryToday(client, known.today) === 'partner'),
  );
  const addresses = new Set(
    meant.flatMap(({ id, addresses: listed }) => [...listed, ...(known.writers.get(id) ?? [])]),
  );
  for (const address of known.ours) addresses.delete(address);
  const all = [...addresses].toSorted();
  const suspended = all.filter((address) => known.suspended.has(address));
  const unsubscribed = all.filter(
    (address) => optional && known.unsubscribed.has(address) && !known.suspended.has(address),
  );
  const left = new Set([...suspended, ...unsubscribed]);
  return {
    recipients: all
      .filter((address) => !left.has(address))
      .map((address) => ({ address, language: known.languages.get(address) ?? known.language })),
    skipped: { suspended: suspended.length, unsubscribed: unsubscribed.length },
  };
}

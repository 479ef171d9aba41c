// Ratings: the links in letters, and the page behind them.

import type { Kysely } from 'kysely';
import type { Config } from '../config/schema.ts';
import type { Stars } from '../desk/rating.ts';
import { ratedTicketOf, recordRating } from '../store/ratings.ts';
import type { Tables } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { ratedTicket, ratingLink, ratingToken } from '../thread/rating-link.ts';
import type { SigningKeys } from '../thread/signing.ts';
import type { RatingDeps } from '../web/rating.ts';

/** The link for a ticket; null where the configuration names no address for customers. */
export function ratingLinks({ web }: Config, keys: SigningKeys): (ticket: number) => string | null {
  const url = web?.url;
  return (ticket) => (url === undefined ? null : ratingLink(url, ratingToken(keys, ticket)));
}

/** The page over a store; null where no letter leads to it. `tell` says to the desk what was recorded, in the same transaction. */
export function ratingOver(
  { web, desk }: Config,
  { db }: Pick<Store, 'db'>,
  keys: SigningKeys,
  now: () => number,
  tell: (trx: Kysely<Tables>, ticket: number, stars: Stars) => Promise<void>,
): RatingDeps | null {
  if (web?.url === undefined) return null;
  return {
    desk: desk.name,
    language: desk.language,
    find: async (token) => {
      const ticket = ratedTicket(keys, token);
      return ticket === null ? null : ratedTicketOf(db, ticket);
    },
    rate: async (token, stars) => {
      const ticket = ratedTicket(keys, token);
      if (ticket === null) return;
      await db.transaction().execute(async (trx) => {
        if (await recordRating(trx, ticket, stars, 'by the link of a letter', now())) await tell(trx, ticket, stars);
      });
    },
    clock: () => performance.now(),
  };
}

// What a person's letter says of its request: noted on the ticket, and what is missing asked for in the full acknowledgement.

import { CATEGORIES, categoryOf } from '../desk/request/categories.ts';
import { type CategoryName, proposedCategory } from '../desk/request/category.ts';
import { type Asked, factsOf, missingOf, type RequestFacts } from '../desk/request/facts.ts';
import type { Case } from './case.ts';
import { believedClient } from './client.ts';
import type { Change, TicketRef } from './decision.ts';

export interface RequestNotes {
  readonly facts: RequestFacts;
  readonly category: { readonly name: CategoryName; readonly because: string } | null;
}

/** Reads the writer's own words. */
export function requestOf({ author, letter: { message }, rules }: Case): RequestNotes {
  const { editions, isOtherSite, categories } = rules.requests;
  const writer = author === null ? null : author.identity.slice(author.identity.lastIndexOf('@') + 1);
  return {
    facts: factsOf(message.subject, message.reply, { editions, isOther: isOtherSite, writer }),
    category: proposedCategory(message.subject, message.reply, categories, CATEGORIES),
  };
}

/** Puts it on the ticket, where there is anything to put. */
export function noted(ticket: TicketRef, { facts, category }: RequestNotes): readonly Change[] {
  const { site, version, edition, steps, severalProblems } = facts;
  const nothing = site === null && version === null && edition === null && !steps && !severalProblems;
  return nothing && category === null
    ? []
    : [{ kind: 'note-request', ticket, facts, category: category?.name ?? null }];
}

/** A letter whose question nobody can tell by its words is asked what the regulation asks of every request (§5). */
const ASKED_OF_ALL: readonly Asked[] = ['site', 'version', 'edition'];

/** What the acknowledgement of a new ticket asks for. */
export function missingFrom(c: Case, { facts, category }: RequestNotes): readonly Asked[] {
  const asked = category === null ? ASKED_OF_ALL : (categoryOf(category.name)?.asks ?? []);
  return missingOf(asked, facts, believedClient(c));
}

// What an operator's letter would say to the customer: the new text, cleared of what is the desk's own, and the files.

import { TOLD } from '../../desk/told-text.ts';
import { conceal, type DeskSecrets } from '../../thread/concealed.ts';
import type { Case } from '../case.ts';
import type { AttachmentFacts } from '../decision.ts';
import type { Conversation, DeskStanding } from './standing.ts';

export interface Draft {
  readonly standing: DeskStanding;
  readonly conversation: Conversation;
  readonly text: string;
  /** Files that may go along, and those that may not. */
  readonly files: readonly AttachmentFacts[];
  readonly refused: readonly AttachmentFacts[];
}

/** Drafts the answer that says `text`. Logos and what a mail program added by itself stay behind. */
export function draftOf(c: Case, standing: DeskStanding, conversation: Conversation, text: string): Draft {
  const own = c.letter.attachments.filter((file) => !file.inlined);
  return {
    standing,
    conversation,
    // what is longer does not leave
    text: isTooLong(text) ? text : conceal(text, secretsOf(c, standing, conversation)),
    files: own.filter((file) => file.verdict === 'accepted'),
    refused: own.filter((file) => file.verdict !== 'accepted'),
  };
}

/**
 * Text that no customer reads and that no template should have to carry: a log belongs into a file. It is as much as a letter to
 * operators shows; more would be slow to search for secrets and to set.
 */
export const isTooLong = (text: string): boolean =>
  text.length > TOLD.characters || text.split('\n').length > TOLD.lines;

/** What must not be in an answer: besides the people of the desk now, those who wrote on the ticket as such. */
function secretsOf({ rules }: Case, { signing }: DeskStanding, { said }: Conversation): DeskSecrets {
  const wrote = said.filter(({ kind }) => BY_OPERATORS.has(kind)).map(({ author }) => author);
  const people = new Set([
    ...rules.operators.map(({ identity }) => identity),
    ...wrote.filter((one) => one.includes('@')),
  ]);
  return { address: rules.deskAddress, people: [...people], keys: signing };
}

const BY_OPERATORS: ReadonlySet<string> = new Set(['answer', 'note', 'phone']);

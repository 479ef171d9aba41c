// What an operator's letter would say to the customer: the new text, cleared of what is the desk's own, and the files.

import { newPart } from '../../decode/reply.ts';
import { type Parsed, parseCommands } from '../../desk/commands/parse.ts';
import { withoutFooter } from '../../desk/footer.ts';
import { identity } from '../../mail/address.ts';
import type { Message } from '../../mail/message.ts';
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

/** What an operator wrote himself, without the notification that he answers: commands at its top, and the text under them. */
export const writtenIn = ({ text }: Message): Parsed => parseCommands(newPart(withoutFooter(text)));

/** Drafts the answer that says `text`. Logos and what a mail program added by itself stay behind. */
export function draftOf(c: Case, standing: DeskStanding, conversation: Conversation, text: string): Draft {
  const own = c.letter.attachments.filter((file) => !file.inlined);
  return {
    standing,
    conversation,
    text: withoutAddresses(
      text,
      c.rules.operators.map((one) => one.identity),
      c.rules.deskAddress,
    ),
    files: own.filter((file) => file.verdict === 'accepted'),
    refused: own.filter((file) => file.verdict !== 'accepted'),
  };
}

const ADDRESS = /[^\s<>()[\]"',;:]{1,64}@[^\s<>()[\]"',;:]{1,255}/g;

/** An operator's address in a signature becomes the desk's: customers answer there. */
function withoutAddresses(text: string, operators: readonly string[], desk: string): string {
  return text.replace(ADDRESS, (found) => {
    const address = found.replace(/[.!?]+$/, '');
    const known = identity(address);
    return known !== null && operators.includes(known) ? desk + found.slice(address.length) : found;
  });
}

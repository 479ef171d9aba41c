// An answer to a colleague's note: «ок, посмотрю» is meant for the colleague more often than for the customer.

import { type Guard, unlessConfirmed } from '../guard.ts';

export const answersNote: Guard = ({ standing, conversation }) => {
  const [token] = standing.tokens;
  const note = conversation.said.find(({ entry }) => entry === token?.entry);
  const isColleagues = (note?.kind === 'note' || note?.kind === 'phone') && note.author !== standing.operator.identity;
  // an answer to our question about a letter is no answer to what stands on the ticket
  return isColleagues && token?.held === null ? unlessConfirmed('answers-note', note.authorName) : null;
};

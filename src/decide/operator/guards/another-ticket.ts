// The token is of one ticket, the subject or another token of a second one: whichever was meant, somebody would read what was
// written for another.

import { type Guard, unlessConfirmed } from '../guard.ts';

export const anotherTicket: Guard = ({ standing, conversation }) => {
  const others = standing.named.filter(({ id }) => id !== conversation.ticket.id);
  return others.length > 0
    ? unlessConfirmed('another-ticket', others.map(({ number }) => `[#${number}]`).join(' '))
    : null;
};

// A developer answers what was handed to development, or to him; a token of a ticket that has left it since is worth nothing.

import { type Guard, never } from '../guard.ts';

export const notTheirs: Guard = ({ standing: { operator }, conversation: { ticket } }) =>
  operator.role !== 'developer' || ticket.level === 'development' || ticket.assignee === operator.identity
    ? null
    : never('not-theirs', '');

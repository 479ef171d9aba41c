// A letter that is passed on within an answer: the customer would read what somebody else wrote.

import { hasForwarded } from '../../../decode/reply.ts';
import { type Guard, unlessConfirmed } from '../guard.ts';

export const forwarded: Guard = ({ text }) => (hasForwarded(text) ? unlessConfirmed('forwarded', '') : null);

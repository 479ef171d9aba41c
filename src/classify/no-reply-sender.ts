// A sender that nobody reads writes for a person whom Reply-To names: mostly the form of a site. What the person wrote must be
// seen; whether he wrote it nobody can tell.

import { finding, type Rule } from './finding.ts';
import { peopleInReplyTo, writesForSomebody } from './reply-to.ts';

export const noReplySender: Rule = ({ message }, ours) => {
  if (!writesForSomebody(message, ours)) return null;
  const [person] = peopleInReplyTo(message, ours);
  return finding('human', 'no-reply-sender', `From: ${message.from[0]?.address}, Reply-To: ${person?.address}`);
};

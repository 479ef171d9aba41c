// Senders that nobody reads: no-reply addresses and mail daemons, in From or as the envelope sender of a daemon. One that
// writes for a person whom Reply-To names is no robot.

import { finding, type Rule } from './finding.ts';
import { writesForSomebody } from './reply-to.ts';
import { isDaemonAuthor, isNoReplyAddress, reversePath } from './sender.ts';

export const robotSender: Rule = ({ message, envelope }, ours) => {
  const noReply = writesForSomebody(message, ours)
    ? undefined
    : message.from.find(({ address }) => isNoReplyAddress(address));
  if (noReply) return finding('auto-generated', 'robot-sender', `From: ${noReply.address}`);
  if (isDaemonAuthor(message))
    return finding('auto-generated', 'robot-sender', `From: ${message.fields.first('from')}`);
  const path = reversePath(message, envelope);
  // A hosting's form mailer has a bounce address as envelope sender of people's letters; a daemon's name is plain.
  const daemon = path !== null && /^(?:mailer-daemon|double-bounce)(?:@|$)/i.test(path);
  return daemon ? finding('auto-generated', 'robot-sender', `Return-Path: <${path}>`) : null;
};

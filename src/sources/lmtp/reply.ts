// Replies of the listener: reply code (RFC 5321 §4.2) and enhanced status (RFC 3463) with their words. A table, so that an
// MTA's log can be looked up here.

import type { Answer } from '../../ingest.ts';

/** `status` is code and enhanced status: `451 4.3.0`. */
export interface Reply {
  readonly status: string;
  readonly text: string;
}

export const UNKNOWN_RECIPIENT: Reply = { status: '550 5.1.1', text: 'no address of this desk' };
export const TOO_LARGE: Reply = { status: '552 5.3.4', text: 'the letter is larger than this desk takes' };
export const NO_ROOM: Reply = { status: '452 4.3.1', text: 'too much mail at once, try again later' };
const NO_SPACE: Reply = { status: '452 4.3.1', text: 'no space to keep letters, try again later' };
export const NOT_NOW: Reply = { status: '451 4.3.0', text: 'letters cannot be kept at the moment, try again later' };
export const CLOSING: Reply = { status: '421 4.3.2', text: 'this desk is closing, try again later' };
export const TOO_SLOW: Reply = { status: '421 4.4.2', text: 'the letter took too long' };

/** In SQLite's words (SQLITE_FULL) and the file system's (ENOSPC, EDQUOT). */
const SPACE = /\b(?:disk|space|quota)\b/i;

/** What the sender is told of a letter. Reasons for trying later are for the admin, who has them in the log. */
export function replyTo(answer: Answer): Reply {
  switch (answer.kind) {
    case 'accepted':
      return { status: '250 2.6.0', text: `kept as letter ${answer.letter}` };
    case 'tryLater':
      return SPACE.test(answer.reason) ? NO_SPACE : NOT_NOW;
    case 'refused':
      return { status: refusalStatus(answer.status), text: answer.reason };
    default:
      return answer satisfies never;
  }
}

/** A refusal may state the reply code, the enhanced status or both. */
function refusalStatus(status: string): string {
  if (/^5\d\d 5\.\d{1,3}\.\d{1,3}$/.test(status)) return status;
  if (/^5\.\d{1,3}\.\d{1,3}$/.test(status)) return `550 ${status}`;
  return /^5\d\d$/.test(status) ? `${status} 5.0.0` : '550 5.0.0';
}

/** Whether the letter is the sender's no longer. */
export const isSuccess = ({ status }: Reply): boolean => status.startsWith('2');

/**
 * The error by which smtp-server sends this very reply: from a bare number it would derive the enhanced status itself, and
 * 452 would become 4.2.2, a full mailbox of one recipient.
 */
export function replyError({ status, text }: Reply): Error {
  return Object.assign(new Error(text), { responseCode: status });
}

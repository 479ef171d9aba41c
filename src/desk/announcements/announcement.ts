// An announcement as its author writes it: a text whose first line, `# …`, is the subject. Pure.

import type { Language } from '../tickets.ts';

export type Audience = 'all' | 'partners' | 'free';

export const AUDIENCES: readonly Audience[] = ['all', 'partners', 'free'];

export interface AnnouncementText {
  readonly subject: string;
  readonly text: string;
}

/** The same in every language that it was written in; the one without an own text gets the other's. */
export type AnnouncementTexts = Readonly<Record<Language, AnnouncementText>>;

const MOST_CHARS = 20_000;

/** Reads a file; gives what is wrong with it instead, in words. */
export function readAnnouncement(source: string): AnnouncementText | { readonly problem: string } {
  const text = source
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .trim();
  const head = /^#\s+(.+)\n/.exec(`${text}\n`);
  const subject = head?.[1]?.trim();
  if (!head || !subject) return { problem: 'its first line must be the subject: # Work on 4 November' };
  const body = text.slice(head[0].length).trim();
  if (body === '') return { problem: 'there is nothing under the subject' };
  if (text.length > MOST_CHARS) return { problem: `it is longer than ${MOST_CHARS} characters; shorten it` };
  return { subject, text: body };
}

/**
 * What the List-Unsubscribe field of an optional announcement makes a mail program write as subject (RFC 2369): the word, and
 * the signed part of the announcement's Message-ID, which only its reader has.
 */
export const unsubscribeSubject = (messageId: string): string =>
  `unsubscribe ${messageId.slice(0, messageId.lastIndexOf('@'))}`;

const ASKS = /^(?:unsubscribe|отписаться|отписка|отпишите меня)[.!]?(?:\s+(kvitok\.[a-z0-9.]{10,120}))?$/iu;

/** Whether somebody writes to get no more of them. Takes the subject without its run of `Re:`. */
export const asksToUnsubscribe = (subject: string): boolean => ASKS.test(subject.trim());

/** What stands behind the word in such a subject, in lower case; null where nothing does. */
export const unsubscribeToken = (subject: string): string | null =>
  ASKS.exec(subject.trim())?.[1]?.toLowerCase() ?? null;

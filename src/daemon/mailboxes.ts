// The sources of the configured mailboxes: an inbox each, and where operators use the account themselves, the folder of
// what they sent from there, into which kvitok may file what it sends.

import type { Config } from '../config/schema.ts';
import { type Filing, type FilingDeps, filing } from '../sources/filing.ts';
import { type ReadFolder, sentFolder } from '../sources/imap/folder.ts';
import { type ImapDeps, type ImapSource, imapSource } from '../sources/imap.ts';
import { imapLogin } from './logins.ts';

/** What all of them share. */
export type MailboxDeps = Pick<ImapDeps, 'keep' | 'ledger' | 'log' | 'now' | 'random' | 'fault' | 'limits'>;

/** Makes the sources. A folder of sent letters is read behind its inbox, so that an answer finds what it answers. */
export function mailboxSources(config: Config, deps: MailboxDeps): readonly ImapSource[] {
  return config.mailboxes.flatMap((mailbox) => {
    const login = imapLogin(mailbox, config.data, deps.now);
    const sourceFor = (folder: ReadFolder, onPass = () => {}) =>
      imapSource({ ...deps, login, mailbox: folder, onPass });
    const sent = sentFolder(mailbox);
    if (!sent) return [sourceFor(mailbox)];
    const { promise: read, resolve } = Promise.withResolvers<void>();
    const inbox = sourceFor(mailbox, resolve);
    return [{ ...inbox, passOnce: () => inbox.passOnce().finally(resolve) }, behind(read, sourceFor(sent))];
  });
}

function behind(first: Promise<void>, source: ImapSource): ImapSource {
  let stopped = false;
  return {
    ...source,
    start: () => void first.then(() => (stopped ? undefined : source.start())),
    passOnce: () => first.then(() => source.passOnce()),
    stop: () => {
      stopped = true;
      return source.stop();
    },
  };
}

/** What files the answers of kvitok among the sent letters of an account, for each account that wants it. */
export function filings(config: Config, deps: Omit<FilingDeps, 'mailbox' | 'login' | 'folder'>): readonly Filing[] {
  return config.mailboxes.flatMap((mailbox) => {
    if (!mailbox.sent?.file) return [];
    const login = imapLogin(mailbox, config.data, deps.now);
    return [filing({ ...deps, mailbox, login, folder: mailbox.sent.folder })];
  });
}

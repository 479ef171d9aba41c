// Who a letter says it comes from, as far as robots go: null reverse-path (RFC 5321 §4.5.5), mail daemons, no-reply
// addresses. Whole local parts and their usual shapes, never pieces of them: a person may be called Norepli.

import type { Envelope } from '../mail/envelope.ts';
import type { Message } from '../mail/message.ts';

const DAEMON =
  /^(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|post[-_.]?master|poost?master|mail[-_.]?deliver(?:y|er)?(?:[-_.]?(?:sub)?system)?|double-bounce)$/;

// «shop-noreply», «noreply-orders2», «do_not_reply»: the word stands for itself between separators.
const NO_REPLY =
  /^(?:.{1,40}[-_.+])?(?:(?:do[-_.]?)?not?[-_.]?repl(?:y|ies)|no[-_.]?(?:response|answer)|ne[-_.]?otve(?:chat|chayte|chaite|t)|notifications?)(?:[-_.+]?\d{1,4}|[-_.+].{1,40})?$/;

const ROBOT =
  /^(?:auto[-_.]?(?:reply|responder|respond|answer|otvet)|robot|bounces?)(?:[-_.+=]?\d{1,4}|[-_.+=].{1,80})?$/;

/** Whom the program of a site writes as where nobody told it an address; what it sends may yet be the words of a person. */
const SITE_PROGRAM = /^(?:wordpress|joomla|bitrix|modx|opencart|www-?data|www-?run|apache|httpd|nginx|nobody|php)$/;

const localPart = (address: string) =>
  address
    .slice(0, Math.max(address.lastIndexOf('@'), 0))
    .toLowerCase()
    .slice(0, 100);

/** Whether an address is one that mail systems, and not people, write reports from. */
export const isDaemonAddress = (address: string): boolean => DAEMON.test(localPart(address));

/** Whether an address says by itself that nobody reads it. */
export const isNoReplyAddress = (address: string): boolean =>
  NO_REPLY.test(localPart(address)) || ROBOT.test(localPart(address));

/** Whether an address is one under which the program of a site writes of itself. */
export const isSiteProgram = (address: string): boolean => SITE_PROGRAM.test(localPart(address));

/**
 * The envelope sender: what the transport knows, else what the topmost Return-Path says (RFC 5321 §4.4), `''` for the
 * null reverse-path, null for not known: a missing Return-Path is no null path.
 */
export function reversePath(message: Message, envelope: Envelope): string | null {
  if (envelope.from !== null) return envelope.from.trim();
  const written = message.fields.first('return-path')?.trim();
  if (written === undefined || written === '') return null;
  const inside = /<([^<>]*)>/.exec(written);
  return (inside?.[1] ?? written).trim();
}

/** Whether From is a mail system: a daemon's address, its bare name as some write it, or nothing at all between `<>`. */
export function isDaemonAuthor(message: Message): boolean {
  if (message.from.some(({ address }) => isDaemonAddress(address))) return true;
  if (message.from.some(({ address }) => address.includes('@'))) return false;
  const written = message.fields.first('from')?.slice(0, 200).toLowerCase() ?? '';
  // «MAILER-DAEMON <>» of DragonFly, «mailer-daemon» without a domain of old sendmail.
  return /mailer-?daemon|postmaster|mail deliver/.test(written) || /^<\s*>$/.test(written.trim());
}

// Rules of the configuration that look at more than one value. They read the values as they stand in the file, which
// may be wrong in any other way as well, so that every mistake is reported in one go.

import type { z } from 'zod';
import { isOwnAddress } from '../mail/own-address.ts';
import { hoursChecks } from './cross-checks-hours.ts';
import { operatorChecks } from './cross-checks-operators.ts';
import { isValues, listOf, type Report, type Values } from './raw-values.ts';

/** Reports what is wrong between values. Takes the whole configuration, checked or not, and zod's context. */
export function crossChecks(config: unknown, context: z.RefinementCtx): void {
  const report: Report = (path, message) =>
    context.addIssue({ code: 'custom', path: [...path], message, params: { sentence: true } });
  if (!isValues(config)) return;
  const mailboxes = listOf(config.mailboxes);
  mailboxes.forEach((mailbox: unknown, index) => {
    if (isValues(mailbox)) credentials(mailbox, ['mailboxes', index], true, report);
  });
  sameNames(mailboxes, report);
  listOf(config.listeners).forEach((listener: unknown, index) => {
    if (isValues(listener)) openListener(listener.at, listener.open, ['listeners', index, 'at', 'host'], report);
  });
  if (isValues(config.web)) openListener(config.web, config.web.open, ['web', 'host'], report);
  adminIsOurs(config, report);
  formsCanBeBelieved(config, report);
  operatorChecks(config, report);
  hoursChecks(config, report);
  if (isValues(config.smtp) && 'host' in config.smtp) {
    credentials(config.smtp, ['smtp'], config.smtp.user !== undefined, report);
  }
}

function credentials(server: Values, path: (string | number)[], needed: boolean, report: Report): void {
  const password = server.password !== undefined;
  const oauth2 = server.oauth2 !== undefined;
  if (password && oauth2) report([...path, 'oauth2'], 'password and oauth2 are both given; keep one of them');
  if (needed && !password && !oauth2) report(path, 'password or oauth2 is missing; give one of them');
  if (!needed && (password || oauth2)) report(path, 'user is missing; password and oauth2 need it');
}

/** The name is a mailbox's identity in the ledger: two mailboxes of one name would take each other's letters for known. */
function sameNames(mailboxes: readonly unknown[], report: Report): void {
  const seen = new Map<unknown, number>();
  mailboxes.forEach((mailbox, index) => {
    const name = isValues(mailbox) ? mailbox.name : undefined;
    if (typeof name !== 'string') return;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else
      report(
        ['mailboxes', index, 'name'],
        `mailboxes[${first}] has the same name; every mailbox needs a name of its own`,
      );
  });
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|::1)$/i;

/** Nobody logs in at a listener: that a network reaches it must be somebody's decision. */
function openListener(at: unknown, open: unknown, path: (string | number)[], report: Report): void {
  const host = isValues(at) ? at.host : undefined;
  if (typeof host !== 'string' || LOOPBACK.test(host) || open === true) return;
  const may = path[0] === 'web' ? 'read the metrics' : 'hand in letters';
  report(path, `others can reach this address and ${may}; set open to true if they shall`);
}

/** A form whose letters nothing can show to be its own would never be answered. */
function formsCanBeBelieved({ requests, threading }: Values, report: Report): void {
  if (!isValues(requests)) return;
  if (isValues(threading) && (threading.authservId !== undefined || threading.checkSignatures === true)) return;
  listOf(requests.forms).forEach((form: unknown, index) => {
    if (!isValues(form) || form.server !== undefined) return;
    report(
      ['requests', 'forms', index],
      'nothing can prove that a letter is of this form; name the server that brings its letters, or set threading.authservId',
    );
  });
}

/** What comes back to the desk is filed as a letter of its own and read by nobody. */
function adminIsOurs({ admin, desk }: Values, report: Report): void {
  if (!isValues(admin) || typeof admin.address !== 'string' || !isValues(desk)) return;
  const ours = new Set([desk.address, ...listOf(desk.aliases)].map((one) => String(one).toLowerCase()));
  if (isOwnAddress(ours, admin.address.toLowerCase()))
    report(['admin', 'address'], 'alarms to the desk’s own address are read by nobody; name a person’s mailbox');
}

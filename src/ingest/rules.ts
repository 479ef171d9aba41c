// The configuration as classification and decisions take it.

import type { Config } from '../config/schema.ts';
import type { RequestRules, Rules } from '../decide/case.ts';
import { NO_READY_ANSWERS } from '../desk/commands/ready-answers.ts';
import { isStaffed, type Operator } from '../desk/operators.ts';
import { CATEGORIES } from '../desk/request/categories.ts';
import { categoryWords } from '../desk/request/category.ts';
import { timetableOf } from '../desk/timetable.ts';
import { identity } from '../mail/address.ts';
import type { Ours } from '../mail/classification.ts';
import { isPublicProvider, organisation } from '../proof/organisation.ts';

/** What is ours: addresses of the desk and of its mailboxes, the host of our Message-IDs, and by whom letters reach us. */
export function oursOf(config: Config): Ours {
  const addresses = [config.desk.address, ...config.desk.aliases, ...config.mailboxes.map((mailbox) => mailbox.user)];
  const domain = config.desk.address.slice(config.desk.address.lastIndexOf('@') + 1);
  return {
    addresses: new Set(addresses.flatMap((address) => identity(address) ?? [])),
    // a host of its own, so that an operator's mail client at the same domain never makes an ID that looks like ours
    messageIdHost: `kvitok.${domain.toLowerCase()}`,
    groups: new Set(config.desk.groups.flatMap((address) => identity(address) ?? [])),
    forms: new Map(
      config.requests.forms.flatMap(({ sender, server }) => {
        const known = identity(sender);
        return known === null ? [] : [[known, server?.toLowerCase() ?? null] as const];
      }),
    ),
  };
}

/** The desk's rules as decisions read them. */
export function rulesOf(config: Config, ours: Ours): Rules {
  return {
    language: config.desk.language,
    deskAddress: config.desk.address,
    ownAddresses: ours.addresses,
    acknowledge: config.acknowledge,
    companies: new Set(config.threading.companies.map((domain) => domain.toLowerCase())),
    reopenDays: config.threading.reopenDays ?? null,
    operators: operatorsOf(config),
    staffed: isStaffedDesk(config),
    timeZone: config.desk.timeZone,
    levels: { rules: config.requests.levels, currentVersion: config.requests.currentVersion ?? null },
    requests: requestRulesOf(config.requests, config.desk.site, ours),
    timetable: timetableOf(config),
    readyAnswers: NO_READY_ANSWERS,
    criticalWords: config.requests.criticalWords,
    passNeeded: config.threading.authservId !== undefined,
    notificationsPerHour: config.notifications.perHour,
    notesTold: config.notifications.notes,
    holdMs: config.answers.holdSeconds * 1000,
  };
}

/** How the words of a request are read. `site` is the desk's own page. */
export function requestRulesOf(
  requests: Config['requests'],
  site: string | undefined,
  { addresses }: Ours,
): RequestRules {
  const hosts = site === undefined ? [] : [new URL(site).hostname];
  const named = [...[...addresses].map((address) => address.slice(address.lastIndexOf('@') + 1)), ...hosts, PRODUCT];
  const others = new Set([...named, ...requests.otherSites].map((domain) => organisation(domain) ?? domain));
  return {
    editions: requests.editions,
    isOtherSite: (domain) => others.has(organisation(domain) ?? domain) || isPublicProvider(domain),
    categories: categoryWords(CATEGORIES, requests.categories),
  };
}

/** The regulation's own pages; people quote them. */
const PRODUCT = 'advantshop.net';

/** The people who answer. */
export const operatorsOf = ({ operators }: Config): readonly Operator[] =>
  operators.flatMap((operator) => {
    const known = identity(operator.address);
    return known === null ? [] : [{ ...operator, identity: known }];
  });

/** Whether people answer from a mailbox of the desk, whose sent letters are read. */
export const sharesAccount = ({ mailboxes }: Pick<Config, 'mailboxes'>): boolean =>
  mailboxes.some(({ sent }) => sent?.read === true);

/** Whether anybody sees what comes in. */
export const isStaffedDesk = (config: Pick<Config, 'operators' | 'mailboxes'>): boolean =>
  isStaffed(config.operators, sharesAccount(config));

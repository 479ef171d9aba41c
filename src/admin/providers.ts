// Mail providers whose servers kvitok knows, so that an admin need not look them up. In: an address and the hosts of its
// domain's MX; out: hosts, ports, and what the provider wants before a program may log in.

import { resolveMx } from 'node:dns/promises';

export interface Place {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
}

export interface Provider {
  readonly name: string;
  readonly imap: Place;
  readonly smtp: Place;
  /** What the person must do first, one line. */
  readonly hint: string;
  /** Domains of the provider's own addresses. */
  readonly domains: readonly string[];
  /** Ends of the MX hosts of companies that have their mail there. */
  readonly mx: readonly string[];
}

const at = (host: string, port: number): Place => ({ host, port, security: 'tls' });

export const PROVIDERS: readonly Provider[] = [
  {
    name: 'Yandex 360',
    imap: at('imap.yandex.ru', 993),
    smtp: at('smtp.yandex.ru', 465),
    hint: 'needs an app password (id.yandex.ru › Security › App passwords › Mail), and IMAP allowed in the mailbox (Settings › Email clients)',
    domains: ['yandex.ru', 'ya.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.uz', 'narod.ru'],
    mx: ['mx.yandex.net', 'mx.yandex.ru'],
  },
  {
    name: 'Mail.ru / VK WorkSpace',
    imap: at('imap.mail.ru', 993),
    smtp: at('smtp.mail.ru', 465),
    hint: 'needs a password for external applications with full access to mail (account.mail.ru › Security)',
    domains: ['mail.ru', 'bk.ru', 'inbox.ru', 'list.ru', 'internet.ru', 'vk.com', 'xmail.ru'],
    mx: ['mail.ru'],
  },
  {
    name: 'Gmail / Google Workspace',
    imap: at('imap.gmail.com', 993),
    smtp: at('smtp.gmail.com', 465),
    hint: 'needs an app password (myaccount.google.com › Security › 2-Step Verification › App passwords) or oauth2 in the configuration',
    domains: ['gmail.com', 'googlemail.com'],
    mx: ['google.com', 'googlemail.com'],
  },
  {
    name: 'Rambler',
    imap: at('imap.rambler.ru', 993),
    smtp: at('smtp.rambler.ru', 465),
    hint: 'needs mail programs allowed in the mailbox (Settings › Mail programs)',
    domains: ['rambler.ru', 'lenta.ru', 'autorambler.ru', 'myrambler.ru', 'ro.ru', 'rambler.ua'],
    mx: ['rambler.ru'],
  },
  {
    name: 'Microsoft 365 / Outlook',
    imap: at('outlook.office365.com', 993),
    smtp: { host: 'smtp.office365.com', port: 587, security: 'starttls' },
    hint: 'takes no passwords from programs any more: write the file with --no-test, and put oauth2 in the place of password',
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com'],
    mx: ['protection.outlook.com'],
  },
];

/** The provider of an address: by its domain, else by where the domain's mail goes. `mx` holds host names. */
export function providerOf(address: string, mx: readonly string[]): Provider | null {
  const domain = domainOf(address);
  const hosts = mx.map((host) => host.toLowerCase().replace(/\.$/, ''));
  const sendsTo = (end: string) => hosts.some((host) => host === end || host.endsWith(`.${end}`));
  return (
    PROVIDERS.find((provider) => provider.domains.includes(domain)) ??
    PROVIDERS.find((provider) => provider.mx.some(sendsTo)) ??
    null
  );
}

/** MX hosts of an address's domain, the preferred first; none where DNS knows none or does not answer. */
export async function mxOf(address: string): Promise<readonly string[]> {
  try {
    const records = await resolveMx(domainOf(address));
    return records.toSorted((a, b) => a.priority - b.priority).map((record) => record.exchange);
  } catch {
    return [];
  }
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase();
}

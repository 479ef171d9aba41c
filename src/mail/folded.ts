// One mailbox under its many spellings: plus tags, dots that a provider leaves out, domains that it has twice. For counting
// only: whoever writes is never taken for somebody else by it, for another server may give each spelling to another person.

interface Provider {
  readonly domains: readonly string[];
  /** Which characters of the local part it passes over, or takes one for another. */
  readonly local: (local: string) => string;
}

const PROVIDERS: readonly Provider[] = [
  { domains: ['gmail.com', 'googlemail.com'], local: (local) => local.replaceAll('.', '') },
  {
    domains: ['yandex.ru', 'ya.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.uz', 'yandex.ua', 'narod.ru'],
    local: (local) => local.replaceAll('.', '-'),
  },
  { domains: ['proton.me', 'protonmail.com', 'pm.me', 'protonmail.ch'], local: (local) => local.replace(/[._-]/g, '') },
  { domains: ['icloud.com', 'me.com', 'mac.com'], local: (local) => local },
];

const BY_DOMAIN = new Map(
  PROVIDERS.flatMap((provider) => provider.domains.map((domain) => [domain, provider] as const)),
);

/** Takes a normalised address; gives what all spellings of its mailbox have in common. */
export function folded(identity: string): string {
  const at = identity.lastIndexOf('@');
  if (at < 0) return identity.toLowerCase();
  const domain = identity.slice(at + 1).toLowerCase();
  const local = identity.slice(0, at).toLowerCase();
  // a tag alone, `+shop@`, is a mailbox of that name
  const untagged = local.replace(/(?<=.)\+.*$/s, '');
  const provider = BY_DOMAIN.get(domain);
  return provider ? `${provider.local(untagged)}@${provider.domains[0]}` : `${untagged}@${domain}`;
}

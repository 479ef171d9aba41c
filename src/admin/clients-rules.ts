// What the register of clients may hold, by a configuration.

import type { Config } from '../config/schema.ts';
import type { DomainRules } from '../desk/clients/values.ts';
import { oursOf } from '../ingest/rules.ts';
import { isPublicProvider, organisation } from '../proof/organisation.ts';

/** The rules for addresses and domains of clients. */
export const domainRulesOf = (config: Config): DomainRules => ({
  isPublic: isPublicProvider,
  isHeld: (domain) => organisation(domain) !== null,
  ours: oursOf(config).addresses,
});

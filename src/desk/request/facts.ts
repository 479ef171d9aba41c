// What a good request has (regulation §5), found in its words: site, version and edition of the product, steps, one problem.
// Pure; a rule a file. What is not surely said is not found.

import { editionIn } from './edition.ts';
import { ownLines } from './lines.ts';
import { hasSeveralProblems } from './problems.ts';
import { type SiteRules, siteIn } from './site.ts';
import { hasSteps } from './steps.ts';
import { versionIn } from './version.ts';

export interface RequestFacts {
  readonly site: string | null;
  readonly version: string | null;
  /** Named, but nobody can tell which is meant: it is neither noted nor asked for. */
  readonly unclear: readonly ('site' | 'version')[];
  readonly edition: string | null;
  readonly steps: boolean;
  /** Only ever shown to operators. */
  readonly severalProblems: boolean;
}

export const NO_FACTS: RequestFacts = {
  site: null,
  version: null,
  unclear: [],
  edition: null,
  steps: false,
  severalProblems: false,
};

export interface FactRules extends SiteRules {
  readonly editions: readonly string[];
}

/** Takes the subject and the writer's own words. */
export function factsOf(subject: string, text: string, rules: FactRules): RequestFacts {
  const body = ownLines(text);
  const lines = [subject.slice(0, 500), ...body];
  const site = siteIn(lines, rules);
  const { version, named } = versionIn(lines);
  return {
    site: site.host,
    version,
    unclear: [
      ...(site.named && site.host === null ? (['site'] as const) : []),
      ...(named && version === null ? (['version'] as const) : []),
    ],
    edition: editionIn(lines, rules.editions),
    steps: hasSteps(body),
    severalProblems: hasSeveralProblems(body),
  };
}

/** What an acknowledgement may ask for. */
export type Asked = 'steps' | 'site' | 'version' | 'edition';

/** Of what is asked for, what nobody has said; `known` of the register counts as said. */
export function missingOf(
  asked: readonly Asked[],
  facts: RequestFacts,
  known: { readonly version: string | null; readonly edition: string | null } | null,
): readonly Asked[] {
  return asked.filter((one) => {
    // whoever is asked for what he wrote thinks that nobody reads his letters
    if (facts.unclear.some((unclear) => unclear === one)) return false;
    switch (one) {
      case 'steps':
        return !facts.steps;
      case 'site':
        return facts.site === null;
      case 'version':
        return (facts.version ?? known?.version ?? null) === null;
      case 'edition':
        return (facts.edition ?? known?.edition ?? null) === null;
      default:
        return one satisfies never;
    }
  });
}

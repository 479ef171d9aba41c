// The questions of `kvitok init`, each asked once with its flag, its default and its check, and the loop that tries a
// server and lets the person correct. In: flags, and a person or none; out: answers.

import type { z } from 'zod';
import type { Person, Question } from './ask.ts';
import { CommandError } from './command-error.ts';
import { domainOf, type Place } from './providers.ts';

/** Answers given on the command line, by commander's names. */
export type Flags = Readonly<Record<string, string | boolean | undefined>>;

/** A question, the flag that answers it, and the setting whose schema its answer must pass. */
export interface Asked extends Question {
  readonly flag: string;
}

/** Gives the flag's answer, else the person's, else the default. */
export type Answer = (asked: Asked) => Promise<string>;

export const EX_USAGE = 64;

/** `person` is null for scripts (--yes). Rejects with CommandError for a flag that does not pass, or an answer that is missing. */
export function answering(flags: Flags, person: Person | null): Answer {
  return async (asked) => {
    const given = flags[optionName(asked.flag)];
    if (typeof given === 'string') {
      const wrong = asked.check?.(given);
      if (wrong)
        throw new CommandError(EX_USAGE, [
          `--${asked.flag} ${asked.hidden ? '' : `${JSON.stringify(given)} `}is not right: ${wrong}`,
        ]);
      return given;
    }
    if (person) return person.ask(asked);
    if (asked.fallback === undefined) throw new CommandError(EX_USAGE, [`missing: --${asked.flag}`]);
    return asked.fallback;
  };
}

/** commander's name of a flag: `imap-host` is `imapHost`. */
export function optionName(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A check by the configuration's own schema. */
export function fits(
  schema: z.ZodType,
  read: (answer: string) => unknown = (answer) => answer,
): (answer: string) => string | null {
  return (answer) => {
    const checked = schema.safeParse(read(answer));
    return checked.success ? null : (checked.error.issues[0]?.message ?? 'not allowed here');
  };
}

/** Usual ports of each protection, for those who run their own server. */
const PORTS = {
  imap: { tls: '993', starttls: '143', none: '143' },
  smtp: { tls: '465', starttls: '587', none: '25' },
} as const;

/**
 * Where a server is. `known` is the provider's place, or what was answered before, and becomes the default; without it `likelyHost`
 * is proposed.
 */
export async function askPlace(
  answer: Answer,
  kind: 'imap' | 'smtp',
  address: string,
  known: Place | null,
  likelyHost: string | null = null,
): Promise<Place> {
  const name = kind.toUpperCase();
  const host = await answer({
    flag: `${kind}-host`,
    text: `${name} server`,
    fallback: known?.host ?? likelyHost ?? `${kind}.${domainOf(address)}`,
    check: (text) => (/^[^\s/:@]+$|^[0-9a-fA-F:]+$/.test(text) ? null : 'a host name or an IP address, without port'),
  });
  const security = await answer({
    flag: `${kind}-security`,
    text: `${name} protection: tls, starttls or none`,
    fallback: known?.security ?? 'tls',
    check: (text) => (isSecurity(text) ? null : 'one of tls, starttls, none'),
  });
  const safe = isSecurity(security) ? security : 'tls';
  const port = await answer({
    flag: `${kind}-port`,
    text: `${name} port`,
    fallback: known && keepsPort(kind, known, safe) ? String(known.port) : PORTS[kind][safe],
    check: (text) =>
      /^\d{1,5}$/.test(text) && Number(text) > 0 && Number(text) < 65536 ? null : 'a number from 1 to 65535',
  });
  return { host, port: Number(port), security: safe };
}

/** A port that somebody typed survives another protection; a usual one goes with its own. */
const keepsPort = (kind: 'imap' | 'smtp', known: Place, security: Place['security']): boolean =>
  known.security === security || String(known.port) !== PORTS[kind][known.security];

function isSecurity(text: string): text is Place['security'] {
  return ['tls', 'starttls', 'none'].includes(text);
}

/** What the daemon's admin sets in the file is a flag here. */
const inTermsOfInit = (why: string): string =>
  why.replace('set verifyCertificate to false', 'start init anew with --insecure');

export type Tried<R> = { readonly ok: true; readonly result: R } | { readonly ok: false; readonly why: string };

/**
 * Tries settings until they work or the person has had enough.
 * Without a person the first failure ends the command; with one, they correct it, keep it as it is, or leave.
 * Gives the settings and what the trial found (null where it was kept untried or failing).
 */
export async function untilItWorks<S, R>(
  first: S,
  what: string,
  trial: (settings: S) => Promise<Tried<R>>,
  correct: (settings: S) => Promise<S>,
  person: Person | null,
): Promise<{ readonly settings: S; readonly found: R | null }> {
  for (let settings = first; ; settings = await correct(settings)) {
    person?.tell(`  trying ${what} …`);
    const tried = await trial(settings);
    if (tried.ok) return { settings, found: tried.result };
    if (!person) {
      throw new CommandError(1, [
        `${what}: ${inTermsOfInit(tried.why)}`,
        'nothing was written; --no-test writes the file without trying',
      ]);
    }
    person.tell(`  ✗ ${inTermsOfInit(tried.why)}`);
    const next = await person.ask({
      text: 'correct it (c), keep it as it is (k), or quit (q)?',
      fallback: 'c',
      check: (text) => (/^[ckq]$/i.test(text) ? null : 'c, k or q'),
    });
    if (/q/i.test(next)) throw new CommandError(1, ['nothing was written']);
    if (/k/i.test(next)) return { settings, found: null };
  }
}

// Is a letter from the domain its From names? What a trusted server found out (DMARC RFC 7489, DKIM RFC 6376, SPF RFC 7208)
// goes in; pass, fail or none comes out, with the words it rests on. Speaks for the domain of the one strict author only.

import { cleanLine } from '../mail/clean.ts';
import type { Envelope } from '../mail/envelope.ts';
import type { Fields } from '../mail/fields.ts';
import type { Message } from '../mail/message.ts';
import type { Statement } from './authentication-results.ts';
import { doubled, gapIn, signaturesOf } from './intact.ts';
import { aligned, mailDomain } from './organisation.ts';
import { type ProofSettings, statedBy } from './stated-by.ts';

export interface SenderProof {
  /** `fail` only where DMARC failed: a broken signature or a forwarded letter is no evidence against anybody. */
  readonly result: 'pass' | 'fail' | 'none';
  readonly by: 'dmarc' | 'dkim' | 'spf' | null;
  /** The statement it rests on or why there is none, one line of at most 200 characters. */
  readonly evidence: string;
  /** Of a failure: the domain asks that nothing follow from it (`p=none`), for it does not know all its senders itself. */
  readonly lenient?: true;
  /** Of a pass: it rests on a signature that is not in the letter any more, so nobody knows what of it was covered. */
  readonly unseen?: true;
}

/** Whether From is shown to be a lie: whatever else the letter knows, it is a stranger's. */
export const isDisowned = ({ result, lenient }: SenderProof): boolean => result === 'fail' && lenient !== true;

/** The claims that a proof is about. */
export interface Claimed {
  /** Address of the one author, or null. */
  readonly author: string | null;
  /** Envelope sender as the transport knows it: `''` for the null reverse-path, null for unknown. */
  readonly mailFrom: string | null;
}

const evidence = (words: string): string => cleanLine(words).slice(0, 200);
/** Nothing is proven, and why. */
export const none = (why: string): SenderProof => ({ result: 'none', by: null, evidence: evidence(why) });

/** The domain in a property: `example.org`, `@example.org` or `anna@example.org`; null where it is ambiguous or none. */
function domainIn(value: string | undefined): string | null {
  const pieces = value?.split('@') ?? [];
  return pieces.length === 1 || pieces.length === 2 ? mailDomain(pieces.at(-1) ?? '') : null;
}

/** Google and Yandex give header.i; where header.d is there too, it is the domain that signed (RFC 6376 §3.5). */
const signer = ({ properties }: Statement) => domainIn(properties.get('header.d') ?? properties.get('header.i'));
/** smtp.mail is Yandex's name for it. */
const sentFrom = ({ properties }: Statement) =>
  domainIn(properties.get('smtp.mailfrom') ?? properties.get('smtp.mail'));
const checkedFrom = ({ properties }: Statement) => domainIn(properties.get('header.from'));

function inWords({ method, result, properties }: Statement): string {
  return [`${method}=${result}`, ...Array.from(properties, ([name, value]) => `${name}=${value}`)].join(' ');
}

type Rule = (statements: readonly Statement[], author: string, claimed: Claimed) => SenderProof | null;

const about = (domain: string | null, author: string) => domain !== null && aligned(domain, author);

/** `(p=NONE sp=…)` (Google, OpenDMARC), `(policy=none)` (rspamd), `action=none` (Microsoft), `policy.dmarc=none` (RFC 7489). */
const asksForNothing = ({ remarks, properties }: Statement): boolean =>
  /(?<![\w.-])(?:p|policy|action)\s?[=:]\s?none(?![\w-])/i.test(remarks) ||
  /^none$/i.test(properties.get('policy.dmarc') ?? properties.get('policy.p') ?? '');

/**
 * DMARC is checked once for a letter. Where several statements disagree, one of them was smuggled in through something
 * that the server copied from the sender, and none of them counts for the letter.
 */
const dmarc: Rule = (statements, author) => {
  const checked = statements.filter(({ method }) => method === 'dmarc');
  const failed = checked.filter(({ result }) => result === 'fail');
  if (failed[0]) {
    const lenient = failed.every(asksForNothing);
    return { result: 'fail', by: 'dmarc', evidence: evidence(inWords(failed[0])), ...(lenient ? { lenient } : {}) };
  }
  const passed = checked.filter(({ result }) => result === 'pass');
  const first = passed[0];
  if (first === undefined) return null;
  const other = checked.find((one) => one.result !== 'pass' || !about(checkedFrom(one), author));
  if (other) return none(`not about ${author}, or contradicted: ${inWords(other)}`);
  return { result: 'pass', by: 'dmarc', evidence: evidence(inWords(first)) };
};

const dkim: Rule = (statements, author) => {
  const passed = statements.find((one) => one.method === 'dkim' && one.result === 'pass' && about(signer(one), author));
  return passed ? { result: 'pass', by: 'dkim', evidence: evidence(inWords(passed)) } : null;
};

/** The envelope sender that was checked must be the one this letter came with. */
const spf: Rule = (statements, author, { mailFrom }) => {
  const known = mailFrom === null ? null : domainIn(mailFrom);
  const passed = statements.find((one) => {
    const from = one.method === 'spf' && one.result === 'pass' ? sentFrom(one) : null;
    return about(from, author) && (mailFrom === null || (known !== null && aligned(known, from ?? '')));
  });
  return passed ? { result: 'pass', by: 'spf', evidence: evidence(inWords(passed)) } : null;
};

/** The first that has an answer gives it. */
const RULES: readonly Rule[] = [dmarc, dkim, spf];

/** Weighs statements that are believed already, on the letter whose header and bytes are given. */
export function weighed(statements: readonly Statement[], claimed: Claimed, letter: AsItCame): SenderProof {
  const author = domainIn(claimed.author ?? undefined);
  if (author === null) return none('From names no single author, so there is nobody to speak for');
  for (const rule of RULES) {
    const proof = rule(statements, author, claimed);
    if (proof?.result === 'pass') {
      const handedOver = spf(statements, author, claimed) !== null;
      return whole(proof, { handedOver, signed: dkim(statements, author, claimed) !== null }, author, letter);
    }
    if (proof) return proof;
  }
  return none(`nothing speaks for ${author}: ${statements.map(inWords).join('; ') || 'no statement'}`);
}

/** Whether fields were left out of the header of a letter for a limit. */
export const isHeaderCut = ({ defects }: Pick<Message, 'defects'>): boolean =>
  defects.some(({ code }) => code === 'header-fields-limit' || code === 'header-bytes-limit');

/** A letter as it came, for what was added to it on the way. */
export interface AsItCame {
  readonly fields: Fields;
  readonly raw: Uint8Array;
  /** Fields were left out of the header for a limit: what else stands there, signatures among it, nobody knows. */
  readonly cut: boolean;
  /** `b=` of the signatures that were checked one by one and hold; left out where only a server's word for them is known. */
  readonly sound?: readonly string[];
}

/**
 * A pass, where nothing that matters was added around what passed. A letter that the domain's own server handed over is as it
 * left there. Else every signature of the domain that may have been the one that passed must cover it: which it was a server
 * does not say so that nobody could lie about it.
 */
function whole(
  pass: SenderProof,
  { handedOver, signed }: { readonly handedOver: boolean; readonly signed: boolean },
  author: string,
  { fields, raw, cut, sound }: AsItCame,
): SenderProof {
  const twice = doubled(fields);
  if (twice !== null) return none(`${twice} stands there twice, so ${pass.by} does not say which one passed`);
  if (handedOver) return pass;
  if (cut) return none(`the header is over a limit, so nobody sees what of it ${pass.by} speaks for`);
  const signatures = signaturesOf(fields, author).filter(({ value }) => sound?.includes(value) ?? true);
  // DMARC that passed without any signature passed by SPF
  if (signatures.length === 0) return signed ? { ...pass, unseen: true } : pass;
  const gaps = signatures.map((signature) => gapIn(signature, fields, raw));
  const enough = sound === undefined ? gaps.every((gap) => gap === null) : gaps.includes(null);
  return enough ? pass : none(gaps.find((gap) => gap !== null) ?? '');
}

/**
 * Takes a decoded letter, its envelope and whose word counts; gives what is proven of its author. Never throws. Aligned
 * means the same domain or the same organisation (RFC 7489 §3.1).
 */
export function senderProof(
  message: Message,
  envelope: Envelope,
  settings: ProofSettings,
  raw: Uint8Array,
): SenderProof {
  if (settings.authservId === null) return none('no server is trusted to check senders');
  const { statements, unvouched } = statedBy(message.fields, settings);
  if (statements.length === 0) {
    const why = unvouched ? 'speaks only where a sender could have written it' : 'states nothing';
    return none(`${settings.authservId} ${why}`);
  }
  const claimed = { author: message.author?.address ?? null, mailFrom: envelope.from };
  return weighed(statements, claimed, { fields: message.fields, raw, cut: isHeaderCut(message) });
}

// What kind of writer a letter comes from, and how much its marks weigh. Made by classify/. A strong mark says that a robot
// wrote it; a weak one only asks for no automatic answer, and the letter stays a person's.

export type LetterKind =
  | 'human'
  | 'auto-replied'
  | 'auto-generated'
  | 'delivery-report'
  | 'abuse-report'
  | 'list'
  | 'own-mail';

export interface Classification {
  readonly kind: LetterKind;
  /** Name of the rule that decided, the file name of the rule without its ending; `none` where no rule saw anything. */
  readonly rule: string;
  /** The field or words that the rule saw, cleaned, at most 200 characters. */
  readonly evidence: string;
}

/**
 * `strong`: a robot wrote it. `weak`: it must not be answered by a machine, and a person may well have written it. `none`:
 * nothing speaks against a person.
 */
export type Weight = 'strong' | 'weak' | 'none';

/** Rules that name a robot's kind by what a person may write as well: they may hide nothing. */
const NAMED_BY_WORDS: ReadonlySet<string> = new Set(['vacation-subject', 'bounce-words']);

/** Rules that see the words of a machine, where the others see the fields of a header. */
const WORDS: ReadonlySet<string> = new Set(['vacation-subject', 'vacation-words', 'desk-words', 'bounce-words']);

/** How much the mark of a letter weighs. */
export function weightOf({ kind, rule }: Classification): Weight {
  if (rule === 'none') return 'none';
  return kind === 'human' || NAMED_BY_WORDS.has(rule) ? 'weak' : 'strong';
}

/** Whether a letter is surely no person's. */
export const isMachine = (classification: Classification): boolean => weightOf(classification) === 'strong';

/** Whether a letter says in words what a vacation notice, a bounce or another desk's acknowledgement says. */
export const hasWordsOfMachine = ({ rule }: Classification): boolean => WORDS.has(rule);

/** For people: `human`, `human, muted by rule vacation-words`, `auto-replied by rule auto-submitted`. */
export const kindInWords = ({ kind, rule }: Classification): string =>
  rule === 'none' ? kind : `${kind}${kind === 'human' ? ', muted' : ''} by rule ${rule}`;

/** What the desk knows of itself, so that it recognises its own letters coming back, and what reaches it by way of others. */
export interface Ours {
  /** Every address of the desk, normalised (support address, aliases, mailbox log-ins). */
  readonly addresses: ReadonlySet<string>;
  /** Domain part of the Message-IDs that kvitok makes. */
  readonly messageIdHost: string;
  /** Groups and lists that are the desk's own, by their normalised posting addresses, beside its own addresses. */
  readonly groups: ReadonlySet<string>;
  /**
   * Senders of the forms of sites that the desk listens to, normalised, each with the server by which its letters come, a
   * name or an address in lower case; null where only proof of the sender counts.
   */
  readonly forms: ReadonlyMap<string, string | null>;
}

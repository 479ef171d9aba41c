// What kind of writer a letter comes from. Made by classify/; automatic kinds never get an acknowledgement, nor does a
// person whose words are those of a machine.

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

/** Rules that name a robot's kind by what a person may write as well: they may hide nothing. */
const NAMED_BY_WORDS: ReadonlySet<string> = new Set(['vacation-subject', 'bounce-words']);

/** Whether a letter is surely no person's. */
export const isMachine = ({ kind, rule }: Classification): boolean => kind !== 'human' && !NAMED_BY_WORDS.has(rule);

/** Whether a letter shows anything that machines write, be it words alone: it is not acknowledged and gives no mark. */
export const looksAutomatic = ({ rule }: Classification): boolean => rule !== 'none';

/** For people: `human`, `human, muted by rule vacation-words`, `auto-replied by rule auto-submitted`. */
export const kindInWords = ({ kind, rule }: Classification): string =>
  rule === 'none' ? kind : `${kind}${kind === 'human' ? ', muted' : ''} by rule ${rule}`;

/** What the desk knows of itself, so that it recognises its own letters coming back. */
export interface Ours {
  /** Every address of the desk, normalised (support address, aliases, mailbox log-ins). */
  readonly addresses: ReadonlySet<string>;
  /** Domain part of the Message-IDs that kvitok makes. */
  readonly messageIdHost: string;
}

// What kind of writer a letter comes from. Made by classify/; automatic kinds never get an acknowledgement.

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
  /** Name of the rule that decided, the file name of the rule without its ending; `none` for a human letter. */
  readonly rule: string;
  /** The field or words that the rule saw, cleaned, at most 200 characters. */
  readonly evidence: string;
}

/** What the desk knows of itself, so that it recognises its own letters coming back. */
export interface Ours {
  /** Every address of the desk, normalised (support address, aliases, mailbox log-ins). */
  readonly addresses: ReadonlySet<string>;
  /** Domain part of the Message-IDs that kvitok makes. */
  readonly messageIdHost: string;
}

// The kinds of letters that leave, and what each may do. The order of the table is the order of this page, not of sending.

export type OutgoingKind =
  | 'acknowledgement'
  | 'answer'
  | 'notification'
  | 'transcript'
  | 'question'
  | 'failure'
  | 'warning'
  | 'digest'
  | 'alarm'
  | 'report'
  | 'announcement';

export interface OutgoingRules {
  /** Who reads it: people outside, or operators and admins. What is written to the desk proves nothing of anybody else. */
  readonly reader: 'customer' | 'desk';
  /** Value of Auto-Submitted (RFC 3834 §5); null for what a person wrote: it bears no mark of a machine. */
  readonly autoSubmitted: 'auto-replied' | 'auto-generated' | null;
  /** Goes to people outside the desk without anybody having looked: the breaker and the cap of the hour may hold it back. */
  readonly guarded: boolean;
  /**
   * After a crash nobody can know whether a letter under way arrived. `close`: it may have, and leaves at most once;
   * `again`: it must arrive, and is sent once more with the same Message-ID.
   */
  readonly afterCrash: 'close' | 'again';
  /** Which of the configured times it is given up after. */
  readonly givenUp: 'soon' | 'late';
}

const TO_CUSTOMERS = { reader: 'customer' } as const;
const TO_OPERATORS = { reader: 'desk', guarded: false, afterCrash: 'again', givenUp: 'late' } as const;

export const OUTGOING: { readonly [kind in OutgoingKind]: OutgoingRules } = {
  acknowledgement: {
    ...TO_CUSTOMERS,
    autoSubmitted: 'auto-replied',
    guarded: true,
    afterCrash: 'close',
    givenUp: 'soon',
  },
  answer: { ...TO_CUSTOMERS, autoSubmitted: null, guarded: false, afterCrash: 'again', givenUp: 'late' },
  notification: { autoSubmitted: 'auto-generated', ...TO_OPERATORS },
  transcript: { autoSubmitted: 'auto-replied', ...TO_OPERATORS },
  question: { autoSubmitted: 'auto-replied', ...TO_OPERATORS },
  failure: { autoSubmitted: 'auto-generated', ...TO_OPERATORS },
  warning: { autoSubmitted: 'auto-generated', ...TO_OPERATORS },
  digest: { autoSubmitted: 'auto-generated', ...TO_OPERATORS },
  alarm: { autoSubmitted: 'auto-generated', ...TO_OPERATORS },
  report: { autoSubmitted: 'auto-generated', ...TO_OPERATORS },
  announcement: {
    ...TO_CUSTOMERS,
    autoSubmitted: 'auto-generated',
    guarded: true,
    afterCrash: 'close',
    givenUp: 'late',
  },
};

/** Whether a word names a kind of letter that leaves. */
export const isOutgoingKind = (word: string): word is OutgoingKind => Object.hasOwn(OUTGOING, word);

/** Kinds for which a rule holds. */
export const kindsWhere = (holds: (rules: OutgoingRules) => boolean): readonly OutgoingKind[] =>
  (Object.keys(OUTGOING) as OutgoingKind[]).filter((kind) => holds(OUTGOING[kind]));

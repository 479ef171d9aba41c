// What is counted while kvitok runs. A part names what happened and knows nothing of who adds up.

/** The counters, each with the labels that tell one kind of event from another. */
export interface Counters {
  /** A letter was dealt with. */
  readonly letters: 'disposition';
  /** An acknowledgement was suppressed. */
  readonly silences: 'reason';
  /** Something in a letter was mended, or cut by a limit. */
  readonly defects: 'code';
  /** An attempt to send a letter ended. */
  readonly sendings: 'kind' | 'outcome';
  /** A thread that read letters was ended: one took too long, or too much memory. */
  readonly threads: never;
}

export type Count = <C extends keyof Counters>(counter: C, labels: Readonly<Record<Counters[C], string>>) => void;

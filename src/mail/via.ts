// How a letter came whose writer need not be who stands in From: through a group of the desk's own, or from a sender that
// writes for somebody else.

export interface Via {
  /**
   * `group`: through a group of the desk's own. `form`: from the form of a site that the desk listens to. `reply-to`: from
   * a sender that nobody reads, for whom Reply-To names.
   */
  readonly kind: 'group' | 'form' | 'reply-to';
  /** The group, or the address in From; normalised where it can be. */
  readonly sender: string;
  /** Whether the writer is only named by the letter, and From is not his. */
  readonly named: boolean;
}

/** Whether nothing stands for the writer but that the letter names him: whoever filled in the form, or anybody else. */
export const isOnlyNamed = (via: Via | null, proof: { readonly result: string }): boolean =>
  via?.named === true && proof.result !== 'pass';

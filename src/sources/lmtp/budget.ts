// How many bytes of letters may be in memory at once, over all connections of all listeners: taken as they arrive, given
// back when the letter is kept or refused.

export interface Budget {
  /** Takes bytes; false, and nothing taken, where there is no room for them. */
  take(bytes: number): boolean;
  give(bytes: number): void;
  /** Bytes under way. */
  used(): number;
  free(): number;
}

/** A budget of `most` bytes. */
export function byteBudget(most: number): Budget {
  let used = 0;
  return {
    take: (bytes) => {
      if (used + bytes > most) return false;
      used += bytes;
      return true;
    },
    give: (bytes) => {
      used -= bytes;
    },
    used: () => used,
    free: () => most - used,
  };
}

// What wakes a waiting source: rings that are remembered until somebody waits, so that none is lost in between.

export interface Bell {
  ring(): void;
  /** Whether it rang since the last wait or silence; asking keeps the ring. */
  rang(): boolean;
  /** Forgets a ring. */
  silence(): void;
  /** True when it rings (or had rung already), false when `ms` have passed. */
  wait(ms: number): Promise<boolean>;
}

/** A bell for one waiter. */
export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | null = null;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    rang: () => rung,
    silence: () => {
      rung = false;
    },
    wait: async (ms) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        wake = null;
      }
      const answer = rung;
      rung = false;
      return answer;
    },
  };
}

// Waiting in tests: for a condition, never for a time. In: a question that becomes true; out: its answer.

/**
 * Asks every 5 ms until the predicate answers something truthy, and gives that answer.
 * `ms` is how long it may take; `what` is the sentence that the failing test shows.
 */
export async function until<T>(
  predicate: () => T | Promise<T>,
  ms: number,
  what: string,
): Promise<Exclude<T, false | null | undefined | 0 | ''>> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await predicate();
    if (answer) return answer as Exclude<T, false | null | undefined | 0 | ''>;
    if (performance.now() > end) throw new Error(`not within ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

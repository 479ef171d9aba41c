// What was thrown, in words for a log or a person.

/** The message of an error; of anything else that was thrown, what it is as text. */
export const errorWords = (error: unknown): string => (error instanceof Error ? error.message : String(error));

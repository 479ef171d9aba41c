// Values as they stand in the file, for rules that look at more than one of them: they may be wrong in any way.

export type Values = Readonly<Record<string, unknown>>;
/** Takes where, and what is wrong, as a sentence. */
export type Report = (path: readonly (string | number)[], message: string) => void;

export function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A group's values; none where there is no group. */
export const valuesOf = (value: unknown): Values => (isValues(value) ? value : {});

/** A list's entries; none where there is no list. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

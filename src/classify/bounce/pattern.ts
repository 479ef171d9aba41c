// A pattern of words as a list of alternatives, whatever the case of their letters.

/** Takes sources of regular expressions. */
export const anyOf = (...alternatives: readonly string[]): RegExp => new RegExp(alternatives.join('|'), 'iu');

// Whether an address is the desk's own. `support+anything@` is delivered to support@ (RFC 5233), and signed reply addresses
// of ours have that very shape.

/** The address without what stands behind a plus in its local part. Takes and gives a normalised address. */
const withoutDetail = (known: string): string => known.replace(/(?<=^[^+]+)\+[^@]*(?=@)/, '');

/** Whether a normalised address is one of these, with or without a detail. */
export const isOwnAddress = (own: ReadonlySet<string>, known: string): boolean =>
  own.has(known) || own.has(withoutDetail(known));

// Header fields (RFC 5322 §2.2) behind one door: case-blind, in order, every instance visible.

export interface Field {
  /** The name as it was written. */
  readonly name: string;
  /** The value unfolded, its encoded words decoded, cleaned. */
  readonly value: string;
  /** The value as it came, byte for byte as latin1 with its folds, for grammars that must see the original. */
  readonly raw: string;
}

export interface Fields {
  readonly all: readonly Field[];
  /** Value of the first instance, or null. */
  first(name: string): string | null;
  /** Values of every instance, top to bottom. */
  every(name: string): readonly string[];
  has(name: string): boolean;
}

/** A view on a header block. Takes the fields in their order. */
export function fieldsOf(all: readonly Field[]): Fields {
  const index = new Map<string, Field[]>();
  for (const field of all) {
    const key = field.name.toLowerCase();
    const instances = index.get(key);
    if (instances) instances.push(field);
    else index.set(key, [field]);
  }
  return {
    all,
    first: (name) => index.get(name.toLowerCase())?.[0]?.value ?? null,
    every: (name) => index.get(name.toLowerCase())?.map(({ value }) => value) ?? [],
    has: (name) => index.has(name.toLowerCase()),
  };
}

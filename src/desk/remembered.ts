// What takes long to make and is asked for again and again is made once.

/** A Map, or a WeakMap where keys come and go. */
interface Known<K, V> {
  get(key: K): V | undefined;
  set(key: K, value: V): unknown;
}

/** The value of a key; made, and put to the known ones, where it is not among them. */
export function remembered<K, V>(known: Known<K, V>, key: K, make: () => V): V {
  const value = known.get(key);
  if (value !== undefined) return value;
  const made = make();
  known.set(key, made);
  return made;
}

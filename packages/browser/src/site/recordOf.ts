/** A record with a value for each of the given keys. */
export const recordOf = <const K extends string, V>(
  keys: ReadonlyArray<K>,
  value: (key: K) => V
): { readonly [P in K]: V } =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the entries have exactly these keys
  Object.fromEntries(keys.map((key) => [key, value(key)])) as { readonly [P in K]: V }

/** The keys of a record, with their type. */
export const keysOf = <K extends string>(record: Readonly<Record<K, unknown>>): ReadonlyArray<K> =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- literals of this package have no other keys
  Object.keys(record) as Array<K>
